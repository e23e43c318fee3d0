package io.towerbeam.templates.cloud;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.Dataflow;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.LaunchFlexTemplateRequest;
import com.google.api.services.dataflow.model.ListJobMessagesResponse;
import com.google.api.services.dataflow.model.ListJobsResponse;
import io.towerbeam.templates.cloud.Endpoint.Arguments;
import java.io.IOException;
import java.util.List;

/** The methods of Dataflow that submitting and watching a job needs. */
final class DataflowService {
  private final FakeJobs jobs;
  private final FlexTemplates templates;

  DataflowService(FakeJobs jobs, FlexTemplates templates) {
    this.jobs = jobs;
    this.templates = templates;
  }

  List<Endpoint> endpoints() throws IOException {
    Dataflow client =
        new Dataflow.Builder(Offline.TRANSPORT, GsonFactory.getDefaultInstance(), null)
            .setApplicationName("samples")
            .build();
    Dataflow.Projects.Locations locations = client.projects().locations();
    Dataflow.Projects.Locations.Jobs ofJobs = locations.jobs();
    return List.of(
        new Endpoint("/", ofJobs.create("p", "l", new Job()), this::create),
        new Endpoint("/", ofJobs.get("p", "l", "j"), this::get),
        new Endpoint("/", ofJobs.list("p", "l"), this::list),
        new Endpoint("/", ofJobs.messages().list("p", "l", "j"), this::messages),
        new Endpoint(
            "/",
            locations.flexTemplates().launch("p", "l", new LaunchFlexTemplateRequest()),
            this::launch));
  }

  private Reply create(Arguments call) throws IOException {
    Job asked = call.message(Job.class);
    if (asked.getName() == null || !asked.getName().matches("[a-z]([-a-z0-9]{0,1022}[a-z0-9])?")) {
      throw Refusal.badRequest("(4ea4): The job name is invalid: " + asked.getName());
    }
    return Reply.of(jobs.create(project(call), location(call), asked));
  }

  private Reply get(Arguments call) throws IOException {
    return Reply.of(jobs.get(project(call), location(call), call.path().get("jobId")));
  }

  private Reply list(Arguments call) throws IOException {
    List<Job> found =
        jobs.all().stream()
            .filter(job -> job.getProjectId().equals(project(call)))
            .filter(job -> job.getLocation().equals(location(call)))
            .toList();
    return Reply.of(new ListJobsResponse().setJobs(found.isEmpty() ? null : found));
  }

  private Reply messages(Arguments call) throws IOException {
    return Reply.of(
        new ListJobMessagesResponse()
            .setJobMessages(
                jobs.messages(project(call), location(call), call.path().get("jobId"))));
  }

  private Reply launch(Arguments call) throws IOException {
    LaunchFlexTemplateRequest request = call.message(LaunchFlexTemplateRequest.class);
    return Reply.of(templates.launch(project(call), location(call), request));
  }

  private static String project(Arguments call) {
    return call.path().get("projectId");
  }

  private static String location(Arguments call) {
    return call.path().get("location");
  }
}
