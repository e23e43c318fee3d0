package io.towerbeam.ml.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TitleTokenizerTest {
  @Test
  void aTitleBecomesItsLowerCaseWords() {
    assertThat(TitleTokenizer.tokens("Toy Story (1995)")).containsExactly("toy", "story");
  }

  @Test
  void everythingInBracketsIsRemoved() {
    assertThat(TitleTokenizer.tokens("City of Lost Children, The (Cité des enfants) (1995)"))
        .containsExactly("city", "lost", "children");
  }

  @Test
  void bracketsLeaveNoGapBehind() {
    assertThat(TitleTokenizer.tokens("Super(b)man")).containsExactly("superman");
  }

  @Test
  void aBracketThatNeverClosesStays() {
    assertThat(TitleTokenizer.tokens("Alien (1979")).containsExactly("alien", "1979");
  }

  @Test
  void wordsOfOneCharacterDoNotCount() {
    assertThat(TitleTokenizer.tokens("E.T. M X-Files 8 1/2 10")).containsExactly("files", "10");
  }

  @Test
  void repeatsStay() {
    assertThat(TitleTokenizer.tokens("Corrina, Corrina")).containsExactly("corrina", "corrina");
  }

  @Test
  void lettersOfAnyScriptAndUnderscoresMakeWords() {
    assertThat(TitleTokenizer.tokens("Misérables, Солярис, 七人の侍, snake_case"))
        .containsExactly("misérables", "солярис", "七人の侍", "snake_case");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "(1995)", "The", "!?", "M"})
  void aTitleWithoutContentHasNoTokens(String title) {
    assertThat(TitleTokenizer.tokens(title)).isEmpty();
  }

  @Property
  void tokensAreTheirOwnTokens(@ForAll String title) {
    List<String> tokens = TitleTokenizer.tokens(title);
    assertThat(TitleTokenizer.tokens(String.join(" ", tokens))).isEqualTo(tokens);
  }
}
