package io.towerbeam.templates.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class ClusterJarsTest {
  @Test
  void aJobCarriesTowerbeamAndBeamButNeitherDjlNorFlink() throws IOException {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);

    JobDefaults.setForCluster(options);

    List<String> carried = options.getFilesToStage();
    assertThat(carried)
        .anyMatch(file -> file.contains("beam-runners-flink"))
        .anyMatch(file -> file.contains("transforms"));
    for (String file : carried) {
      assertThat(packagesIn(file))
          .as(file)
          .noneMatch(name -> name.startsWith("ai/djl/") || name.startsWith("com/sun/jna/"))
          .noneMatch(name -> name.startsWith("org/apache/flink/"));
    }
  }

  @Test
  void aClusterHasWhateverAJobLeavesBehind() throws IOException {
    List<String> cluster = new ArrayList<>();
    for (String list : List.of("cluster-flink.txt", "cluster-djl.txt")) {
      String paths = Files.readString(Path.of("target", list)).strip();
      cluster.addAll(Arrays.asList(paths.split(File.pathSeparator)));
    }
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    JobDefaults.setForCluster(options);

    assertThat(cluster).allSatisfy(jar -> assertThat(Path.of(jar)).exists());
    assertThat(cluster)
        .filteredOn(ClusterJars::isOne)
        .anyMatch(jar -> jar.contains("pytorch-native-cpu"))
        .anyMatch(jar -> jar.contains("flink-runtime"))
        .doesNotContainAnyElementsOf(options.getFilesToStage());
  }

  private static List<String> packagesIn(String file) throws IOException {
    if (!file.endsWith(".jar")) {
      return List.of();
    }
    try (ZipFile jar = new ZipFile(file)) {
      try (Stream<String> names = jar.stream().map(entry -> entry.getName())) {
        return names.filter(name -> name.endsWith(".class")).toList();
      }
    }
  }
}
