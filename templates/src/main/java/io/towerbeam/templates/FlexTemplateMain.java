package io.towerbeam.templates;

import io.towerbeam.pipelines.launcher.Submission;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.spi.Workflows;
import java.time.Clock;
import java.util.List;

/**
 * What the launcher's image runs, for any workflow: hands the job over and is gone, since the
 * service starts the job only after that. The workflow's name comes from the image, in {@value
 * #WORKFLOW}; the template's parameters and the launch's settings come as {@code --name=value}.
 */
public final class FlexTemplateMain {
  /** The environment variable, or system property, that names the workflow. */
  public static final String WORKFLOW = "TOWERBEAM_WORKFLOW";

  private FlexTemplateMain() {}

  /** Hands the job over and ends the process with one of {@link ExitCode}. */
  public static void main(String[] args) {
    String workflow = System.getProperty(WORKFLOW, System.getenv(WORKFLOW));
    Console console = new Console(System.out, System.err);
    System.exit(submit(workflow, List.of(args), console, Clock.systemUTC()));
  }

  /** Hands the job of a workflow over; one of {@link ExitCode}. */
  public static int submit(String workflow, List<String> args, Console console, Clock clock) {
    try {
      if (workflow == null) {
        throw new UsageException(
            WORKFLOW + " is not set: the image's build says which workflow it launches");
      }
      Workflow<?> known = Workflows.find().get(workflow);
      List<String> complete = TemplateDefaults.complete(known, args);
      return new Submission(console, clock).submit(workflow, complete);
    } catch (UsageException e) {
      console.error(e.getMessage());
      return ExitCode.USAGE;
    }
  }
}
