package io.towerbeam.templates.dataflow;

import io.towerbeam.templates.cloud.FakeBuckets;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.model.pipeline.v1.RunnerApi.DockerPayload;
import org.apache.beam.model.pipeline.v1.RunnerApi.Environment;
import org.apache.beam.model.pipeline.v1.RunnerApi.LabelledPayload;
import org.apache.beam.model.pipeline.v1.RunnerApi.PTransform;
import org.apache.beam.model.pipeline.v1.RunnerApi.ParDoPayload;
import org.apache.beam.vendor.grpc.v1p69p0.com.google.protobuf.ByteString;
import org.apache.beam.vendor.grpc.v1p69p0.com.google.protobuf.InvalidProtocolBufferException;

/** The pipeline that Dataflow's workers read: the portable proto in the staging folder. */
record StagedPipeline(RunnerApi.Pipeline proto) {
  private static final String GROUP_BY_KEY = "beam:transform:group_by_key:v1";
  private static final String PAR_DO = "beam:transform:pardo:v1";

  static StagedPipeline at(FakeBuckets buckets, String url) throws IOException {
    String[] parts = url.replaceFirst("gs://", "").split("/", 2);
    return new StagedPipeline(RunnerApi.Pipeline.parseFrom(buckets.bytes(parts[0], parts[1])));
  }

  Collection<PTransform> transforms() {
    return proto.getComponents().getTransformsMap().values();
  }

  Collection<Environment> environments() {
    return proto.getComponents().getEnvironmentsMap().values();
  }

  /** The steps without parts that run where {@code hint} holds. */
  List<PTransform> stepsWith(String hint) {
    return transforms().stream()
        .filter(transform -> transform.getSubtransformsCount() == 0)
        .filter(transform -> hints(transform).containsKey(hint))
        .toList();
  }

  Map<String, ByteString> hints(PTransform transform) {
    return proto
        .getComponents()
        .getEnvironmentsOrDefault(transform.getEnvironmentId(), Environment.getDefaultInstance())
        .getResourceHintsMap();
  }

  static String image(Environment environment) throws InvalidProtocolBufferException {
    return DockerPayload.parseFrom(environment.getPayload()).getContainerImage();
  }

  /** The steps between a step and the shuffles before it; its side inputs do not count. */
  Set<String> beforeWithoutShuffle(PTransform step) throws InvalidProtocolBufferException {
    return reached(step, true);
  }

  /** The steps between a step and the shuffles after it. */
  Set<String> afterWithoutShuffle(PTransform step) throws InvalidProtocolBufferException {
    return reached(step, false);
  }

  /** The keys of what a transform shows of itself. */
  static Set<String> displayedKeys(PTransform transform) throws InvalidProtocolBufferException {
    return displayed(transform).keySet();
  }

  /** What a transform shows of itself as text, by key. */
  static Map<String, String> displayed(PTransform transform) throws InvalidProtocolBufferException {
    Map<String, String> shown = new TreeMap<>();
    for (RunnerApi.DisplayData data : transform.getDisplayDataList()) {
      LabelledPayload payload = LabelledPayload.parseFrom(data.getPayload());
      shown.put(payload.getKey(), payload.getStringValue());
    }
    return shown;
  }

  private Set<String> reached(PTransform step, boolean isBefore)
      throws InvalidProtocolBufferException {
    Set<String> names = new TreeSet<>();
    Set<PTransform> seen = new HashSet<>(Set.of(step));
    Deque<PTransform> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      PTransform at = open.pop();
      for (PTransform next : isBefore ? producers(at) : consumers(at)) {
        if (!next.getSpec().getUrn().equals(GROUP_BY_KEY) && seen.add(next)) {
          names.add(next.getUniqueName());
          open.push(next);
        }
      }
    }
    return names;
  }

  private List<PTransform> producers(PTransform step) throws InvalidProtocolBufferException {
    Set<String> inputs = mainInputs(step);
    return transforms().stream()
        .filter(transform -> transform.getSubtransformsCount() == 0)
        .filter(transform -> transform.getOutputsMap().values().stream().anyMatch(inputs::contains))
        .toList();
  }

  private List<PTransform> consumers(PTransform step) throws InvalidProtocolBufferException {
    Set<String> outputs = Set.copyOf(step.getOutputsMap().values());
    List<PTransform> consumers = new ArrayList<>();
    for (PTransform transform : transforms()) {
      if (transform.getSubtransformsCount() == 0
          && mainInputs(transform).stream().anyMatch(outputs::contains)) {
        consumers.add(transform);
      }
    }
    return consumers;
  }

  private static Set<String> mainInputs(PTransform step) throws InvalidProtocolBufferException {
    Set<String> sides =
        step.getSpec().getUrn().equals(PAR_DO)
            ? ParDoPayload.parseFrom(step.getSpec().getPayload()).getSideInputsMap().keySet()
            : Set.of();
    return step.getInputsMap().entrySet().stream()
        .filter(input -> !sides.contains(input.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }
}
