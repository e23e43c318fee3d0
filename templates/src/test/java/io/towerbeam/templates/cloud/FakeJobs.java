package io.towerbeam.templates.cloud;

import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.JobMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs that were asked for. Of a name, one may be active at a time. Safe for many threads. */
public final class FakeJobs {
  private static final Set<String> ENDED =
      Set.of(
          "JOB_STATE_DONE",
          "JOB_STATE_FAILED",
          "JOB_STATE_CANCELLED",
          "JOB_STATE_UPDATED",
          "JOB_STATE_DRAINED");
  private static final String TIME = "2026-03-01T12:00:%02d.000Z";

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, JobScript> scripts = new HashMap<>();
  private final Map<String, Deque<String>> statesToCome = new HashMap<>();
  private JobScript script = JobScript.running();
  private boolean isDuplicateGivenTheActiveOne;

  /** How jobs go that are created from now on. */
  public synchronized void script(JobScript script) {
    this.script = script;
  }

  /** A job that somebody else created. */
  public Job start(String project, String location, String name) {
    return create(project, location, new Job().setName(name).setClientRequestId("another's"));
  }

  /**
   * The service's other way with a name that is active: the answer is the active job, whose request
   * id is not the caller's.
   */
  public synchronized void giveTheActiveJobToDuplicates() {
    isDuplicateGivenTheActiveOne = true;
  }

  /** All jobs in the order of their creation. */
  public synchronized List<Job> all() {
    return List.copyOf(jobs.values());
  }

  /** The job that was created last. */
  public Job last() {
    List<Job> all = all();
    return all.get(all.size() - 1);
  }

  synchronized Job create(String project, String location, Job asked) {
    for (Job other : jobs.values()) {
      if (other.getName().equals(asked.getName()) && !ENDED.contains(other.getCurrentState())) {
        if (isDuplicateGivenTheActiveOne) {
          return other;
        }
        throw new Refusal(
            409,
            "alreadyExists",
            ("(4ea1): The workflow could not be created. Causes: (4ea2): There is already an active"
                    + " job named %s. If you want to submit a second job, try again by setting a"
                    + " different name.")
                .formatted(asked.getName()));
      }
    }
    String id = "2026-03-01_04_00_%02d-%d".formatted(jobs.size(), 1_000_000 + jobs.size());
    Job job =
        asked
            .clone()
            .setId(id)
            .setProjectId(project)
            .setLocation(location)
            .setCreateTime(TIME.formatted(jobs.size() % 60))
            .setCurrentState(script.states().get(0));
    jobs.put(id, job);
    scripts.put(id, script);
    statesToCome.put(id, new ArrayDeque<>(script.states()));
    return job;
  }

  /** The job, one state further than when it was last asked for. */
  synchronized Job get(String project, String location, String id) {
    Job job = find(project, location, id);
    Deque<String> states = statesToCome.get(id);
    if (!states.isEmpty()) {
      job.setCurrentState(states.pop());
      if (states.isEmpty()) {
        scripts.get(id).atLastState().accept(job);
      }
    }
    return job;
  }

  synchronized List<JobMessage> messages(String project, String location, String id) {
    find(project, location, id);
    List<JobMessage> messages = new ArrayList<>();
    for (String line : scripts.get(id).messages()) {
      int colon = line.indexOf(": ");
      messages.add(
          new JobMessage()
              .setId("m" + messages.size())
              .setTime(TIME.formatted(messages.size()))
              .setMessageImportance(line.substring(0, colon))
              .setMessageText(line.substring(colon + 2)));
    }
    return messages;
  }

  private Job find(String project, String location, String id) {
    Job job = jobs.get(id);
    if (job == null || !job.getProjectId().equals(project) || !job.getLocation().equals(location)) {
      throw Refusal.notFound(
          "(4ea3): Information about job %s could not be found in our system.".formatted(id));
    }
    return job;
  }
}
