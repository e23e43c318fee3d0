package io.towerbeam.pipelines.workflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test classes the same {@link PublishedRunsFixture}, made when the first asks for it. */
final class PublishedRunsExtension implements ParameterResolver {
  /** The fixture until all tests are over. */
  private record Made(PublishedRunsFixture runs) implements AutoCloseable {
    static Made make() {
      try {
        return new Made(PublishedRunsFixture.make(Files.createTempDirectory("published-runs")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      List<Path> all;
      try (Stream<Path> files = Files.walk(runs.output())) {
        all = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : all) {
        Files.delete(file);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PublishedRunsFixture.class;
  }

  @Override
  public PublishedRunsFixture resolveParameter(
      ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(PublishedRunsExtension.class))
        .getOrComputeIfAbsent("runs", key -> Made.make(), Made.class)
        .runs();
  }
}
