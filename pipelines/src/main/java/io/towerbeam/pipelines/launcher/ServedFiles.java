package io.towerbeam.pipelines.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** What a run that serves a model has made: where it is, and the first few lists. */
final class ServedFiles {
  private static final int USERS = 3;
  private static final int ITEMS = 5;

  private ServedFiles() {}

  /** The lines; none if the run serves no model. */
  static List<String> lines(RunDirectory run, JsonNode manifest) throws IOException {
    if (manifest.at("/counts/lists").isNumber()) {
      return lists(run, manifest);
    }
    return manifest.at("/counts/user_vectors").isNumber() ? vectors(run, manifest) : List.of();
  }

  private static List<String> vectors(RunDirectory run, JsonNode manifest) {
    JsonNode options = manifest.path("options");
    JsonNode counts = manifest.path("counts");
    String model = options.path("modelName").asText();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Vectors of %s and %s by %s of run %s: %s",
            number(counts.path("user_vectors").asLong(), "user"),
            number(counts.path("item_vectors").asLong(), "item"),
            model,
            options.path("model").asText(),
            run.files().embeddings().folder(model).path()));
    long unknown = counts.path("users_without_vector").asLong();
    if (unknown > 0) {
      lines.add("Without a vector, since the model does not know them: " + number(unknown, "user"));
    }
    return lines;
  }

  private static List<String> lists(RunDirectory run, JsonNode manifest) throws IOException {
    JsonNode options = manifest.path("options");
    Folder lists = run.files().recommendations().folder(options.path("modelName").asText("none"));
    List<String> files = lists.list("*.avro");
    List<Recommendation> first = new ArrayList<>();
    for (int file = 0; file < files.size() && first.size() < USERS; file++) {
      Consumer<Recommendation> take =
          list -> {
            if (first.size() < USERS) { // a file may hold very many
              first.add(list);
            }
          };
      read(lists, files.get(file), Recommendation.class, take);
    }
    String model = RunDirectory.pathOf(run.output(), options.path("model").asText());
    Map<String, String> titles = titles(new Folder(model + "/features"), itemsIn(first));
    List<String> lines = new ArrayList<>(List.of(""));
    for (Recommendation list : first) {
      lines.add(list.getUserId() + ": " + shown(list, titles));
    }
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Lists of %s by %s of run %s: %s",
            number(manifest.at("/counts/lists").asLong(), "user"),
            options.path("modelName").asText(),
            options.path("model").asText(),
            lists.path()));
    return lines;
  }

  private static String number(long count, String of) {
    return String.format(Locale.ROOT, "%,d %s%s", count, of, count == 1 ? "" : "s");
  }

  private static String shown(Recommendation list, Map<String, String> titles) {
    String shown =
        list.getItems().stream()
            .limit(ITEMS)
            .map(item -> titles.getOrDefault(item.getItemId(), item.getItemId()))
            .collect(Collectors.joining(" | "));
    return list.getItems().size() > ITEMS ? shown + " | …" : shown;
  }

  private static Set<String> itemsIn(List<Recommendation> lists) {
    return lists.stream()
        .flatMap(list -> list.getItems().stream().limit(ITEMS))
        .map(RecommendedItem::getItemId)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The titles of these items, as far as the model's run knows them. */
  private static Map<String, String> titles(Folder features, Set<String> wanted)
      throws IOException {
    Map<String, String> titles = new HashMap<>();
    for (String file : features.list("catalogue-*.avro")) {
      read(
          features,
          file,
          Item.class,
          item -> {
            if (wanted.contains(item.getId()) && !item.getTitle().isBlank()) {
              titles.put(item.getId(), item.getTitle());
            }
          });
    }
    return titles;
  }

  private static <T extends SpecificRecord> void read(
      Folder folder, String file, Class<T> type, Consumer<T> consumer) throws IOException {
    try (InputStream in = folder.open(file)) {
      AvroFiles.read(in, type, consumer);
    }
  }
}
