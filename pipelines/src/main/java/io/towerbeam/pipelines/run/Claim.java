package io.towerbeam.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.transforms.files.Folder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The right to work on a run, and the facts that stay the same through all its attempts. Written as
 * {@code claim.json} before anything else; the first writer's start time holds for every later
 * attempt. Held until closed.
 *
 * <p>On a local disk the claim is written under a lock and appears at once and whole, so two
 * processes cannot both make it. Object stores have no such lock here: the claim is created if
 * there is none and then read back, and what stands there counts. Of two processes that start at
 * once both may go on if their options agree; they then write the same bytes.
 */
public final class Claim implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where a run stands. */
  public enum State {
    /** Nobody has worked on it. */
    NEW,
    /** An attempt was made and not finished. */
    UNFINISHED,
    /** {@code _SUCCESS} stands in it. */
    FINISHED
  }

  private final State state;
  private final String startTime;
  private final RunLock lock;

  private Claim(State state, String startTime, RunLock lock) {
    this.state = state;
    this.startTime = startTime;
    this.lock = lock;
  }

  /**
   * Claims a run, or finds it finished.
   *
   * @param now the start time, should the run be new
   * @throws UsageException if the run id belongs to another workflow or other options, naming those
   *     that differ
   * @throws RunInUseException if another process works on it
   */
  public static Claim take(RunDirectory run, Fingerprint fingerprint, Instant now)
      throws IOException {
    Optional<JsonNode> before = read(run, fingerprint);
    if (before.isPresent() && Storage.exists(run.success())) {
      // no lock: a finished run is not touched
      return new Claim(State.FINISHED, startTime(before.get()), null);
    }
    RunLock lock = RunLock.take(run);
    try {
      return takeLocked(run, fingerprint, now, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Where the run stood when it was claimed. */
  public State state() {
    return state;
  }

  /** When the run was first claimed: ISO 8601, UTC. */
  public String startTime() {
    return startTime;
  }

  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }

  private static Claim takeLocked(
      RunDirectory run, Fingerprint fingerprint, Instant now, RunLock lock) throws IOException {
    Optional<JsonNode> before = read(run, fingerprint);
    if (before.isPresent()) {
      State state = Storage.exists(run.success()) ? State.FINISHED : State.UNFINISHED;
      return new Claim(state, startTime(before.get()), lock);
    }
    write(run, fingerprint, now);
    JsonNode written =
        read(run, fingerprint)
            .orElseThrow(() -> new IOException(run.claim() + " is gone after it was written"));
    return new Claim(State.NEW, startTime(written), lock);
  }

  private static Optional<JsonNode> read(RunDirectory run, Fingerprint fingerprint)
      throws IOException {
    Optional<JsonNode> claim = Storage.readJson(run.claim());
    if (claim.isPresent()
        && !claim.get().path("fingerprint").asText().equals(fingerprint.digest())) {
      List<String> differences = fingerprintIn(claim.get()).differencesOf(fingerprint);
      throw new UsageException(
          ("--runId=%s: that run was made with other options: %s; give another --runId, or the same"
                  + " options")
              .formatted(run.runId(), String.join(", ", differences)));
    }
    return claim;
  }

  private static void write(RunDirectory run, Fingerprint fingerprint, Instant now)
      throws IOException {
    ObjectNode claim = JSON.createObjectNode();
    claim.put("workflow", fingerprint.workflow());
    claim.put("start_time", now.toString());
    claim.put("fingerprint", fingerprint.digest());
    ObjectNode options = claim.putObject("options");
    fingerprint.options().forEach(options::put);
    String text = claim.toPrettyString() + "\n";

    Optional<Path> onDisk = Storage.onDisk(run.claim());
    if (onDisk.isEmpty()) {
      new Folder(run.path())
          .create("claim.json", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      return;
    }
    // a kill in the middle of a write must not leave half a claim behind
    Path whole = Files.writeString(onDisk.get().resolveSibling("claim.json.tmp"), text);
    Files.move(whole, onDisk.get(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Fingerprint fingerprintIn(JsonNode claim) {
    SortedMap<String, String> options = new TreeMap<>();
    claim
        .path("options")
        .fields()
        .forEachRemaining(e -> options.put(e.getKey(), e.getValue().asText()));
    return new Fingerprint(claim.path("workflow").asText(), options);
  }

  private static String startTime(JsonNode claim) {
    return claim.path("start_time").asText();
  }
}
