package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.features.EncodeItems;
import io.towerbeam.transforms.prepare.JoinHistories;
import io.towerbeam.transforms.recommend.RecommendNewItems;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/** Lists of the items that train does not know, for the test users who took some of them. */
final class ColdItemLists {
  private ColdItemLists() {}

  /** Adds the steps. */
  static PCollection<Recommendation> of(
      EvaluationOptions options, PreparedData data, FittedModels fitted) {
    PCollectionView<List<ItemFeatures>> features =
        data.coldItems()
            .apply(
                "EncodeColdItems",
                EncodeItems.with(fitted.featureSpec().apply("FeatureSpec", View.asSingleton())))
            .apply("ColdItemFeatures", View.asList());
    return data.trainFiles()
        .apply(
            "RecommendColdItems",
            RecommendNewItems.of(
                Collections.max(options.getK()),
                JoinHistories.ofUsers(data.coldItemTest()).withGiven(data.hidden()),
                fitted.models(),
                features,
                data.itemIds(),
                data.firstUsers()));
  }
}
