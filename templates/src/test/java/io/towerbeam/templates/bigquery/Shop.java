package io.towerbeam.templates.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.testing.Terminal;
import io.towerbeam.templates.testing.Terminal.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** A shop's events, once as a table and once as a file: three users, four items. */
public final class Shop {
  static final String PROJECT = "our-project";

  /** Where it is, and what is made of it goes. */
  public static final String DATASET = PROJECT + ":shop";

  public static final String EVENTS = DATASET + ".events";

  /** The same, with three rows that lack something. */
  static final String DIRTY_EVENTS = DATASET + ".dirty_events";

  /** What its columns are called, in table and file. */
  public static final List<String> COLUMNS =
      List.of("--userColumn=who", "--itemColumn=sku", "--timeColumn=at", "--ratingColumn=stars");

  private static final List<String> ROWS =
      List.of(
          "u,1,5,1",
          "u,2,4,2",
          "v,1,3,1",
          "v,3,,5",
          "w,1,2,7",
          "w,2,2,8",
          "u,3,5,101",
          "v,2,5,103");

  /** As BigQuery exports it, with logical types. */
  static final Schema AVRO =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Root", "fields": [
                {"name": "note", "type": ["null", "string"]},
                {"name": "who", "type": ["null", "string"]},
                {"name": "sku", "type": ["null", "long"]},
                {"name": "stars", "type": ["null", "double"]},
                {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
                {"name": "labels", "type": {"type": "array", "items": "string"}}]}""");

  private static final TableSchema SCHEMA =
      new TableSchema()
          .setFields(
              List.of(
                  column("note", "STRING"),
                  column("who", "STRING"),
                  column("sku", "INTEGER"),
                  column("stars", "FLOAT"),
                  column("at", "TIMESTAMP"),
                  column("labels", "STRING").setMode("REPEATED")));

  private Shop() {}

  /** Puts the table, the same as a file, and a catalogue into a cloud. */
  public static void putInto(FakeCloud cloud) {
    cloud.buckets().create("bkt");
    List<String> backwards = new ArrayList<>(ROWS);
    Collections.reverse(backwards);
    cloud
        .buckets()
        .put("bkt", "in/events.csv", "who,sku,stars,at\n" + String.join("\n", backwards));
    cloud
        .buckets()
        .put(
            "bkt",
            "in/items.csv",
            "item_id,title,genres\n1,One,Drama|War\n2,Two,Drama\n3,Three,Comedy\n4,Four,Comedy\n");
    cloud.tables().createDataset(DATASET);
    put(cloud, "events", "TABLE", ROWS);
    put(cloud, "same_events", "VIEW", List.of());
    put(cloud, "dirty_events", "TABLE", with(",1,5,1", "u,,5,1", "u,1,5,"));
  }

  private static List<String> with(String... more) {
    List<String> rows = new ArrayList<>(ROWS);
    rows.addAll(Arrays.asList(more));
    return rows;
  }

  /** Adds a row to the events. */
  static void addTo(FakeCloud cloud, String row) {
    put(cloud, "events", "TABLE", with(row));
  }

  private static void put(FakeCloud cloud, String table, String type, List<String> rows) {
    cloud
        .tables()
        .put(DATASET + "." + table, type, SCHEMA, AVRO, rows.stream().map(Shop::record).toList());
  }

  private static GenericRecord record(String row) {
    String[] fields = row.split(",", -1);
    return new GenericRecordBuilder(AVRO)
        .set("note", "unread")
        .set("who", fields[0].isEmpty() ? null : fields[0])
        .set("sku", fields[1].isEmpty() ? null : Long.valueOf(fields[1]))
        .set("stars", fields[2].isEmpty() ? null : Double.valueOf(fields[2]))
        .set("at", fields[3].isEmpty() ? null : 1_000_000 * Long.valueOf(fields[3]))
        .set("labels", List.of("a", "b"))
        .build();
  }

  private static TableFieldSchema column(String name, String type) {
    return new TableFieldSchema().setName(name).setType(type).setMode("NULLABLE");
  }

  /** Types a command; its output goes to the bucket unless the words say otherwise. */
  static Answer type(FakeCloud cloud, List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(cloud.options());
    if (words.stream().noneMatch(word -> word.startsWith("--output="))) {
      all.add("--output=gs://bkt/out");
    }
    return Terminal.see(console -> new CommandLine(console, Terminal.NOON).run(all));
  }
}
