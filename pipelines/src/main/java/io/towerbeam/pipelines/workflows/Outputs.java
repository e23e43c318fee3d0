package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.Tensor;
import io.towerbeam.schemas.Trial;
import java.util.ArrayList;
import java.util.List;

/** What workflows leave in the run directory, for {@code describe}. */
final class Outputs {
  private Outputs() {}

  static List<Artifact> ofEvaluation() {
    List<Artifact> outputs = new ArrayList<>(ofEveryRun());
    outputs.add(
        Artifact.avro(
            "results",
            "results/results.avro",
            EvaluationResult.getClassSchema(),
            "a row per model and segment, best first; results.json beside it says the same"));
    outputs.add(Artifact.file("report", "report/index.html", "the results as a page for people"));
    return List.copyOf(outputs);
  }

  static List<Artifact> ofPreparing() {
    List<Artifact> outputs = new ArrayList<>(ofEveryRun());
    outputs.add(
        Artifact.avro(
            "catalogue",
            "catalogue/items-*.avro",
            Item.getClassSchema(),
            "all items of the catalogue, whether train knows them or not"));
    return List.copyOf(outputs);
  }

  static List<Artifact> ofTuning() {
    List<Artifact> outputs = new ArrayList<>(ofEveryRun());
    outputs.addAll(ofFeatures());
    outputs.addAll(
        List.of(
            Artifact.avro(
                "trials",
                "trials/trials.avro",
                Trial.getClassSchema(),
                "all trials, best first; trials.json beside it says the same"),
            Artifact.avro(
                "epochs",
                "model/trial-<number>/epochs.avro",
                EpochReport.getClassSchema(),
                "losses of a trial, of models that are trained by epochs")));
    return List.copyOf(outputs);
  }

  static List<Artifact> ofRecommending() {
    List<Artifact> outputs = new ArrayList<>(ofServing());
    outputs.add(recommendations("the lists of the users that were asked for"));
    return List.copyOf(outputs);
  }

  private static List<Artifact> ofEveryRun() {
    List<Artifact> outputs = new ArrayList<>(ofServing());
    outputs.addAll(
        List.of(
            Artifact.avro(
                "train", "data/train-*.avro", InteractionBlock.getClassSchema(), "train side"),
            Artifact.avro(
                "test", "data/test-*.avro", InteractionBlock.getClassSchema(), "test side"),
            Artifact.avro(
                "excluded",
                "data/excluded-*.avro",
                InteractionBlock.getClassSchema(),
                "interactions on neither side, with the reason"),
            Artifact.avro(
                "statistics",
                "statistics/data.avro",
                DataStatistics.getClassSchema(),
                "what the data were like, and how far they have drifted since the last run"),
            Artifact.avro(
                "user-index", "index/users-*.avro", IndexEntry.getClassSchema(), "users by number"),
            Artifact.avro(
                "item-index",
                "index/items-*.avro",
                IndexEntry.getClassSchema(),
                "items by number")));
    return outputs;
  }

  /** What is there whatever a run makes. */
  private static List<Artifact> ofServing() {
    return List.of(
        Artifact.avro(
            "dead-letter",
            "dead-letter/*.avro",
            RejectedRecord.getClassSchema(),
            "rows that were not taken, with the reason; absent if there are none"),
        Artifact.file("manifest", "manifest.json", "what the run was and read"),
        Artifact.file("outcome", "outcome.json", "the verdict"));
  }

  static List<Artifact> ofLeaderboard() {
    List<Artifact> outputs = new ArrayList<>(ofEvaluation());
    outputs.addAll(ofFeatures());
    outputs.addAll(
        List.of(
            Artifact.avro(
                "catalogue",
                "features/catalogue-*.avro",
                Item.getClassSchema(),
                "the indexed items themselves"),
            Artifact.avro(
                "model",
                "model/<name>/parameters.avro",
                Tensor.getClassSchema(),
                "a fitted model's arrays; config.json beside it"),
            Artifact.avro(
                "epochs",
                "model/<name>/epochs.avro",
                EpochReport.getClassSchema(),
                "losses of a trained model"),
            embeddings(),
            recommendations("the test users' lists"),
            Artifact.avro(
                "cold-item-recommendations",
                "cold-item-recommendations/<name>/*.avro",
                Recommendation.getClassSchema(),
                "test users' lists of items that train does not know, of models that see content")));
    return List.copyOf(outputs);
  }

  static List<Artifact> ofEmbedding() {
    List<Artifact> outputs = new ArrayList<>(ofServing());
    outputs.add(embeddings());
    outputs.add(vectorIndex());
    return List.copyOf(outputs);
  }

  private static Artifact embeddings() {
    return Artifact.avro(
        "embeddings",
        "embeddings/<name>/*.avro",
        Embedding.getClassSchema(),
        "user and item vectors, of models whose score is a dot product");
  }

  private static Artifact vectorIndex() {
    return Artifact.file(
        "vector-index",
        "vector-index/<name>/{items,users}/*.json",
        "the same vectors as Vertex AI Vector Search takes them, with --vectorIndex=VERTEX;"
            + " {items,users}-index.json beside the folders create the indexes");
  }

  private static Artifact recommendations(String help) {
    return Artifact.avro(
        "recommendations", "recommendations/<name>/*.avro", Recommendation.getClassSchema(), help);
  }

  static List<Artifact> ofTraining() {
    List<Artifact> outputs = new ArrayList<>(ofLeaderboard());
    outputs.addAll(
        List.of(
            vectorIndex(),
            Artifact.avro(
                "promotion",
                "results/promotion.avro",
                PromotionDecision.getClassSchema(),
                "whether the model was promoted; promotion.json beside it says the same"),
            Artifact.file(
                "gate",
                "gate/{data,index,features,model,recommendations}/**",
                "what the gate judged, laid out as the run itself, if the published model is fitted"
                    + " on all rows"),
            Artifact.file(
                "champion",
                "../../champions/*.json",
                "a Champion each; the highest number whose run has _SUCCESS serves")));
    return List.copyOf(outputs);
  }

  private static List<Artifact> ofFeatures() {
    return List.of(
        Artifact.avro(
            "feature-spec",
            "features/feature-spec.avro",
            FeatureSpec.getClassSchema(),
            "what turns an item into features"),
        Artifact.avro(
            "item-features",
            "features/items-*.avro",
            ItemFeatures.getClassSchema(),
            "the indexed items' features"));
  }
}
