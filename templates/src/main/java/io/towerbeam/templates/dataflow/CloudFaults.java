package io.towerbeam.templates.dataflow;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.runners.dataflow.DataflowJobAlreadyExistsException;

/** What Google Cloud answers when it does not do what it was asked for, on one line. */
public final class CloudFaults {
  /** What is to be done where nobody has logged in. */
  public static final String WITHOUT_CREDENTIALS =
      "there are no Google Cloud credentials here: run gcloud auth application-default login, or set"
          + " GOOGLE_APPLICATION_CREDENTIALS";

  /**
   * How Beam begins to say that it found no credentials, in an exception of no class of its own.
   */
  private static final String NO_CREDENTIALS = "Unable to get application default credentials";

  /** How Beam's file system begins to say that a file of many could not be looked up. */
  private static final String LOOKED_IN_VAIN = "Error trying to get gs://";

  /**
   * How Beam says that a job of BigQuery failed; what the service said stands behind it as JSON.
   */
  private static final Pattern JOB_FAILED =
      Pattern.compile("(?s)(Failed to create job with prefix|Extract job \\S+ failed, status:).*");

  private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"([^\"]+)\"");

  /** Bad credentials, forbidden, not there. */
  private static final Set<Integer> FINAL = Set.of(401, 403, 404);

  private CloudFaults() {}

  /** The line; empty if the fault is no answer of Google Cloud's. */
  static Optional<String> inWords(Throwable fault) {
    return chain(fault).flatMap(cause -> words(cause).stream()).findFirst();
  }

  /** Whether it is an answer that another try will not change. */
  static boolean isFinal(Throwable fault) {
    return chain(fault)
        .anyMatch(
            cause ->
                cause instanceof HttpResponseException answer
                    && FINAL.contains(answer.getStatusCode()));
  }

  /** What Google Cloud answered, on one line; of another fault the innermost message. */
  public static String inOneLine(Throwable fault) {
    return inWords(fault)
        .orElseGet(
            () -> {
              Throwable root = chain(fault).reduce((outer, inner) -> inner).orElseThrow();
              return root.getMessage() == null
                  ? root.getClass().getSimpleName()
                  : quoted(root.getMessage());
            });
  }

  private static Stream<Throwable> chain(Throwable fault) {
    return Stream.iterate(fault, cause -> cause != null, Throwable::getCause);
  }

  private static Optional<String> words(Throwable cause) {
    if (cause instanceof DataflowJobAlreadyExistsException existing) {
      return Optional.of(
          "%s See %s".formatted(firstLine(existing.getMessage()), JobNews.page(existing.getJob())));
    }
    if (cause instanceof HttpResponseException answer) {
      return Optional.of(
          "Google Cloud answered %d to %s: %s"
              .formatted(answer.getStatusCode(), request(answer), message(answer)));
    }
    if (cause.getMessage() != null && cause.getMessage().startsWith(NO_CREDENTIALS)) {
      return Optional.of(WITHOUT_CREDENTIALS);
    }
    if (cause.getMessage() != null && cause.getMessage().startsWith(LOOKED_IN_VAIN)) {
      return Optional.of("Google Cloud refused a look: " + quoted(cause.getMessage()));
    }
    if (cause.getMessage() != null && JOB_FAILED.matcher(cause.getMessage()).matches()) {
      return Optional.of("a job of BigQuery failed: " + quoted(cause.getMessage()));
    }
    return cause instanceof UnknownHostException
        ? Optional.of("there is no way from here to " + cause.getMessage())
        : Optional.empty();
  }

  private static String message(HttpResponseException answer) {
    GoogleJsonError details =
        answer instanceof GoogleJsonResponseException json ? json.getDetails() : null;
    if (details != null && details.getMessage() != null) {
      return firstLine(details.getMessage());
    }
    return answer.getStatusMessage() == null ? "without a word" : answer.getStatusMessage();
  }

  /** Method and address without the query: the client library puts them on the second line. */
  private static String request(HttpResponseException answer) {
    return answer
        .getMessage()
        .lines()
        .filter(line -> line.matches("[A-Z]+ https?://.*"))
        .findFirst()
        .map(line -> line.replaceFirst("\\?.*", ""))
        .orElse("a request");
  }

  /** Beam's file system puts an answer of the service, JSON and all, into a message of its own. */
  private static String quoted(String text) {
    Matcher message = MESSAGE.matcher(text);
    return message.find() ? message.group(1) : firstLine(text);
  }

  private static String firstLine(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
  }
}
