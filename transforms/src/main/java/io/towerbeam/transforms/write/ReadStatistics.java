package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.DataStatistics;
import java.io.IOException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * What the data of a run that is finished were like, one element. A run without such a file, or
 * with a damaged one, fails the pipeline.
 */
@AutoValue
public abstract class ReadStatistics extends PTransform<PBegin, PCollection<DataStatistics>> {
  abstract RunFiles run();

  /** Of that run. */
  public static ReadStatistics of(RunFiles run) {
    return new AutoValue_ReadStatistics(run);
  }

  @Override
  public PCollection<DataStatistics> expand(PBegin begin) {
    return begin
        .apply("Once", Create.of(run().root().path()).withCoder(StringUtf8Coder.of()))
        .apply("Read", ParDo.of(new ReadFn(run())))
        .setCoder(AvroCoder.specific(DataStatistics.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("run", run().root().path()));
  }

  private static final class ReadFn extends DoFn<String, DataStatistics> {
    private final RunFiles run;

    ReadFn(RunFiles run) {
      this.run = run;
    }

    @ProcessElement
    public void process(OutputReceiver<DataStatistics> out) throws IOException {
      out.output(StatisticsFile.read(run));
    }
  }
}
