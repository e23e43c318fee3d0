package io.towerbeam.pipelines.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.PipelineRunnerRegistrar;

/**
 * Turns {@code --name=value} arguments into options, checked against what each option declares.
 * Every option of Beam and of the runners on the class path is taken too.
 *
 * @param <O> the interface that is filled
 */
public final class OptionParser<O extends PipelineOptions> {
  private static final String FLINK = "FlinkRunner";

  private static final String HOW_TO_GET_FLINK =
      "Flink's runner is not on the class path: type pipelines/bin/towerbeam <workflow>"
          + " --runner=FlinkRunner --flinkMaster=<host:port>, or add io.towerbeam:towerbeam-flink";

  private final Class<O> type;
  private final Map<String, OptionSpec> known = new TreeMap<>();

  private OptionParser(Class<O> type) {
    this.type = type;
    known.putAll(OptionSpecs.ofBeam().byName());
    known.putAll(OptionSpecs.of(type).byName());
    // the launcher's own: for a user they do not exist
    known.values().removeIf(spec -> !spec.isBeams() && spec.isHidden());
  }

  /** A parser into {@code type}. */
  public static <O extends PipelineOptions> OptionParser<O> into(Class<O> type) {
    return new OptionParser<>(type);
  }

  /**
   * The options that {@code args} give.
   *
   * @throws UsageException for an unknown name, a value that is not accepted, an option given twice
   *     or a required one not given
   */
  public O parse(List<String> args) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String arg : args) {
      String name = nameIn(arg);
      String text = arg.contains("=") ? arg.substring(arg.indexOf('=') + 1) : "true";
      add(given, known.get(name), text);
    }
    for (OptionSpec spec : OptionSpecs.of(type).visible()) {
      if (spec.isRequired() && !given.containsKey(spec.name())) {
        throw new UsageException(spec.name(), null, spec.type().accepted());
      }
    }
    addFastDirectRunner(given);
    return make(given);
  }

  private String nameIn(String arg) {
    if (!arg.startsWith("--") || arg.length() == 2 || arg.startsWith("--=")) {
      throw new UsageException(arg + ": options are written --name=value");
    }
    String name = arg.contains("=") ? arg.substring(2, arg.indexOf('=')) : arg.substring(2);
    OptionSpec spec = known.get(name);
    if (spec == null && name.equals("flinkMaster")) {
      throw new UsageException("--flinkMaster: %s".formatted(HOW_TO_GET_FLINK));
    }
    if (spec == null) {
      throw new UsageException(
          "--%s: no such option%s".formatted(name, Nearest.hint(name, known.keySet(), "--")));
    }
    if (!arg.contains("=") && spec.type().kind() != ValueType.Kind.FLAG) {
      throw new UsageException(name, null, spec.type().accepted() + ", as --" + name + "=…");
    }
    return name;
  }

  private static void add(Map<String, String> given, OptionSpec spec, String text) {
    String value = spec.name().equals("runner") ? runner(text) : spec.parse(text);
    String before = given.put(spec.name(), value);
    // of Beam's own, some that are no list may still be given repeatedly: it says so itself
    if (before != null && spec.type().isList()) {
      given.put(spec.name(), before + "," + value);
    } else if (before != null) {
      throw new UsageException("--%s is given twice: give it once".formatted(spec.name()));
    }
  }

  /** Beam would list Java classes; a user knows runners by their short names. */
  private static String runner(String text) {
    Set<String> names = new TreeSet<>();
    for (PipelineRunnerRegistrar registrar : ServiceLoader.load(PipelineRunnerRegistrar.class)) {
      registrar.getPipelineRunners().forEach(runner -> names.add(runner.getSimpleName()));
    }
    names.removeIf(name -> name.startsWith("Test"));
    boolean isKnown = names.stream().anyMatch(text::equalsIgnoreCase);
    if (!isKnown && text.equalsIgnoreCase(FLINK)) {
      throw new UsageException("--runner=%s: %s".formatted(text, HOW_TO_GET_FLINK));
    }
    if (!isKnown && !text.contains(".")) {
      throw new UsageException(
          "runner",
          text,
          "one of the runners on the class path: " + String.join(", ", names),
          Nearest.to(text, names).orElse(null));
    }
    return text;
  }

  /**
   * The DirectRunner's two checks on every element take most of a run's time; tests want them. A
   * worker of its without work polls at full speed, beside a training for as long as that takes: so
   * there is one worker fewer than there are cores.
   */
  private void addFastDirectRunner(Map<String, String> given) {
    String runner = given.getOrDefault("runner", "DirectRunner").toLowerCase(Locale.ROOT);
    if (runner.equals("directrunner")) {
      Map<String, String> fast =
          Map.of(
              "enforceEncodability", "false",
              "enforceImmutability", "false",
              "targetParallelism",
                  Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() - 1)));
      fast.forEach(
          (option, value) -> {
            if (known.containsKey(option)) {
              given.putIfAbsent(option, value);
            }
          });
    }
  }

  private O make(Map<String, String> given) {
    List<String> args = new ArrayList<>();
    given.forEach((name, value) -> args.add("--" + name + "=" + value));
    try {
      return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(type);
    } catch (IllegalArgumentException e) {
      // only values of Beam's own options get here: ours have been checked one by one
      throw new UsageException(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }
}
