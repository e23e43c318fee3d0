package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputLayoutTest {
  @TempDir Path folder;

  @Test
  void aFolderWithoutKnownFilesIsNoMovieLens() throws IOException {
    write("ratings.csv", "userId,movieId,rating,timestamp\n");

    assertThat(MovieLensFolder.detect(folder.toString())).isEmpty();
    assertThat(MovieLensFolder.detect(folder.resolve("absent").toString())).isEmpty();
  }

  @Test
  void datFilesAreLatin1UntilTagsSayTenMillion() throws IOException {
    write("ratings.dat", "1::1193::5::978300760\n");
    write("movies.dat", "1193::One Flew (1975)::Drama\n");

    assertThat(detected().interactionFormat().text().encoding()).isEqualTo(TextEncoding.ISO_8859_1);
    assertThat(parse(detected()).rows()).containsExactly("1|1193|5.0|978300760");
    assertThat(items(detected())).extracting(Item::getReleaseYear).containsExactly(1975);

    write("tags.dat", "");
    assertThat(detected().itemFormat().text().encoding()).isEqualTo(TextEncoding.UTF_8);
  }

  @Test
  void csvFilesAreReadByTheirHeader() throws IOException {
    write("ratings.csv", "userId,movieId,rating,timestamp\n1,296,3.5,1147880044\n");
    write("movies.csv", "movieId,title,genres\n296,\"Amélie, or (2001)\",Comedy|Drama\n");

    assertThat(parse(detected()).rows()).containsExactly("1|296|3.5|1147880044");
    assertThat(items(detected())).extracting(Item::getTitle).containsExactly("Amélie, or (2001)");
  }

  @Test
  void hundredThousandHasFlagsForGenres() throws IOException {
    write("u.data", "196\t242\t3\t881250949\n");
    write(
        "u.item",
        "242|Kolya (1996)|24-Jan-1997||http://imdb|0|0|0|0|0|1|0|0|0|0|0|0|0|0|1|0|0|0|0\n");

    assertThat(parse(detected()).rows()).containsExactly("196|242|3.0|881250949");
    Item kolya = items(detected()).get(0);
    assertThat(kolya.getCategories()).containsExactly("Comedy", "Romance");
    assertThat(kolya.getAttributes())
        .containsOnlyKeys("releaseDate", "videoReleaseDate", "imdbUrl")
        .containsEntry("releaseDate", "24-Jan-1997");
  }

  @Test
  void theCheckOfSoundInputsSaysNothing() throws IOException {
    write("ratings.csv", "userId,movieId,rating,timestamp\n");
    write("movies.csv", "movieId,title,genres\n");

    assertThatCode(() -> detected().check()).doesNotThrowAnyException();
  }

  @Test
  void aMissingFileIsNamed() {
    String pattern = folder.resolve("none-*.csv").toString();

    assertThatThrownBy(() -> InputLayout.checkInteractions(pattern, ParsedLog.CSV))
        .isInstanceOf(InputException.class)
        .hasMessage(pattern + ": no such file");
  }

  @Test
  void aMissingColumnIsNamedBesideThoseThatAreThere() throws IOException {
    String file = write("log.csv", "user, movieId,rating,timestamp\n");

    assertThatThrownBy(() -> InputLayout.checkInteractions(file, ParsedLog.CSV))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file + ": no column \"userId\"; the columns are: user, movieId, rating, timestamp");
  }

  @Test
  void aColumnThatIsThereTwiceIsRefused() throws IOException {
    String file = write("items.csv", "id,title,id\n");
    ItemFormat format = ItemFormat.of(DelimitedText.withHeader(","), "id", "title", "");

    assertThatThrownBy(() -> InputLayout.checkItems(file, format))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than one column \"id\"");
  }

  @Test
  void anEmptyFileHasNoHeader() throws IOException {
    String file = write("log.csv", "");

    assertThatThrownBy(() -> InputLayout.checkInteractions(file, ParsedLog.CSV))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": is empty, but its first line should name the columns");
  }

  @Test
  void aHeaderThatIsNoTextIsRefusedInOneLine() throws IOException {
    Path file = folder.resolve("log.csv");
    Files.write(file, "us\u00ebr,item\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> InputLayout.checkInteractions(file.toString(), ParsedLog.CSV))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": the first line should name the columns");
  }

  @Test
  void theSeparatorFollowsTheSuffix() {
    assertThat(DelimitedText.separatorOf("gs://b/log-*.csv")).isEqualTo(",");
    assertThat(DelimitedText.separatorOf("log.TSV.gz")).isEqualTo("\t");
    assertThatThrownBy(() -> DelimitedText.separatorOf("log.txt"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("log.txt");
  }

  @Test
  void formatsThatCannotWorkAreRefusedAtOnce() {
    assertThatThrownBy(() -> DelimitedText.withHeader("::"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DelimitedText.withHeader("\""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ParsedLog.CSV.withRatingRange(5, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> ItemFormat.of(DelimitedText.withHeader(","), "a", "b", "").withSeparatorInTitle())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private InputLayout detected() {
    return MovieLensFolder.detect(folder.toString()).orElseThrow();
  }

  private static ParsedLog parse(InputLayout layout) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(layout.interactions()));
    return ParsedLog.of(file, layout.interactionFormat(), Long.MAX_VALUE);
  }

  private static List<Item> items(InputLayout layout) throws IOException {
    return Catalogue.read(layout.items(), layout.itemFormat()).items();
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
