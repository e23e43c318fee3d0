package io.towerbeam.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;

/** Which published model serves, and for whom. */
public interface ServingOptions extends InteractionOptions {
  @Description(
      "The run that holds the model: its id, or its directory, which has a / in it. Default: the"
          + " champion of --output")
  String getModel();

  void setModel(String model);

  @Description(
      "Which of the run's models serves. Default: the champion's, or the only one that the run has")
  String getModelName();

  void setModelName(String modelName);

  @Description(
      "The users, a comma between their ids, or a file with one id per line. Default: those of the"
          + " given interactions, or else all that the model was fitted on")
  List<String> getUsers();

  void setUsers(List<String> users);

  @Description(
      "Interactions of users that the model was not fitted on, or that came since: CSV files with a"
          + " header, Avro or Parquet; a path or a pattern. They count beside what the run knows of"
          + " the same users")
  @PathTo(PathTo.Place.READ_FILE)
  String getInteractions();

  void setInteractions(String interactions);

  @Description(
      "A MovieLens folder or a prepared run with such interactions. Instead of --interactions")
  @PathTo(PathTo.Place.READ_FOLDER)
  String getInput();

  void setInput(String input);
}
