package io.towerbeam.pipelines.workflows;

import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.beam.sdk.util.ReleaseInfo;

/** The versions that a run's result may depend on. */
final class Versions {
  private Versions() {}

  /** By name; development where a jar does not tell. */
  static Map<String, String> all() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("towerbeam", of(Versions.class));
    versions.put("beam", ReleaseInfo.getReleaseInfo().getSdkVersion());
    versions.put("avro", of(Schema.class));
    versions.put("java", System.getProperty("java.version"));
    return versions;
  }

  private static String of(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
