package io.towerbeam.pipelines.report;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A test user as a report shows them.
 *
 * @param userId the user
 * @param history their latest train items, latest first
 * @param historySize how many train interactions they have in all
 * @param testItems what they met after the split
 * @param lists the first ten of their recommended items by model, best first
 */
record UserExample(
    String userId,
    List<String> history,
    int historySize,
    Set<String> testItems,
    Map<String, List<String>> lists) {}
