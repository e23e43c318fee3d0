package io.towerbeam.transforms.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.StructuredCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A row of a table as it stands there, not looked at yet: any value may be missing.
 *
 * @param user the user's id
 * @param item the item's id
 * @param time in the unit of {@link InteractionTableFormat#timeUnit}
 * @param rating the rating
 */
public record InteractionRow(
    @Nullable String user, @Nullable String item, @Nullable Long time, @Nullable Double rating)
    implements Serializable {

  /** The coder of rows. */
  public static Coder<InteractionRow> coder() {
    return RowCoder.INSTANCE;
  }

  private static final class RowCoder extends StructuredCoder<InteractionRow> {
    private static final long serialVersionUID = 1;
    private static final RowCoder INSTANCE = new RowCoder();
    private static final Coder<String> TEXT = NullableCoder.of(StringUtf8Coder.of());
    private static final Coder<Long> TIME = NullableCoder.of(VarLongCoder.of());
    private static final Coder<Double> RATING = NullableCoder.of(DoubleCoder.of());

    @Override
    public void encode(InteractionRow row, OutputStream out) throws IOException {
      TEXT.encode(row.user(), out);
      TEXT.encode(row.item(), out);
      TIME.encode(row.time(), out);
      RATING.encode(row.rating(), out);
    }

    @Override
    public InteractionRow decode(InputStream in) throws IOException {
      return new InteractionRow(
          TEXT.decode(in), TEXT.decode(in), TIME.decode(in), RATING.decode(in));
    }

    @Override
    public List<? extends Coder<?>> getCoderArguments() {
      return List.of();
    }

    @Override
    public void verifyDeterministic() {
      // each part is
    }
  }
}
