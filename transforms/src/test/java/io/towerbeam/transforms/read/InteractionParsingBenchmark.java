package io.towerbeam.transforms.read;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the bytes of 32,768 CSV lines of user, item, rating and time to a block. */
@State(Scope.Thread)
public class InteractionParsingBenchmark {
  public static final int LINES = InteractionColumns.MAX_ROWS;
  private static final int USERS = 200;
  private static final int ITEMS = 60_000;

  private byte[] log;
  private TableStart table;

  @Setup
  public void write() throws Exception {
    Random random = new Random(11);
    StringBuilder text = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int line = 0; line < LINES; line++) {
      int user = 100_000 + line * USERS / LINES;
      int time = 1_000_000_000 + random.nextInt(500_000_000);
      text.append(user).append(',').append(1 + random.nextInt(ITEMS)).append(',');
      text.append(1 + random.nextInt(9) / 2.0).append(',').append(time).append('\n');
    }
    log = text.toString().getBytes(StandardCharsets.US_ASCII);
    table = TableStart.read("log", ParsedLog.open(log, 0, log.length), ParsedLog.CSV.text());
  }

  @Benchmark
  public InteractionBlock parse() throws Exception {
    LineReader lines =
        new LineReader(
            ParsedLog.open(log, (int) table.dataOffset(), log.length),
            table.dataOffset(),
            false,
            log.length);
    InteractionParser parser = new InteractionParser(ParsedLog.CSV, table);
    BlockBuilder block = new BlockBuilder();
    while (lines.next()) {
      parser.parse(lines.buffer(), lines.from(), lines.to(), block);
    }
    return block.build("log", 0, -1, null);
  }
}
