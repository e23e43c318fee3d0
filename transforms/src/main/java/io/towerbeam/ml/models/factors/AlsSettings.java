package io.towerbeam.ml.models.factors;

import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import java.util.List;

/**
 * How {@link Als} is fitted; the defaults are the published ones.
 *
 * @param factors F, coordinates of a vector
 * @param regularization λ, the same for every row
 * @param iterations each solves for the users, then for the items
 * @param cgSteps conjugate gradient steps towards a row's solution in each iteration
 * @param confidence c, the weight of a positive; what is not observed weighs 1
 */
record AlsSettings(
    int factors, double regularization, int iterations, int cgSteps, double confidence) {
  private static final String FACTORS = "factors";
  private static final String REGULARIZATION = "regularization";
  private static final String ITERATIONS = "iterations";
  private static final String CG_STEPS = "cgSteps";
  private static final String ALPHA = "alpha";
  private static final String CONFIDENCE = "confidence";
  private static final String PUBLISHED = "published";
  private static final String STANDARD = "standard";

  static AlsSettings of(ParameterValues values) {
    double alpha = values.getDouble(ALPHA);
    return new AlsSettings(
        values.getInt(FACTORS),
        values.getDouble(REGULARIZATION),
        values.getInt(ITERATIONS),
        values.getInt(CG_STEPS),
        values.getString(CONFIDENCE).equals(STANDARD) ? 1 + alpha : alpha);
  }

  static List<ModelParameter> declare() {
    return List.of(
        ModelParameter.integer(FACTORS, 5, 1, 512, "coordinates of a vector")
            .searchedByMagnitude(2, 64),
        ModelParameter.real(
                REGULARIZATION,
                .017213181410356635,
                0,
                1e6,
                "weight of the squared lengths of the vectors, not scaled by counts")
            .searchedByMagnitude(1e-4, 100),
        ModelParameter.integer(ITERATIONS, 21, 1, 1000, "times that users, then items are solved")
            .searched(5, 40),
        ModelParameter.integer(
            CG_STEPS, 3, 1, 100, "conjugate gradient steps for a vector in each iteration"),
        ModelParameter.real(ALPHA, .5853508719975767, 1e-3, 1e6, "confidence of an interaction")
            .searchedByMagnitude(.1, 50),
        ModelParameter.choice(
            CONFIDENCE,
            PUBLISHED,
            List.of(PUBLISHED, STANDARD),
            "an interaction weighs alpha, as published, or 1 + alpha, as in the paper"));
  }
}
