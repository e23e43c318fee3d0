package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What a new model has to show before it takes the champion's place. */
public interface PromotionOptions extends PipelineOptions {
  @Description(
      "auto: the model becomes the champion, which embed and recommend take unless told otherwise,"
          + " if the rule lets it; always: whatever the rule says; never. Models of the generated"
          + " sample, or with --heldOutItems or --leaveOutTestUsers, never do")
  @Default.Enum("AUTO")
  Promote getPromote();

  void setPromote(Promote promote);

  @Description("The metric, at the first --k, that the model and the champion are compared by")
  @Default.Enum("NDCG")
  PromotionMetric getPromotionMetric();

  void setPromotionMetric(PromotionMetric promotionMetric);

  @Description(
      "How much worse than the champion the model may be: a part of the champion's value, such as"
          + " 0.05 for a twentieth")
  @Default.Double(.05)
  @Range(min = 0, max = 1)
  Double getPromotionMargin();

  void setPromotionMargin(Double promotionMargin);

  @Description(
      "How sure it must be that the model is not worse by more than the margin: one-sided, by a"
          + " paired bootstrap of the test users")
  @Default.Double(.95)
  @Range(min = .5, max = .999)
  Double getPromotionConfidence();

  void setPromotionConfidence(Double promotionConfidence);

  @Description(
      "The least share of the champion's coverage that the model's lists have; 0 for any coverage")
  @Default.Double(.5)
  @Range(min = 0, max = 10)
  Double getMinCoverageRatio();

  void setMinCoverageRatio(Double minCoverageRatio);

  @Description(
      "Fit an accepted model once more, the same way on all rows, the test side included, and"
          + " publish that; what was judged is then in gate/. false: publish what was judged")
  @Default.Boolean(true)
  Boolean getRefit();

  void setRefit(Boolean refit);

  /** When a model becomes the champion. */
  enum Promote {
    AUTO,
    NEVER,
    ALWAYS
  }

  /** A metric of which more is better. */
  enum PromotionMetric {
    NDCG,
    MAP,
    MRR,
    RECALL,
    PRECISION,
    HIT_RATE
  }
}
