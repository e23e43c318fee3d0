package io.towerbeam.pipelines.report;

import java.util.List;

/** A few users as their template shows them: what they met, and what two models would give them. */
final class UserViews {
  private static final int MODELS = 2;

  private UserViews() {}

  /**
   * A user.
   *
   * @param sum how much of them there is on either side
   * @param history titles, latest first
   * @param lists of the best models that have one for them
   */
  record UserView(String userId, String sum, List<String> history, List<ListView> lists) {}

  /** A model's list and how many hits are in it. */
  record ListView(String model, String sum, List<PlaceView> places) {}

  /** A recommended item. */
  record PlaceView(String title, boolean hit) {}

  static List<UserView> of(ReportData data) {
    return data.users().stream().map(user -> user(data, user)).toList();
  }

  private static UserView user(ReportData data, UserExample user) {
    String sum =
        "%s train and %s test items"
            .formatted(Numbers.whole(user.historySize()), Numbers.whole(user.testItems().size()));
    return new UserView(
        user.userId(),
        sum,
        user.history().stream().map(item -> title(data, item)).toList(),
        data.models().stream()
            .limit(MODELS)
            .filter(user.lists()::containsKey)
            .map(model -> list(data, user, model))
            .toList());
  }

  private static ListView list(ReportData data, UserExample user, String model) {
    List<PlaceView> places =
        user.lists().get(model).stream()
            .map(item -> new PlaceView(title(data, item), user.testItems().contains(item)))
            .toList();
    long hits = places.stream().filter(PlaceView::hit).count();
    String sum = "%d %s in %d".formatted(hits, hits == 1 ? "hit" : "hits", places.size());
    return new ListView(model, sum, places);
  }

  private static String title(ReportData data, String item) {
    String title = data.titles().getOrDefault(item, "");
    return title.isBlank() ? "Item " + item : title;
  }
}
