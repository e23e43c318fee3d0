package io.towerbeam.templates.bigquery;

import com.google.auto.value.AutoValue;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.io.gcp.bigquery.AvroWriteRequest;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO.Write;
import org.apache.beam.sdk.io.gcp.bigquery.TableDestination;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Loads records into a table, by Avro files in {@code --tempLocation} and one load job. The table
 * is created if it is not there, without any records too; what is in it is replaced, all at once,
 * so that loading again ends with the same rows. Gives the table's name once it holds them.
 */
@AutoValue
abstract class LoadTable<T extends SpecificRecord>
    extends PTransform<PCollection<T>, PCollection<String>> {
  private static final long serialVersionUID = 1;

  abstract Class<T> type();

  abstract TableName table();

  /** Loads records of a class into a table. */
  static <T extends SpecificRecord> LoadTable<T> of(Class<T> type, TableName table) {
    return new AutoValue_LoadTable<>(type, table);
  }

  @Override
  public PCollection<String> expand(PCollection<T> records) {
    return records
        .apply(
            "Load",
            BigQueryIO.<T>write()
                .to(table().reference())
                .withSchema(TableSchemas.of(SpecificData.get().getSchema(type())))
                .withAvroFormatFunction(new ToRow<>())
                .useAvroLogicalTypes()
                .withMethod(Write.Method.FILE_LOADS)
                .withCreateDisposition(Write.CreateDisposition.CREATE_IF_NEEDED)
                .withWriteDisposition(Write.WriteDisposition.WRITE_TRUNCATE)
                .withoutValidation()) // which is done before, in fewer words
        .getSuccessfulTableLoads()
        .apply(
            "TableName",
            MapElements.into(TypeDescriptors.strings()).via(TableDestination::getTableSpec));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("type", type()))
        .add(DisplayData.item("table", table().toString()));
  }

  private static final class ToRow<T extends SpecificRecord>
      implements SerializableFunction<AvroWriteRequest<T>, GenericRecord> {
    private static final long serialVersionUID = 1;

    @Override
    public GenericRecord apply(AvroWriteRequest<T> request) {
      return RecordOfTable.of(request.getElement(), request.getSchema());
    }
  }
}
