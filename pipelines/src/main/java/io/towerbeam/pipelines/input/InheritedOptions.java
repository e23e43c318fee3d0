package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.InteractionOptions;
import io.towerbeam.pipelines.options.OptionParser;
import io.towerbeam.pipelines.options.OptionSpec;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.PrepareOptions;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.options.SplitOptions;
import io.towerbeam.pipelines.options.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The options of a prepared run that hold for whoever reads it: how rows were taken, which cannot
 * be changed any more, and how they were split, unless it is to be done anew.
 *
 * @param input the run
 * @param prepared the options that it was prepared with
 */
record InheritedOptions(PreparedInput input, PrepareOptions prepared) {
  /** How rows were taken. */
  private static final Set<String> FIXED =
      Set.of("minRating", "unknownItems", "maxRejectedFraction");

  /** These take each other's place: who gives one of them wants none of the others. */
  private static final Set<String> SPLIT_POINT = Set.of("splitQuantile", "splitTime", "holdout");

  private static final String SHARDS = "shards";

  static InheritedOptions of(PreparedInput input) {
    List<String> args = new ArrayList<>();
    for (Map.Entry<String, String> option : input.manifest().getOptions().entrySet()) {
      if (isInherited(option.getKey())) {
        args.add("--" + option.getKey() + "=" + option.getValue());
      }
    }
    return new InheritedOptions(input, OptionParser.into(PrepareOptions.class).parse(args));
  }

  private static boolean isInherited(String name) {
    return FIXED.contains(name) || name.equals(SHARDS) || splitOptions().contains(name);
  }

  private static Set<String> splitOptions() {
    return names(OptionSpecs.of(SplitOptions.class).visible());
  }

  private static Set<String> names(List<OptionSpec> options) {
    return options.stream().map(OptionSpec::name).collect(Collectors.toSet());
  }

  /**
   * Sets what is not given.
   *
   * @throws UsageException if something is given that cannot be had any more
   */
  <O extends InputOptions & SplitOptions> void into(O options) {
    OptionSpecs specs = OptionSpecs.of(PrepareOptions.class);
    Set<String> given = names(specs.givenIn(options));
    refuseColumns(OptionSpecs.of(InputOptions.class).givenIn(options));
    for (OptionSpec option : specs.visible()) {
      String name = option.name();
      if (given.contains(name)) {
        requireSame(option, options);
      } else if (isInherited(name)
          && option.valueIn(prepared) != null
          && !(SPLIT_POINT.contains(name) && SPLIT_POINT.stream().anyMatch(given::contains))) {
        option.copy(prepared, options);
      }
    }
    options.setPreparedRun(input.name());
  }

  /** Sets which run it is, for a model to be served to its users. */
  void nameIn(ServingOptions options) {
    refuseColumns(OptionSpecs.of(InteractionOptions.class).givenIn(options));
    options.setPreparedRun(input.name());
  }

  private void refuseColumns(List<OptionSpec> given) {
    for (OptionSpec option : given) {
      boolean saysMore = option.name().equals("input") || isInherited(option.name());
      if (!saysMore) {
        throw new UsageException(
            "--%s: %s is a prepared run, whose rows are read already: leave it out"
                .formatted(option.name(), input.folder()));
      }
    }
  }

  private void requireSame(OptionSpec option, PipelineOptions options) {
    String wanted = option.valueIn(options);
    String was = option.valueIn(prepared);
    if (FIXED.contains(option.name()) && !Objects.equals(wanted, was)) {
      throw new UsageException(
          "--%s=%s: the rows of %s were taken %s: leave it out, or prepare them again"
              .formatted(
                  option.name(),
                  wanted,
                  input.folder(),
                  was == null ? "without it" : "with --" + option.name() + "=" + was));
    }
  }
}
