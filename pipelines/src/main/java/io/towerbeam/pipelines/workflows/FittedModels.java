package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.transforms.embed.MaterializeEmbeddings;
import io.towerbeam.transforms.features.BuildItemFeatures;
import io.towerbeam.transforms.train.TrainTwoTower;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Models fitted on the train side, with features and vectors in the run directory beside them.
 *
 * @param artifacts where they lie
 * @param models the same as a view
 * @param featureSpec what turns an item into the features that they were fitted with
 * @param failures those that could not be fitted
 * @param epochs their losses
 * @param written the files of the run so far
 */
record FittedModels(
    PCollection<ModelArtifact> artifacts,
    PCollectionView<List<ModelArtifact>> models,
    PCollection<FeatureSpec> featureSpec,
    PCollection<ModelFailure> failures,
    PCollection<EpochReport> epochs,
    List<PCollection<?>> written) {

  /**
   * Fits them.
   *
   * @param fits the models, and what of the run they are fitted with
   */
  static FittedModels of(FitModels fits, PreparedData data) {
    List<PCollection<?>> written = new ArrayList<>(data.written());
    RunFiles run = data.run();
    BuildItemFeatures.Result features =
        data.items().apply("BuildItemFeatures", BuildItemFeatures.create());
    written.add(features.spec().apply("WriteFeatureSpec", RunWriters.featureSpec(run)));
    written.add(features.features().apply("WriteItemFeatures", RunWriters.itemFeatures(run)));
    written.add(data.items().apply("WriteCatalogue", RunWriters.catalogue(run)));

    PCollectionTuple fitted = data.countMap().apply("FitModels", fits.after(written));
    PCollection<ModelArtifact> artifacts = fitted.get(TrainTwoTower.ARTIFACTS);
    return new FittedModels(
        artifacts,
        artifacts.apply("Models", View.asList()),
        features.spec(),
        fitted.get(TrainTwoTower.FAILURES),
        fitted.get(TrainTwoTower.EPOCHS),
        List.copyOf(written));
  }

  /** The same models, with their vectors in the run directory. */
  <O extends TrainingOptions & WorkflowOptions> FittedModels withVectors(
      O options, int shards, PreparedData data) {
    RunFiles run = data.run();
    List<PCollection<?>> more = new ArrayList<>(written);
    PCollectionTuple embeddings =
        data.trainFiles()
            .apply(
                "MaterializeEmbeddings",
                MaterializeEmbeddings.of(artifacts, models, data.itemIds(), data.firstUsers()));
    PCollection<KV<Integer, Embedding>> users = embeddings.get(MaterializeEmbeddings.USERS);
    PCollection<KV<Integer, Embedding>> items = embeddings.get(MaterializeEmbeddings.ITEMS);
    more.add(users.apply("WriteUserVectors", RunWriters.embeddings(run, "users", shards)));
    more.add(items.apply("WriteItemVectors", RunWriters.embeddings(run, "items", 1)));
    if (VectorIndexFiles.wanted(options)) {
      more.addAll(VectorIndexFiles.write(run, shards, users, items, data.items()));
    }
    more.addAll(ResultTables.ofEmbeddings(options, users, items));
    return new FittedModels(artifacts, models, featureSpec, failures, epochs, List.copyOf(more));
  }
}
