package io.towerbeam.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericRecord;

/** The schemas of the sources, and those kept from each release, as files beside this module. */
final class SchemaFolder {
  /** Maven says where the module is; elsewhere it is where the tests are started. */
  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

  private static final Path CURRENT = MODULE.resolve("src/main/avro");
  private static final Path RELEASED = MODULE.resolve("src/test/resources/released");

  private SchemaFolder() {}

  /** The schemas as they are now, sorted by name. */
  static List<Schema> current() throws IOException {
    SchemaParser parser = new SchemaParser();
    List<String> names = new ArrayList<>();
    for (Path file : list(CURRENT)) {
      parser.parse(file);
      names.add("io.towerbeam.schemas." + withoutSuffix(file));
    }
    List<Schema> all = parser.getParsedNamedSchemas();
    return names.stream()
        .map(name -> all.stream().filter(s -> s.getFullName().equals(name)).findFirst())
        .map(Optional::orElseThrow)
        .toList();
  }

  /** The versions that were released, sorted as text. */
  static List<String> versions() throws IOException {
    return list(RELEASED).stream().map(folder -> folder.getFileName().toString()).toList();
  }

  /** The records of one release with their sample data, sorted by name. */
  static List<Released> released(String version) throws IOException {
    List<Released> released = new ArrayList<>();
    for (Path file : list(RELEASED.resolve(version))) {
      if (file.toString().endsWith(".avsc")) {
        Schema schema = new Schema.Parser().parse(Files.readString(file));
        List<GenericRecord> samples = new ArrayList<>();
        for (String line : Files.readAllLines(file.resolveSibling(schema.getName() + ".jsonl"))) {
          samples.add(AvroText.fromJson(schema, line));
        }
        released.add(new Released(version, schema, samples));
      }
    }
    return released;
  }

  /** The names of the records that any release holds. */
  static Set<String> releasedNames() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String version : versions()) {
      released(version).forEach(record -> names.add(record.schema().getName()));
    }
    return names;
  }

  /** Keeps {@code schema} with sample data as what {@code version} released. */
  static void release(String version, Schema schema) throws IOException {
    Path folder = Files.createDirectories(RELEASED.resolve(version));
    List<String> lines = new ArrayList<>();
    for (GenericRecord record : SampleData.records(schema)) {
      lines.add(AvroText.toJson(record));
    }
    Files.writeString(
        folder.resolve(schema.getName() + ".avsc"),
        SchemaFormatter.format("json/pretty", schema) + "\n");
    Files.write(folder.resolve(schema.getName() + ".jsonl"), lines);
  }

  /** Empties the folder of {@code version}. */
  static void clear(String version) throws IOException {
    Path folder = RELEASED.resolve(version);
    if (Files.isDirectory(folder)) {
      for (Path file : list(folder)) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String withoutSuffix(Path file) {
    return file.getFileName().toString().replaceFirst("\\.avsc$", "");
  }

  /** A record schema as it was released, and data written with it. */
  record Released(String version, Schema schema, List<GenericRecord> samples) {
    @Override
    public String toString() {
      return schema.getName() + " of " + version;
    }
  }
}
