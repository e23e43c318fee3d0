package io.towerbeam.ml.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnglishStopWordsTest {
  @Test
  void thereAre318() {
    assertThat(EnglishStopWords.size()).isEqualTo(318);
  }

  @Test
  void functionWordsAreOnTheList() {
    assertThat(new String[] {"the", "of", "a", "yourselves"}).allMatch(EnglishStopWords::contains);
  }

  @Test
  void wordsOfContentAreNot() {
    assertThat(new String[] {"toy", "man", "love", ""}).noneMatch(EnglishStopWords::contains);
  }
}
