package io.towerbeam.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.schemas.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A run's verdict, as its {@code outcome.json} holds it.
 *
 * @param verdict UNKNOWN if the file holds none that is known here
 * @param reasons why, one line each
 * @param examples up to three of the rows that the reasons are about
 */
public record RunOutcome(Verdict verdict, List<String> reasons, List<String> examples) {
  private static final int MOST_EXAMPLES = 3;

  /**
   * Reads the verdict of a run; empty if it has none.
   *
   * @throws IOException if it cannot be read
   */
  public static Optional<RunOutcome> read(RunDirectory run) throws IOException {
    return Storage.readJson(run.outcome()).map(RunOutcome::of);
  }

  private static RunOutcome of(JsonNode json) {
    String word = json.path("verdict").asText().toUpperCase(Locale.ROOT);
    Verdict verdict =
        Stream.of(Verdict.values())
            .filter(known -> known.name().equals(word))
            .findFirst()
            .orElse(Verdict.UNKNOWN);
    List<String> examples = texts(json.path("examples"));
    return new RunOutcome(
        verdict,
        texts(json.path("reasons")),
        examples.subList(0, Math.min(MOST_EXAMPLES, examples.size())));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
