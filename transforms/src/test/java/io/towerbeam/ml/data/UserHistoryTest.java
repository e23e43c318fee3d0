package io.towerbeam.ml.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UserHistoryTest {
  private static UserHistory of(int user, int[] items, long[] times, float rating) {
    float[] ratings = new float[items.length];
    Arrays.fill(ratings, rating);
    return new UserHistory(user, items, times, ratings);
  }

  @Test
  void rowsOfBothStandInTimeAndItemOrderAndEqualOnesOnce() {
    UserHistory known = of(7, new int[] {1, 4, 2}, new long[] {10, 20, 30}, 5);
    UserHistory given = of(-1, new int[] {3, 3, 4, 9}, new long[] {5, 20, 20, 40}, 1);
    UserHistory both = known.with(given);
    assertThat(both.userIndex()).isEqualTo(7);
    assertThat(both.items()).containsExactly(3, 1, 3, 4, 2, 9);
    assertThat(both.times()).containsExactly(5, 10, 20, 20, 30, 40);
    assertThat(both.ratings()).containsExactly(1, 5, 1, 5, 5, 1);
  }

  @Test
  void anEmptyHistoryAddsNothing() {
    UserHistory known = of(0, new int[] {1}, new long[] {10}, 5);
    assertThat(known.with(UserHistory.empty(-1)).items()).containsExactly(1);
    assertThat(UserHistory.empty(3).with(known).items()).containsExactly(1);
    assertThat(UserHistory.empty(3).with(known).userIndex()).isEqualTo(3);
    assertThat(UserHistory.empty(3).with(UserHistory.empty(-1)).items()).isEmpty();
  }
}
