package io.towerbeam.ml.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.algebra.SparseVector;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TfIdfTest {
  private static final List<List<String>> DOCUMENTS =
      List.of(List.of("toy", "story"), List.of("toy", "toy", "soldiers"), List.of("heat"));

  @Test
  void termsAreSorted() {
    assertThat(TfIdf.fit(DOCUMENTS, 10).terms())
        .containsExactly("heat", "soldiers", "story", "toy");
  }

  @Test
  void idfIsSmooth() {
    double[] idf = TfIdf.fit(DOCUMENTS, 10).idf();
    // 3 documents: ln(4 / 2) + 1 for a term in one of them, ln(4 / 3) + 1 for "toy", in two
    assertThat(idf[0]).isCloseTo(1.6931471805599454, within(1e-15));
    assertThat(idf[3]).isCloseTo(1.2876820724517808, within(1e-15));
  }

  @Test
  void aRowIsCountTimesIdfScaledToLengthOne() {
    SparseVector row = TfIdf.fit(DOCUMENTS, 10).weigh(List.of("toy", "soldiers", "toy"));
    // 2 · 1.287682 = 2.575364 and 1.693147; their length is 3.082085
    assertThat(row.indexes()).containsExactly(1, 3);
    assertThat(row.values()).containsExactly(new double[] {.549351, .835592}, within(1e-6));
  }

  @Test
  void theMostFrequentTermsAreKeptAndTiesGoByTheAlphabet() {
    assertThat(TfIdf.fit(DOCUMENTS, 3).terms()).containsExactly("heat", "soldiers", "toy");
    assertThat(TfIdf.fit(DOCUMENTS, 1).terms()).containsExactly("toy");
  }

  @Test
  void frequencyIsOfOccurrencesNotOfDocuments() {
    List<List<String>> documents =
        List.of(List.of("bye", "bye", "bye"), List.of("alien"), List.of("alien"));
    assertThat(TfIdf.fit(documents, 1).terms()).containsExactly("bye");
  }

  @Test
  void unknownTermsDoNotCount() {
    TfIdf tfIdf = TfIdf.fit(DOCUMENTS, 10);
    assertThat(tfIdf.weigh(List.of("heat", "wave")).values()).containsExactly(1);
    assertThat(tfIdf.weigh(List.of("wave")).size()).isZero();
  }

  @Test
  void noDocumentsMakeAnEmptyVocabulary() {
    TfIdf tfIdf = TfIdf.fit(List.of(), 10);
    assertThat(tfIdf.terms()).isEmpty();
    assertThat(tfIdf.weigh(List.of("toy")).size()).isZero();
  }

  @Test
  void savedWeightsMustFitTheirTerms() {
    assertThatThrownBy(() -> TfIdf.of(List.of("toy", "story"), new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 terms do not fit 1 idf values");
  }

  @Property
  void everyRowHasLengthOneOrZero(
      @ForAll("corpora") List<List<String>> fitted, @ForAll("corpora") List<List<String>> others) {
    TfIdf tfIdf = TfIdf.fit(fitted, 4);
    for (List<String> document : others) {
      double squares = Arrays.stream(tfIdf.weigh(document).values()).map(v -> v * v).sum();
      boolean known = document.stream().anyMatch(tfIdf.terms()::contains);
      assertThat(squares).isCloseTo(known ? 1 : 0, within(1e-12));
    }
  }

  @Provide
  Arbitrary<List<List<String>>> corpora() {
    return Arbitraries.of("ab", "cd", "ef", "gh", "ij", "kl")
        .list()
        .ofMaxSize(5)
        .list()
        .ofMaxSize(8);
  }
}
