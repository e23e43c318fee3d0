package io.towerbeam.pipelines.options;

/**
 * A run that was asked for in a way that cannot work, found before anything runs. Its message is
 * the one line that the user sees.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A line that is not about one option. */
  public UsageException(String line) {
    super(line);
  }

  /**
   * A value that is not accepted.
   *
   * @param option the option's name, without hyphens
   * @param value what was given; null if nothing was
   * @param accepted what is accepted, in words that go on from "give"
   */
  public UsageException(String option, String value, String accepted) {
    this(option, value, accepted, null);
  }

  /**
   * A value that is not accepted, but is close to one that is.
   *
   * @param option the option's name, without hyphens
   * @param value what was given; null if nothing was
   * @param accepted what is accepted, in words that go on from "give"
   * @param nearest the accepted value that was probably meant; null if there is none near
   */
  public UsageException(String option, String value, String accepted, String nearest) {
    super(
        "--%s%s: give %s%s"
            .formatted(
                option,
                value == null ? "" : "=" + value,
                accepted,
                nearest == null ? "" : "; did you mean " + nearest + "?"));
  }
}
