package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.DataCheckOptions;
import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.ModelOptions;
import io.towerbeam.pipelines.options.ResultTableOptions;
import io.towerbeam.pipelines.options.SplitOptions;
import io.towerbeam.pipelines.options.UncertaintyOptions;
import io.towerbeam.pipelines.options.UnseenOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;

/** What {@code leaderboard} can be told. */
public interface LeaderboardOptions
    extends WorkflowOptions,
        InputOptions,
        SplitOptions,
        DataCheckOptions,
        ModelOptions,
        UnseenOptions,
        EvaluationOptions,
        UncertaintyOptions,
        ResultTableOptions {}
