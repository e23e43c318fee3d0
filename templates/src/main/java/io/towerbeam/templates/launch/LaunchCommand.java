package io.towerbeam.templates.launch;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import io.towerbeam.pipelines.launcher.EndedRun;
import io.towerbeam.pipelines.launcher.OptionHelp;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.spi.Command;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.pipelines.spi.Workflows;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;

/** {@code towerbeam launch <workflow> --template=gs://… --param=name=value …}. */
public final class LaunchCommand implements Command {
  private static final int BAD_REQUEST = 400;
  private final Clock clock;

  /** What the command line finds. */
  public LaunchCommand() {
    this(Clock.systemUTC());
  }

  LaunchCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "launch";
  }

  @Override
  public String description() {
    return "Starts a workflow's template on Dataflow, and waits for it with --wait";
  }

  @Override
  public List<String> help() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "towerbeam launch <workflow> --template=gs://... --project=... --region=..."
            + " [--param=name=value ...]");
    lines.add("");
    lines.add("  " + description());
    lines.add("");
    lines.addAll(OptionHelp.of(LaunchOptions.class));
    lines.add("");
    lines.add(
        "Parameters are the workflow's options: see towerbeam help <workflow>. Machines, network and");
    lines.add(
        "account are Beam's options, such as --maxNumWorkers, --subnetwork or --serviceAccount.");
    return lines;
  }

  @Override
  public int run(List<String> args, Console console) {
    LaunchWords words = LaunchWords.of(args);
    LaunchRequest request =
        LaunchRequest.of(Workflows.find().get(words.workflow()), words, clock.instant());
    try {
      return request.options().getDryRun() ? print(request, console) : launch(request, console);
    } catch (GoogleJsonResponseException e) {
      console.error("Dataflow refused: " + reason(e));
      return e.getStatusCode() == BAD_REQUEST ? ExitCode.USAGE : ExitCode.FAILED;
    } catch (IOException e) {
      console.error(
          RunnerSupports.inWords(e)
              .orElseGet(() -> "Dataflow cannot be reached: " + e.getMessage()));
      return ExitCode.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      console.error("interrupted; the job goes on");
      return ExitCode.FAILED;
    }
  }

  private static int print(LaunchRequest request, Console console) throws IOException {
    console
        .out()
        .printf(
            "POST v1b3/projects/%s/locations/%s/flexTemplates:launch%n%s%n",
            request.dataflow().getProject(), request.dataflow().getRegion(), request.json());
    return ExitCode.DONE;
  }

  private static int launch(LaunchRequest request, Console console)
      throws IOException, InterruptedException {
    Optional<LaunchedJob> job = LaunchedJob.launch(request);
    if (job.isEmpty()) {
      console.out().println("Dataflow takes it; nothing was started.");
      return ExitCode.DONE;
    }
    console.out().println("Job " + job.get().link());
    console.out().println("State " + job.get().state());
    console.out().println("Output goes to " + request.directory().path());
    return request.options().getWait() ? await(job.get(), request, console) : ExitCode.DONE;
  }

  private static int await(LaunchedJob job, LaunchRequest request, Console console)
      throws IOException, InterruptedException {
    Duration pause = Duration.ofMillis(Math.round(1000 * request.options().getPollSeconds()));
    job.await(pause, state -> console.out().println("State " + state));
    return EndedRun.report(withStoreOf(request), faultOf(job), console);
  }

  private static Optional<String> faultOf(LaunchedJob job) throws IOException {
    if (job.state().equals(LaunchedJob.DONE)) {
      return Optional.empty();
    }
    String why = job.lastError().map(error -> ": " + inOneLine(error)).orElse("");
    return Optional.of("the job ended as " + job.state() + why);
  }

  /** The run's options, which know the store by what the launch was told of it. */
  private static WorkflowOptions withStoreOf(LaunchRequest request) {
    GcsOptions given = request.options().as(GcsOptions.class);
    GcsOptions run = request.run().as(GcsOptions.class);
    run.setGcsEndpoint(given.getGcsEndpoint());
    run.as(GcpOptions.class).setCredentialFactoryClass(given.getCredentialFactoryClass());
    run.setProject(given.getProject());
    return request.run();
  }

  /** What the service says. */
  private static String reason(GoogleJsonResponseException e) {
    String message = e.getDetails() == null ? null : e.getDetails().getMessage();
    return message == null ? "HTTP " + e.getStatusCode() : inOneLine(message);
  }

  private static String inOneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
