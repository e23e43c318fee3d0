package io.towerbeam.ml.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewItemListsTest {
  private static final FittedModel MODEL =
      CategoryPopularityModel.of(
          new long[] {5, 3}, new FloatMatrix(2, 2, new float[] {1, 0, 0, 1}), 2, true);
  private static final FloatMatrix FEATURES =
      new FloatMatrix(4, 2, new float[] {0, 1, 1, 0, 1, 1, 1, 0});

  private static List<String> lists(
      FittedModel model, FloatMatrix features, List<UserHistory> users, int[]... taken) {
    List<String> lists = new ArrayList<>();
    new NewItemLists(3, features)
        .forEach(
            model,
            users,
            List.of(taken),
            (user, items, scores) ->
                lists.add(
                    "%d: %s %s".formatted(user, Arrays.toString(items), Arrays.toString(scores))));
    return lists;
  }

  @Test
  void theBestComeFirstAndWhatWasTakenNot() {
    List<UserHistory> users = List.of(UserHistory.empty(0), UserHistory.empty(-1));
    assertThat(lists(MODEL, FEATURES, users, new int[0], new int[] {2, 1, 2}))
        .containsExactly("0: [2, 1, 3] [8.0, 5.0, 5.0]", "1: [3, 0] [5.0, 3.0]");
  }

  @Test
  void manyUsersAreServedInTheirOrder() {
    List<UserHistory> users = IntStream.range(0, 600).mapToObj(UserHistory::empty).toList();
    assertThat(lists(MODEL, FEATURES, users, new int[600][0]))
        .hasSize(600)
        .last()
        .isEqualTo("599: [2, 1, 3] [8.0, 5.0, 5.0]");
  }

  @Test
  void thereAreNoneOfNoItemsNorByAModelWithoutSuchVectors() {
    List<UserHistory> users = List.of(UserHistory.empty(0));
    FloatMatrix none = new FloatMatrix(0, 0, new float[0]);
    assertThat(lists(MODEL, none, users, new int[0])).isEmpty();
    assertThat(lists(new ItemScores(new float[2], true), FEATURES, users, new int[0])).isEmpty();
  }
}
