package io.towerbeam.pipelines.run;

import java.io.IOException;

/** Another process works on the run. */
public final class RunInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  RunInUseException(RunDirectory run) {
    super(
        ("run %s is being worked on by another process, which holds %s: wait for it, or give"
                + " another --runId")
            .formatted(run.runId(), run.lock()));
  }
}
