package io.towerbeam.ml.models.contextual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.data.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewItemsTest {
  private static final int ITEMS = 400;
  private static final int K = ContextBucket.COUNT;

  /** Items of one category or the other, or of both, in turn; a column of something else. */
  private static final FloatMatrix CONTENT = content();

  private static FloatMatrix content() {
    float[] content = new float[ITEMS * 3];
    for (int item = 0; item < ITEMS; item++) {
      content[item * 3] = item % 3 == 1 ? 0 : .6f;
      content[item * 3 + 1] = item % 3 == 0 ? 0 : .8f;
      content[item * 3 + 2] = item % 7 - 3;
    }
    return new FloatMatrix(ITEMS, 3, content);
  }

  /** 10 of the first category alone, 20 of the second, 90 of both. */
  private static final long[] COUNTS =
      IntStream.range(0, ITEMS).mapToLong(item -> new long[] {10, 20, 90}[item % 3]).toArray();

  private static NewItems fit(int categories) {
    float[] items = new float[ITEMS * (2 + K)];
    float[] histories = new float[ITEMS * 2];
    for (int item = 0; item < ITEMS; item++) {
      float[] c = CONTENT.row(item);
      items[item * (2 + K)] = 1 + c[2];
      items[item * (2 + K) + 1] = -c[2];
      histories[item * 2] = c[0];
      for (int k = 0; k < K; k++) {
        items[item * (2 + K) + 2 + k] = (float) Math.log(COUNTS[item]) - k;
      }
    }
    return NewItems.fit(
        CONTENT,
        categories,
        new FloatMatrix(ITEMS, 2 + K, items),
        new FloatMatrix(ITEMS, 2, histories),
        COUNTS);
  }

  @Test
  void vectorsThatContentDeterminesAreFound() {
    FloatMatrix vectors =
        new FloatMatrix(4, 2, new float[] {1, 2, /**/ 3, 2, /**/ 1, 7, /**/ 3, 7});
    FloatMatrix content = new FloatMatrix(4, 2, new float[] {0, 0, 1, 0, 0, 1, 1, 1});
    RidgeRegression exact = RidgeRegression.fit(content, vectors, 1e-9);
    FloatMatrix asked = new FloatMatrix(2, 2, new float[] {1, 1, 2, -1});
    assertThat(exact.of(asked).values()).containsExactly(new float[] {3, 7, 5, -3}, within(1e-5f));
  }

  @Test
  void aStrongRidgeLeavesTheirMean() {
    FloatMatrix vectors = new FloatMatrix(2, 1, new float[] {1, 3});
    FloatMatrix content = new FloatMatrix(2, 1, new float[] {0, 1});
    // centred: Σcy = 1, Σcc = 1/2; so that the slope is 1 / (1/2 + λ)
    assertThat(RidgeRegression.fit(content, vectors, 1.5).of(content).values())
        .containsExactly(new float[] {1.75f, 2.25f}, within(1e-6f));
  }

  @Test
  void expectedCountsAreThoseOfTheTermsIncludingTheirPair() {
    CategoryTerms terms = CategoryTerms.of(CONTENT, 2);
    assertThat(terms.columns().rows()).isEqualTo(3);
    List<int[]> ofItems = terms.termsOfAll(CONTENT);
    PoissonRegression regression = PoissonRegression.fit(ofItems, 3, COUNTS, 1e-6);
    for (int item = 0; item < 3; item++) {
      assertThat(Math.exp(regression.logCount(ofItems.get(item))))
          .isCloseTo(COUNTS[item], within(.01));
    }
  }

  @Test
  void fittedCountsAddUpToThoseGiven() {
    List<int[]> terms = CategoryTerms.of(CONTENT, 2).termsOfAll(CONTENT);
    PoissonRegression regression = PoissonRegression.fit(terms, 3, COUNTS, 50);
    double sum = terms.stream().mapToDouble(own -> Math.exp(regression.logCount(own))).sum();
    assertThat(sum).isCloseTo(Arrays.stream(COUNTS).sum(), within(.1));
  }

  @Test
  void theCommonestTermsAreKept() {
    // 40 categories that all items have: 820 terms; category 39 on half of them
    float[] content = new float[2 * 40];
    Arrays.fill(content, 1);
    content[79] = 0;
    CategoryTerms terms = CategoryTerms.of(new FloatMatrix(2, 40, content), 40);
    assertThat(terms.size()).isEqualTo(512);
    assertThat(terms.columns().values()).doesNotContain(39);
  }

  @Test
  void newItemsWeighWhatThoseOfTheirContentDoInEachContext() {
    FloatMatrix given = fit(2).items(CONTENT);
    for (int k = 0; k < K; k++) {
      double sum = 0;
      for (int item = 0; item < ITEMS; item++) {
        sum += Math.exp(given.row(item)[2 + k]);
      }
      assertThat(sum).isCloseTo(Math.exp(-k) * Arrays.stream(COUNTS).sum(), within(1.0));
    }
    assertThat(given.row(1)[2]).isGreaterThan(given.row(0)[2]);
    assertThat(given.row(2)[2]).isGreaterThan(given.row(1)[2]);
  }

  @Test
  void tasteCarriesOverByAllOfTheContent() {
    FloatMatrix asked = new FloatMatrix(2, 3, new float[] {.6f, 0, 3, .6f, 0, -3});
    FloatMatrix given = fit(2).items(asked);
    assertThat(given.row(0)[0]).isGreaterThan(given.row(1)[0] + 2);
    assertThat(given.row(0)[1]).isLessThan(given.row(1)[1] - 2);
    FloatMatrix inHistories = fit(2).historyVectors(CONTENT);
    assertThat(inHistories.row(0)[0]).isGreaterThan(inHistories.row(1)[0]);
  }

  @Test
  void withoutCategoriesAllHaveTheSameBiases() {
    FloatMatrix given = fit(0).items(CONTENT);
    assertThat(given.row(2)[2]).isEqualTo(given.row(0)[2]);
    assertThat(given.row(2)[0]).isNotEqualTo(given.row(0)[0]);
  }

  @Test
  void noneGiveNone() {
    FloatMatrix none = new FloatMatrix(0, 0, new float[0]);
    assertThat(fit(2).items(none).rows()).isZero();
    assertThat(fit(2).historyVectors(none).rows()).isZero();
  }

  @Test
  void whatIsSavedGivesTheSame() {
    NewItems fitted = fit(2);
    NewItems loaded = NewItems.of(fitted.arrays());
    assertThat(loaded.items(CONTENT).values()).isEqualTo(fitted.items(CONTENT).values());
    assertThat(loaded.historyVectors(CONTENT).values())
        .isEqualTo(fitted.historyVectors(CONTENT).values());
  }
}
