package io.towerbeam.transforms.write;

import io.towerbeam.schemas.Champion;
import io.towerbeam.transforms.files.AvroJson;
import io.towerbeam.transforms.files.AvroJsonReader;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The champions of an output folder, {@code champions/000001.json} and so on: each is written once
 * and never changed. A record is written before the run that it names is finished, so that {@code
 * _SUCCESS} publishes both at once: the highest number whose run is finished serves.
 *
 * @param output the folder that holds all runs
 */
public record Champions(Folder output) implements Serializable {
  private static final Pattern NAME = Pattern.compile("[0-9]{6,9}\\.json");

  /** A record and its place in the line. */
  public record Numbered(int number, Champion champion) implements Serializable {
    /** The number as its file has it. */
    public String label() {
      return label(number);
    }

    static String label(int number) {
      return "%06d".formatted(number);
    }
  }

  /** Those of the folder that holds all runs. */
  public static Champions in(Folder output) {
    return new Champions(output);
  }

  /** The folder of the numbered records. */
  public Folder folder() {
    return output.folder("champions");
  }

  /**
   * The champion that serves: the highest number, but for those of runs that are begun and not
   * finished. Empty if there is none.
   *
   * @throws IOException if a record cannot be read
   */
  public Optional<Numbered> serving() throws IOException {
    for (int number : numbers()) {
      Numbered numbered = read(number);
      if (!isBegun(numbered.champion())) {
        return Optional.of(numbered);
      }
    }
    return Optional.empty();
  }

  /**
   * The record that a challenger has to be compared with: the highest number, whether its run is
   * finished or not, but for the challenger's own.
   *
   * @param runId the challenger's run
   * @throws IOException if a record cannot be read
   */
  public Optional<Numbered> before(String runId) throws IOException {
    Optional<Numbered> highest = highest();
    if (highest.isEmpty() || !highest.get().champion().getRunId().equals(runId)) {
      return highest;
    }
    Integer compared = highest.get().champion().getComparedWith();
    return compared == null ? Optional.empty() : Optional.of(read(compared));
  }

  /**
   * The last record that a run was given, whether or not it still is the champion.
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
   * Gives a champion the number after the one that it was compared with, or 1. A run that has that
   * number keeps it, so that a repeated attempt does no harm. Of two at once exactly one gets it,
   * as far as {@link Folder#create} can tell them apart.
   *
   * @param champion names in {@code comparedWith} the highest number when it was compared
   * @throws ChampionChangedException if another one has been given that number
   */
  public Numbered promote(Champion champion) throws IOException {
    Integer compared = champion.getComparedWith();
    Numbered next = new Numbered(compared == null ? 1 : compared + 1, champion);
    if (!create(next)) {
      Numbered there = read(next.number());
      if (!isSame(there.champion(), champion)) {
        throw new ChampionChangedException(there);
      }
      return there;
    }
    return next;
  }

  /**
   * Gives a champion that is compared with nobody the next free number, whatever the others are. If
   * the highest is its own, it keeps that.
   */
  public Numbered append(Champion champion) throws IOException {
    while (true) {
      Optional<Numbered> highest = highest();
      if (highest.isPresent() && isSame(highest.get().champion(), champion)) {
        return highest.get();
      }
      Numbered next = new Numbered(highest.map(Numbered::number).orElse(0) + 1, champion);
      if (create(next)) {
        return next;
      }
    }
  }

  private boolean create(Numbered numbered) throws IOException {
    byte[] record = AvroJson.bytes(numbered.champion());
    return folder().create(numbered.label() + ".json", out -> out.write(record));
  }

  private static boolean isSame(Champion one, Champion other) {
    return one.getRunId().equals(other.getRunId())
        && one.getModel().equals(other.getModel())
        && Objects.equals(one.getRestores(), other.getRestores());
  }

  /**
   * The record of that number.
   *
   * @throws java.io.FileNotFoundException if there is none
   */
  public Numbered read(int number) throws IOException {
    String name = Numbered.label(number) + ".json";
    return new Numbered(number, AvroJsonReader.read(folder(), name, Champion.class));
  }

  /** The record of the highest number, finished or not. */
  public Optional<Numbered> highest() throws IOException {
    List<Integer> numbers = numbers();
    return numbers.isEmpty() ? Optional.empty() : Optional.of(read(numbers.get(0)));
  }

  /** Whether a champion's run is there and published. */
  public boolean isFinished(Champion champion) throws IOException {
    return runOf(champion).root().exists("_SUCCESS");
  }

  private boolean isBegun(Champion champion) throws IOException {
    return !isFinished(champion) && runOf(champion).root().exists("claim.json");
  }

  /** Where a champion's run lies. */
  public RunFiles runOf(Champion champion) {
    return new RunFiles(output.folder(champion.getRunDirectory()));
  }

  /** All numbers, the highest first. */
  public List<Integer> numbers() throws IOException {
    return folder().list("*.json").stream()
        .filter(name -> NAME.matcher(name).matches())
        .map(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
