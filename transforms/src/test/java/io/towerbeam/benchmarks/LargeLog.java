package io.towerbeam.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Invents an interaction log and a catalogue of any size, in the shape of MovieLens-25M: at the
 * default of 25 million rows 160 thousand users and 60 thousand items. Fewer rows are those of
 * fewer users, over the same items. Needs a JDK alone:
 *
 * <pre>java transforms/src/test/java/io/towerbeam/benchmarks/LargeLog.java --output=FOLDER
 * --interactions=5000000 --users=… --items=… --seed=42 --format=csv --rowsPerFile=5000000</pre>
 *
 * <p>Activity and popularity follow power laws; users keep mostly to two of 20 categories, come in
 * sittings over 20 years, and take an item once; two fifths of the items come out during that time.
 * Rows stand user by user. Memory does not grow with the rows. The same options give the same
 * bytes.
 */
public final class LargeLog {
  private static final long START = 1_104_537_600; // 2005
  private static final long SECONDS = 20L * 365 * 86_400;
  private static final int CATEGORIES = 20;
  private static final int ROWS_PER_USER = 156;
  private static final int ROWS_PER_SITTING = 20;
  private static final int SECONDS_BETWEEN_SITTINGS = 45 * 86_400;
  private static final String[] WORDS = {
    "River", "Winter", "Garden", "Stone", "Voyage", "Letter", "Harbour", "Mirror", "Summer",
        "Train",
    "Island", "Shadow", "Orchard", "Bridge", "Comet", "Violin", "Desert", "Lantern", "Signal",
        "Crown"
  };

  private final Map<String, String> options;
  private final SplittableRandom random;
  private final long rows;
  private final int users;
  private final int items;
  private final char separator;
  private final int[] category;
  private final long[] appears;
  private final double[] cut;
  private final int[] alias;

  private LargeLog(Map<String, String> options) {
    this.options = options;
    rows = number("interactions", 25_000_000, 1_000_000_000);
    items = (int) number("items", 60_000, 10_000_000);
    users = (int) number("users", Math.max(1, rows / ROWS_PER_USER), 1_000_000_000);
    separator = options.getOrDefault("format", "csv").equals("tsv") ? '\t' : ',';
    random = new SplittableRandom(number("seed", 42, Integer.MAX_VALUE));
    if (rows / users > items / 8) {
      throw new IllegalArgumentException(
          "--items=%d are too few for %d rows a user".formatted(items, rows / users));
    }
    category = new int[items];
    appears = new long[items];
    for (int item = 0; item < items; item++) {
      category[item] = random.nextInt(CATEGORIES);
      appears[item] = START + (random.nextInt(5) < 3 ? 0 : random.nextLong(SECONDS));
    }
    cut = new double[items];
    alias = new int[items];
    drawByPopularity();
  }

  private long number(String option, long byDefault, long most) {
    long value = Long.parseLong(options.getOrDefault(option, String.valueOf(byDefault)));
    if (value < 1 || value > most) {
      throw new IllegalArgumentException("--%s=%d: give 1 to %d".formatted(option, value, most));
    }
    return value;
  }

  /** Walker's alias tables of (rank + 60)^-1.1, the ranks dealt out at random. */
  private void drawByPopularity() {
    double[] weights = new double[items];
    double sum = 0;
    for (int rank = 0; rank < items; rank++) {
      int other = random.nextInt(rank + 1);
      weights[rank] = weights[other];
      weights[other] = StrictMath.pow(rank + 60, -1.1);
      sum += weights[other];
    }
    int[] order = new int[items];
    int small = 0;
    int large = items;
    for (int item = 0; item < items; item++) {
      cut[item] = weights[item] * items / sum;
      alias[item] = item;
      order[cut[item] < 1 ? small++ : --large] = item;
    }
    for (int next = 0; next < small && large < items; next++) {
      int donor = order[large];
      alias[order[next]] = donor;
      cut[donor] -= 1 - cut[order[next]];
      if (cut[donor] < 1) {
        order[small++] = donor;
        large++;
      }
    }
  }

  private int drawItem() {
    int item = random.nextInt(items);
    return random.nextDouble() < cut[item] ? item : alias[item];
  }

  /** How active the user is beside others: a power law over users, who are dealt their places. */
  private double activity(int user) {
    double place = (Math.floorMod(user * 0x9E3779B97F4A7C15L, 1L << 53) + .5) * 0x1.0p-53;
    double mean = (double) rows / users;
    return Math.min(mean / 8 + mean * 7 / 8 * (1 / StrictMath.sqrt(place) - 1), items / 4.0);
  }

