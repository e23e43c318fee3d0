package io.towerbeam.schemas;

import java.io.IOException;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Keeps the record schemas as they are now, with sample data, as those of a release.
 *
 * <p>Run it once for every release, and never for one that users already have: {@code mvn -q -pl
 * schemas test-compile exec:java -Dexec.args=0.1.0}. With {@code -Dexec.args="0.1.0 missing"} it
 * adds to a release that nobody has yet the records that no release holds.
 */
public final class ReleaseSchemas {
  private ReleaseSchemas() {}

  public static void main(String[] arguments) throws IOException {
    boolean onlyMissing = arguments.length == 2 && arguments[1].equals("missing");
    if (arguments.length != 1 && !onlyMissing) {
      throw new IllegalArgumentException("give one version, such as 0.1.0, and maybe: missing");
    }
    Set<String> released = onlyMissing ? SchemaFolder.releasedNames() : Set.of();
    if (!onlyMissing) {
      SchemaFolder.clear(arguments[0]);
    }
    for (Schema schema : SchemaFolder.current()) {
      if (schema.getType() == Schema.Type.RECORD && !released.contains(schema.getName())) {
        SchemaFolder.release(arguments[0], schema);
      }
    }
  }
}
