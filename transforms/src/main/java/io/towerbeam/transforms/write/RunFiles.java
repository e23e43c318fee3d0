package io.towerbeam.transforms.write;

import io.towerbeam.transforms.files.Folder;
import java.io.Serializable;

/**
 * Where the parts of a run lie in its directory.
 *
 * @param root the run directory
 */
public record RunFiles(Folder root) implements Serializable {
  /** Train, test and excluded blocks. */
  public Folder data() {
    return root.folder("data");
  }

  /** Index entries of users and items. */
  public Folder index() {
    return root.folder("index");
  }

  /** All items of the catalogue of a prepared run. */
  public Folder catalogue() {
    return root.folder("catalogue");
  }

  /** The feature spec and the items' features. */
  public Folder features() {
    return root.folder("features");
  }

  /** What the promotion gate judged, if the published model is another fit than that. */
  public RunFiles gate() {
    return new RunFiles(root.folder("gate"));
  }

  /** A model's folder. */
  public Folder model(String name) {
    return root.folder("model/" + name);
  }

  /** User and item vectors, a folder per model. */
  public Folder embeddings() {
    return root.folder("embeddings");
  }

  /** The vectors in the layout of a vector index, a folder per model. */
  public Folder vectorIndex() {
    return root.folder("vector-index");
  }

  /** Top-K lists, a folder per model. */
  public Folder recommendations() {
    return root.folder("recommendations");
  }

  /** Top-K lists of the items that train does not know, a folder per model. */
  public Folder coldItemRecommendations() {
    return root.folder("cold-item-recommendations");
  }

  /** Evaluation results. */
  public Folder results() {
    return root.folder("results");
  }

  /** The page for people. */
  public Folder report() {
    return root.folder("report");
  }

  /** Trials of a tuning run. */
  public Folder trials() {
    return root.folder("trials");
  }

  /** What the data were like. */
  public Folder statistics() {
    return root.folder("statistics");
  }

  /** Rejected rows. */
  public Folder deadLetter() {
    return root.folder("dead-letter");
  }
}
