package io.towerbeam.transforms.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.models.training.DamagedFileException;
import io.towerbeam.ml.models.training.TensorFile;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.Tensor;
import io.towerbeam.schemas.Trial;
import io.towerbeam.transforms.testing.ForgedAvro;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that declare more than they hold are refused before anything is allocated for it. */
@Timeout(60)
class ForgedLengthsTest {
  /** Everything that is read back from files. */
  static Stream<Class<? extends SpecificRecord>> records() {
    return Stream.of(
        Tensor.class,
        FeatureSpec.class,
        ItemFeatures.class,
        Item.class,
        IndexEntry.class,
        InteractionBlock.class,
        Embedding.class,
        Recommendation.class,
        EvaluationResult.class,
        EpochReport.class,
        Trial.class,
        RejectedRecord.class,
        DataStatistics.class);
  }

  @ParameterizedTest
  @MethodSource("records")
  void noLengthIsBelieved(Class<? extends SpecificRecord> type) throws IOException {
    List<byte[]> forged = ForgedAvro.of(SpecificData.get().getSchema(type));
    assertThat(forged).isNotEmpty();
    for (byte[] file : forged) {
      assertThatThrownBy(() -> read(file, type)).isInstanceOf(IOException.class);
    }
    assertThat(read(ForgedAvro.honest(SpecificData.get().getSchema(type)), type)).isEqualTo(1);
  }

  @Test
  void norIsOneOfAModelsArrays() throws IOException {
    for (byte[] file : ForgedAvro.of(Tensor.getClassSchema())) {
      assertThatThrownBy(() -> TensorFile.readFrom(new ByteArrayInputStream(file)))
          .isInstanceOf(DamagedFileException.class);
    }
  }

  @Test
  void listsOfNothingAreNotGoneOverForEver() throws IOException {
    Schema nothings = SchemaBuilder.array().items().nullType();
    Schema many = SchemaBuilder.array().items(nothings);
    byte[] file = ForgedAvro.listsOfNothing(IndexEntry.getClassSchema(), many);
    assertThatThrownBy(() -> read(file, IndexEntry.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("entries in");
  }

  private static <T extends SpecificRecord> int read(byte[] file, Class<T> type)
      throws IOException {
    int[] count = new int[1];
    AvroFiles.read(new ByteArrayInputStream(file), type, record -> count[0]++);
    return count[0];
  }
}
