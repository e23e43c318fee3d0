package io.towerbeam.templates.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.pipelines.options.InteractionTableOptions.TableRead;
import io.towerbeam.transforms.read.InteractionTableFormat;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.ValueProvider;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.junit.jupiter.api.Test;

/** What a direct read asks the Storage Read API for, which cannot be had here. */
class ReadTableTest {
  private static final TableName TABLE = TableName.parse("our.com:project:shop.events");
  private static final InteractionTableFormat FORMAT =
      new InteractionTableFormat(
          TABLE.toString(), "who", "sku", "at", "stars", TimeUnit.MICROSECONDS);

  @Test
  void aNameHasThreeParts() {
    assertThat(TABLE).isEqualTo(new TableName("our.com:project", "shop", "events"));
    assertThat(TABLE).hasToString("our.com:project:shop.events");
  }

  @Test
  void columnsAndFilterAreAskedFor() throws ReflectiveOperationException {
    BoundedSource<?> source = source(ReadTable.of(TABLE, FORMAT, TableRead.DIRECT, "stars >= 2"));
    assertThat(asked(source, "selectedFieldsProvider"))
        .isEqualTo(List.of("who", "sku", "at", "stars"));
    assertThat(asked(source, "rowRestrictionProvider")).isEqualTo("stars >= 2");
  }

  @Test
  void aColumnIsAskedForOnce() throws ReflectiveOperationException {
    InteractionTableFormat twice =
        new InteractionTableFormat(TABLE.toString(), "who", "who", "at", "", TimeUnit.SECONDS);
    BoundedSource<?> source = source(ReadTable.of(TABLE, twice, TableRead.DIRECT, null));
    assertThat(asked(source, "selectedFieldsProvider")).isEqualTo(List.of("who", "at"));
    assertThat(asked(source, "rowRestrictionProvider")).isNull();
  }

  @Test
  void anExportHasNoFilter() {
    assertThatThrownBy(() -> ReadTable.of(TABLE, FORMAT, TableRead.EXPORT, "stars >= 2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("filter stars >= 2: an export is of all rows");
  }

  private static BoundedSource<?> source(ReadTable read) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply("ReadTable", read);
    AtomicReference<BoundedSource<?>> source = new AtomicReference<>();
    pipeline.traverseTopologically(
        new PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof Read.Bounded<?> bounded) {
              source.set(bounded.getSource());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    return source.get();
  }

  /** What is in a field that Beam shows to nobody. */
  private static Object asked(BoundedSource<?> source, String field)
      throws ReflectiveOperationException {
    Field declared = source.getClass().getSuperclass().getDeclaredField(field);
    declared.setAccessible(true);
    ValueProvider<?> provider = (ValueProvider<?>) declared.get(source);
    return provider == null ? null : provider.get();
  }
}
