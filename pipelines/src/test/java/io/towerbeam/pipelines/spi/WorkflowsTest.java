package io.towerbeam.pipelines.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.testing.TallyWorkflow;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowsTest {
  @Test
  void aServiceOnTheClassPathIsFound() {
    assertThat(Workflows.find().get("tally")).isInstanceOf(TallyWorkflow.class);
  }

  @Test
  void twoOfOneNameAreAnError() {
    assertThatThrownBy(() -> Workflows.of(List.of(new TallyWorkflow(), new TallyWorkflow())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two workflows of the name tally");
  }

  @Test
  void anUnknownNameListsTheKnownAndTheNearest() {
    assertThatThrownBy(() -> Workflows.of(List.of(new TallyWorkflow())).get("tallly"))
        .isInstanceOf(UsageException.class)
        .hasMessage("tallly: no such workflow; known are tally; did you mean tally?");
  }
}
