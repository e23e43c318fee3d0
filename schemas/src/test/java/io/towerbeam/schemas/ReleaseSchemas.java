package io.towerbeam.schemas;

import java.io.IOException;
import org.apache.avro.Schema;

/**
 * Keeps the record schemas as they are now, with sample data, as those of a release.
 *
 * <p>Run it once for every release, and never for one that users already have: {@code mvn -q -pl
 * schemas test-compile exec:java -Dexec.args=0.1.0}.
 */
public final class ReleaseSchemas {
  private ReleaseSchemas() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("give one version, such as 0.1.0");
    }
    SchemaFolder.clear(arguments[0]);
    for (Schema schema : SchemaFolder.current()) {
      if (schema.getType() == Schema.Type.RECORD) {
        SchemaFolder.release(arguments[0], schema);
      }
    }
  }
}
