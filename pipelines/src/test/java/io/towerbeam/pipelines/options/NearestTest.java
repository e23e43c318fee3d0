package io.towerbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("leaderboard", "evaluate", "train", "tune", "k");

  @Test
  void aSlipOrTwoAreSeenThrough() {
    assertThat(Nearest.to("leaderbord", KNOWN)).contains("leaderboard");
    assertThat(Nearest.to("TRAIN", KNOWN)).contains("train");
  }

  @Test
  void aWordLikeNoneIsLeftAlone() {
    assertThat(Nearest.to("prepare", KNOWN)).isEmpty();
    assertThat(Nearest.to("x", KNOWN)).isEmpty();
    assertThat(Nearest.to("train", List.of())).isEmpty();
  }

  @Test
  void ofEquallyNearOnesTheAlphabeticallyFirstIsTaken() {
    assertThat(Nearest.to("cat", List.of("hat", "bat"))).contains("bat");
  }
}
