package io.towerbeam.transforms.read;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.FilmSample;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.Interaction;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.transforms.files.BlockCoder;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * The {@link FilmSample} as a source, for runs without an input of their own: the items, and the
 * interactions in blocks of source {@code generated} whose offset is the number of rows before
 * them.
 *
 * <p>One worker makes the whole sample: a second and some 20 MB.
 */
@AutoValue
public abstract class GenerateFilmSample extends PTransform<PBegin, GenerateFilmSample.Result> {
  private static final long serialVersionUID = 1;
  private static final String SOURCE = "generated";
  private static final int NO_SHARD = -1;
  private static final TupleTag<InteractionBlock> BLOCKS = new TupleTag<>("blocks") {};
  private static final TupleTag<Item> ITEMS = new TupleTag<>("items") {};

  /**
   * The sample.
   *
   * @param blocks the interactions in the order of time
   * @param items the catalogue, each id once
   */
  public record Result(PCollection<InteractionBlock> blocks, PCollection<Item> items)
      implements POutput {

    @Override
    public Pipeline getPipeline() {
      return blocks.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(BLOCKS, blocks, ITEMS, items);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }

  abstract long seed();

  /** The sample of {@link FilmSample#DEFAULT_SEED}. */
  public static GenerateFilmSample create() {
    return new AutoValue_GenerateFilmSample(FilmSample.DEFAULT_SEED);
  }

  /** Another sample of the same kind; any number is a seed. */
  public GenerateFilmSample withSeed(long seed) {
    return new AutoValue_GenerateFilmSample(seed);
  }

  @Override
  public Result expand(PBegin input) {
    PCollectionTuple sample =
        input
            .apply("Seed", Create.of(seed()).withCoder(VarLongCoder.of()))
            .apply(
                "Generate",
                ParDo.of(new GenerateFn()).withOutputTags(BLOCKS, TupleTagList.of(ITEMS)));
    return new Result(
        sample.get(BLOCKS).setCoder(BlockCoder.of()),
        sample.get(ITEMS).setCoder(AvroCoder.specific(Item.class)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("seed", seed()).withLabel("Seed of the generated sample"));
  }

  private static final class GenerateFn extends DoFn<Long, InteractionBlock> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(@Element Long seed, MultiOutputReceiver out) {
      FilmSample sample = FilmSample.generate(seed);
      sample.items().forEach(out.get(ITEMS)::output);
      outputBlocks(sample, out.get(BLOCKS));
    }

    private static void outputBlocks(FilmSample sample, OutputReceiver<InteractionBlock> out) {
      BlockBuilder rows = new BlockBuilder();
      long offset = 0;
      for (Interaction row : sample.interactions()) {
        rows.add(row.getUserId(), row.getItemId(), row.getRating(), row.getTime());
        if (rows.rows() == InteractionColumns.MAX_ROWS) {
          out.output(rows.build(SOURCE, offset, NO_SHARD, null));
          offset += InteractionColumns.MAX_ROWS;
        }
      }
      if (rows.rows() > 0) {
        out.output(rows.build(SOURCE, offset, NO_SHARD, null));
      }
    }
  }
}