  private void write(Path folder) throws IOException {
    writeItems(folder.resolve("items." + options.getOrDefault("format", "csv")));
    double sum = 0;
    for (int user = 0; user < users; user++) {
      sum += activity(user);
    }
    boolean[] taken = new boolean[items];
    double owed = 0;
    try (Parts parts = new Parts(folder, number("rowsPerFile", 5_000_000, 1_000_000_000))) {
      for (int user = 0; user < users; user++) {
        owed += activity(user) * rows / sum;
        long count = Math.min((long) owed, rows - parts.written);
        owed -= count;
        play(user + 1, user == users - 1 ? rows - parts.written : count, taken, parts);
      }
    }
  }

  private void play(int user, long count, boolean[] taken, Parts parts) throws IOException {
    Arrays.fill(taken, false);
    int favourite = random.nextInt(CATEGORIES);
    int second = random.nextInt(CATEGORIES);
    long time = START + random.nextLong(SECONDS * 9 / 10);
    long sittings = 1 + count / ROWS_PER_SITTING;
    long apart = Math.min(SECONDS_BETWEEN_SITTINGS, (START + SECONDS - time) / sittings);
    for (long row = 0; row < count; row++) {
      boolean isNewSitting = row > 0 && row % ROWS_PER_SITTING == 0;
      time += isNewSitting ? 1 + random.nextLong(apart) : 5 + random.nextInt(60);
      int item = drawItem();
      for (int attempt = 0; attempt < 20 && !isWanted(item, favourite, second, time); attempt++) {
        item = drawItem();
      }
      while (taken[item]) {
        item = item + 1 == items ? 0 : item + 1;
      }
      taken[item] = true;
      boolean isLiked = category[item] == favourite || category[item] == second;
      parts.add(user, item + 1, (isLiked ? 4 : 1) + random.nextInt(isLiked ? 7 : 9), time);
    }
  }

  private boolean isWanted(int item, int favourite, int second, long time) {
    boolean isLiked = category[item] == favourite || category[item] == second;
    return appears[item] <= time && (isLiked || random.nextInt(8) == 0);
  }

  private void writeItems(Path file) throws IOException {
    StringBuilder text = new StringBuilder("item_id,title,genres\n".replace(',', separator));
    for (int item = 0; item < items; item++) {
      int year = 1970 + (int) ((appears[item] - START) / (365 * 86_400)) + random.nextInt(35);
      String title =
          "The %s %s and the %s (%d)".formatted(WORDS[category[item]], word(), word(), year);
      String genres = "Genre" + category[item] + (item % 3 == 0 ? "|Genre" + item % 7 : "");
      text.append(item + 1).append(separator).append(title).append(separator).append(genres);
      text.append('\n');
    }
    Files.writeString(file, text);
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  /** Numbered files of so many rows each; holds one buffer. */
  private final class Parts implements AutoCloseable {
    private static final int LONGEST_ROW = 64;

    private final Path folder;
    private final long rowsPerFile;
    private final byte[] buffer = new byte[1 << 16];
    private int size;
    private long written;
    private OutputStream out = OutputStream.nullOutputStream();

    Parts(Path folder, long rowsPerFile) {
      this.folder = folder;
      this.rowsPerFile = rowsPerFile;
    }

    void add(int user, int item, int halfStars, long time) throws IOException {
      if (written % rowsPerFile == 0) {
        close();
        String suffix = options.getOrDefault("format", "csv");
        out =
            Files.newOutputStream(
                folder.resolve("ratings-%05d.%s".formatted(written / rowsPerFile, suffix)));
        String header = "user_id,item_id,rating,timestamp\n".replace(',', separator);
        out.write(header.getBytes(StandardCharsets.US_ASCII));
      }
      number(user, separator);
      number(item, separator);
      number(halfStars / 2, '.');
      number(halfStars % 2 * 5L, separator);
      number(time, '\n');
      written++;
      if (size > buffer.length - LONGEST_ROW) {
        flush();
      }
    }

    private void number(long value, char end) {
      int digits = 1;
      for (long rest = value / 10; rest > 0; rest /= 10) {
        digits++;
      }
      long rest = value;
      for (int place = size + digits - 1; place >= size; place--) {
        buffer[place] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      size += digits;
      buffer[size++] = (byte) end;
    }

    private void flush() throws IOException {
      out.write(buffer, 0, size);
      size = 0;
    }

    @Override
    public void close() throws IOException {
      flush();
      out.close();
    }
  }

  /** Writes a log; options as above. */
  public static void main(String[] args) throws IOException {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      if (!arg.matches("--(output|interactions|users|items|seed|format|rowsPerFile)=.+")) {
        throw new IllegalArgumentException(
            arg
                + ": give --output, --interactions, --users,"
                + " --items, --seed, --format=csv or tsv, or --rowsPerFile, each with =value");
      }
      options.put(arg.substring(2, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
    }
    Path folder = Path.of(options.getOrDefault("output", "large-log"));
    Files.createDirectories(folder);
    new LargeLog(options).write(folder);
  }
}
