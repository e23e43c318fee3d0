package io.towerbeam.transforms.write;

import io.towerbeam.schemas.Champion;
import io.towerbeam.transforms.files.AvroJson;
import io.towerbeam.transforms.files.AvroJsonReader;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The champions of an output folder, {@code champions/000001.json} and so on: each is written once
 * and never changed, and the highest number serves.
 *
 * @param folder the folder of the numbered records
 */
public record Champions(Folder folder) implements Serializable {
  private static final Pattern NAME = Pattern.compile("[0-9]{6,9}\\.json");

  /** A record and its place in the line. */
  public record Numbered(int number, Champion champion) {
    /** The number as its file has it. */
    public String label() {
      return "%06d".formatted(number);
    }
  }

  /** Those of the folder that holds all runs. */
  public static Champions in(Folder output) {
    return new Champions(output.folder("champions"));
  }

  /**
   * The champion; empty if there never was one.
   *
   * @throws IOException if its record cannot be read
   */
  public Optional<Numbered> latest() throws IOException {
    List<Integer> numbers = numbers();
    return numbers.isEmpty() ? Optional.empty() : Optional.of(read(numbers.get(0)));
  }

  /**
   * The record that a run was given, whether or not it still is the champion.
   *
   * @throws IOException if a record cannot be read
   */
  public Optional<Numbered> ofRun(String runId) throws IOException {
    for (int number : numbers()) {
      Numbered numbered = read(number);
      if (numbered.champion().getRunId().equals(runId)) {
        return Optional.of(numbered);
      }
    }
    return Optional.empty();
  }

  /**
   * Gives the champion the next free number. A run that has one keeps it, so that a repeated
   * attempt does no harm.
   *
   * <p>Of two at once each gets a number of its own, as far as {@link Folder#create} can tell them
   * apart.
   */
  public Numbered promote(Champion champion) throws IOException {
    while (true) {
      // looked up before the run's record: whatever another attempt adds after it has the number
      // that is asked for below
      int highest = numbers().stream().findFirst().orElse(0);
      Optional<Numbered> before = ofRun(champion.getRunId());
      if (before.isPresent()) {
        return before.get();
      }
      Numbered numbered = new Numbered(highest + 1, champion);
      byte[] record = AvroJson.bytes(champion);
      if (folder.create(numbered.label() + ".json", out -> out.write(record))) {
        return numbered;
      }
    }
  }

  private Numbered read(int number) throws IOException {
    try (InputStream in = folder.open("%06d.json".formatted(number))) {
      return new Numbered(number, AvroJsonReader.read(in, Champion.class));
    }
  }

  /** All numbers, the highest first. */
  private List<Integer> numbers() throws IOException {
    return folder.list("*.json").stream()
        .filter(name -> NAME.matcher(name).matches())
        .map(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
