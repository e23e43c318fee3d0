package io.towerbeam.templates.cloud;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ContainerSpec;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.LaunchFlexTemplateParameter;
import com.google.api.services.dataflow.model.LaunchFlexTemplateRequest;
import com.google.api.services.dataflow.model.LaunchFlexTemplateResponse;
import com.google.api.services.dataflow.model.ParameterMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Launches of Flex Templates: parameters are checked against the metadata in the template's
 * container spec, which lies in a bucket. No container is started: the job is one of the name
 * alone.
 */
final class FlexTemplates {
  private final FakeBuckets buckets;
  private final FakeJobs jobs;

  FlexTemplates(FakeBuckets buckets, FakeJobs jobs) {
    this.buckets = buckets;
    this.jobs = jobs;
  }

  LaunchFlexTemplateResponse launch(
      String project, String location, LaunchFlexTemplateRequest request) throws IOException {
    LaunchFlexTemplateParameter launch = request.getLaunchParameter();
    if (launch == null || launch.getJobName() == null) {
      throw Refusal.badRequest("launch_parameter.job_name is required");
    }
    if (!launch.getJobName().matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw Refusal.badRequest("invalid job name: " + launch.getJobName());
    }
    ContainerSpec spec = containerSpec(launch);
    Map<String, String> given = launch.getParameters() == null ? Map.of() : launch.getParameters();
    List<String> faults = faults(spec, given);
    if (!faults.isEmpty()) {
      throw Refusal.badRequest(
          "The template parameters are invalid. Details: \n" + String.join("\n", faults));
    }
    if (Boolean.TRUE.equals(request.getValidateOnly())) {
      return new LaunchFlexTemplateResponse();
    }
    return new LaunchFlexTemplateResponse()
        .setJob(jobs.create(project, location, new Job().setName(launch.getJobName())));
  }

  private ContainerSpec containerSpec(LaunchFlexTemplateParameter launch) throws IOException {
    String path = launch.getContainerSpecGcsPath();
    if (path == null || !path.matches("gs://[^/]+/.+")) {
      throw Refusal.badRequest("container_spec_gcs_path is required and begins with gs://");
    }
    String bucket = path.substring(5, path.indexOf('/', 5));
    String json = buckets.text(bucket, path.substring(path.indexOf('/', 5) + 1));
    ContainerSpec spec;
    try {
      spec = GsonFactory.getDefaultInstance().fromString(json, ContainerSpec.class);
    } catch (IllegalArgumentException | IOException e) {
      throw Refusal.badRequest("Unable to parse template file " + path + ": " + e.getMessage());
    }
    List<String> unknown = UnknownFields.in(spec, json);
    if (!unknown.isEmpty()) {
      throw Refusal.badRequest(
          "Unable to parse template file %s: no field %s".formatted(path, unknown));
    }
    if (spec.getImage() == null || spec.getMetadata() == null) {
      throw Refusal.badRequest(path + ": image and metadata are required");
    }
    return spec;
  }

  private static List<String> faults(ContainerSpec spec, Map<String, String> given) {
    Map<String, ParameterMetadata> declared = new HashMap<>();
    spec.getMetadata().getParameters().forEach(one -> declared.put(one.getName(), one));
    List<String> faults = new ArrayList<>();
    declared.forEach(
        (name, parameter) -> {
          if (!given.containsKey(name) && !Boolean.TRUE.equals(parameter.getIsOptional())) {
            faults.add(name + ": Missing required parameter");
          }
        });
    given.forEach(
        (name, value) -> {
          ParameterMetadata parameter = declared.get(name);
          if (parameter == null) {
            faults.add(name + ": Unrecognized parameter");
          } else if (!matches(parameter, value)) {
            faults.add("%s: Parameter value %s does not match".formatted(name, value));
          }
        });
    return faults.stream().sorted().toList();
  }

  private static boolean matches(ParameterMetadata parameter, String value) {
    List<String> regexes = parameter.getRegexes() == null ? List.of() : parameter.getRegexes();
    return regexes.stream().allMatch(regex -> Pattern.matches(regex, value));
  }
}
