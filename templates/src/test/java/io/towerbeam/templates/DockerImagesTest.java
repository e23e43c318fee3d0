package io.towerbeam.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.dataflow.model.ContainerSpec;
import io.towerbeam.templates.testing.Script;
import io.towerbeam.templates.testing.Script.Ended;
import io.towerbeam.templates.testing.StrictModels;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The images, as far as they can be looked at without building them. */
class DockerImagesTest {
  private static final Path DOCKER = Path.of("docker").toAbsolutePath();

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "PYTORCH_VERSION, pytorch.version",
    "DJL_VERSION,     djl.version",
  })
  void theWorkersHaveTheVersionsOfTheBuild(String arg, String property) throws IOException {
    String worker = Files.readString(DOCKER.resolve("worker.Dockerfile"));
    assertThat(all("ARG " + arg + "=(.*)", worker))
        .isNotEmpty()
        .allMatch(version -> version.equals(property(property)));
  }

  @Test
  void theWorkersHaveTheBeamOfTheBuild() throws IOException {
    assertThat(DOCKER.resolve("worker.Dockerfile"))
        .content()
        .contains("ARG WORKER_BASE=apache/beam_java17_sdk:" + property("beam.version") + "\n");
  }

  @Test
  void theLauncherRunsTheMainThatThereIs() throws IOException {
    assertThat(DOCKER.resolve("launcher.Dockerfile"))
        .content()
        .contains("FLEX_TEMPLATE_JAVA_MAIN_CLASS=" + FlexTemplateMain.class.getName() + "\n")
        .contains("ENV " + FlexTemplateMain.WORKFLOW + "=${WORKFLOW}")
        .contains("-DexcludeArtifactIds=pytorch-native-cpu");
  }

  @Test
  void nativesAreLaidOutSoThatAMachineWithoutADriverCanLoadThem() throws Exception {
    String torch = "pytorch/cu124/linux-x86_64/";
    jar(
        "pytorch-native-cu124-2.5.1-linux-x86_64.jar",
        torch + "libtorch.so",
        torch + "libcaffe2_nvrtc.so",
        torch + "libcudart-8774224f.so.12",
        torch + "libnvrtc-6d168ef8.so.12",
        torch + "libnvrtc-builtins.so");
    jar(
        "pytorch-jni-2.5.1-0.33.0.jar",
        "jnilib/linux-x86_64/cpu/libdjl_torch.so",
        "jnilib/linux-x86_64/cu124/libdjl_torch.so");
    Ended ended = run(DOCKER.resolve("extract-natives").toString(), ".", "cu124", temp + "/out");
    assertThat(ended.output()).isEmpty();
    assertThat(ended.exitCode()).isZero();

    Path lib = temp.resolve("out/lib");
    assertThat(lib)
        .isDirectoryContaining("glob:**/libtorch.so")
        .isDirectoryNotContaining("glob:**/libcaffe2_nvrtc.so");
    assertThat(lib.resolve("libdjl_torch.so"))
        .content()
        .isEqualTo("jnilib/linux-x86_64/cu124/libdjl_torch.so");
    Path onDemand = temp.resolve("out/on-demand");
    assertThat(onDemand.resolve("libcaffe2_nvrtc.so")).exists();
    assertThat(onDemand.resolve("libcudart.so").toRealPath())
        .isEqualTo(lib.resolve("libcudart-8774224f.so.12").toRealPath());
    assertThat(onDemand.resolve("libnvrtc-6d168ef8.so.12").toRealPath())
        .isEqualTo(lib.resolve("libnvrtc-6d168ef8.so.12").toRealPath());
  }

  @Test
  void theBuildPushesImagesFirstAndThenTheTemplatesThatNameThem() throws Exception {
    String log = "echo \"$(basename \"$0\") $*\" >>\"$LOG\"\n";
    Script.write(temp.resolve("docker"), log);
    Script.write(temp.resolve("gcloud"), log + "cat >\"$(dirname \"$LOG\")/spec.json\"\n");
    Ended ended =
        run(DOCKER.resolve("build").toString(), "registry/towerbeam", "gs://bkt/t/", "train");
    assertThat(ended.output()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(temp.resolve("log"))
        .content()
        .isEqualTo(
            """
            docker build -f templates/docker/worker.Dockerfile -t registry/towerbeam/worker:v1 .
            docker push registry/towerbeam/worker:v1
            docker build -f templates/docker/launcher.Dockerfile --build-arg WORKFLOW=train -t registry/towerbeam/launcher-train:v1 .
            docker push registry/towerbeam/launcher-train:v1
            gcloud storage cp - gs://bkt/t/train.json
            """);
    ContainerSpec spec =
        StrictModels.parse(Files.readString(temp.resolve("spec.json")), ContainerSpec.class);
    assertThat(spec.getImage()).isEqualTo("registry/towerbeam/launcher-train:v1");
    assertThat(spec.getDefaultEnvironment().getSdkContainerImage())
        .isEqualTo("registry/towerbeam/worker:v1");
    assertThat(temp.resolve("spec.json")).content().doesNotContain("${");
  }

  @Test
  void theBuildKnowsItsWorkflows() throws Exception {
    Ended ended = run(DOCKER.resolve("build").toString(), "registry", "gs://bkt/t", "trian");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).startsWith("build: trian: no such workflow; there are embed, ");
  }

  private Ended run(String... words) throws IOException, InterruptedException {
    return Script.run(
        List.of(words), temp, temp, Map.of("LOG", temp.resolve("log").toString(), "TAG", "v1"));
  }

  /** A jar whose files hold their own names. */
  private void jar(String name, String... files) throws IOException {
    try (OutputStream out = Files.newOutputStream(temp.resolve(name));
        JarOutputStream jar = new JarOutputStream(out)) {
      for (String file : files) {
        jar.putNextEntry(new ZipEntry(file));
        jar.write(file.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String property(String name) {
    try {
      return all("<" + name + ">(.*)</", Files.readString(Path.of("../pom.xml"))).get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the group of a regular expression holds, each time it is found. */
  private static List<String> all(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(found -> found.group(1)).toList();
  }
}
