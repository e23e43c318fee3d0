package io.towerbeam.pipelines.workflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A CSV data set that can be reckoned by hand: five users, four items, split at time 100. */
final class SmallData {
  /** What the split needs to be told of it. */
  static final List<String> SPLIT =
      List.of(
          "--splitTime=100",
          "--minTrainInteractions=1",
          "--minUserTrainInteractions=1",
          "--minTestInteractions=1");

  static final List<String> INTERACTIONS =
      List.of(
          "user_id,item_id,rating,timestamp",
          "u,a,5,1",
          "u,b,4,2",
          "v,a,3,1",
          "v,c,3,5",
          "w,a,2,7",
          "w,b,2,8",
          "u,c,5,101", // hit: c and d are what u does not have, c is the more popular one
          "v,d,5,102", // d is unknown to train
          "v,b,5,103", // hit
          "x,a,1,104"); // x is unknown to train

  static final List<String> ITEMS =
      List.of(
          "item_id,title,genres",
          "a,Alpha Station (1990),Drama|War",
          "b,Beta Station (1991),Drama",
          "c,Gamma (1992),Comedy",
          "d,Delta (1993),Comedy");

  private SmallData() {}

  static Path write(Path file, List<String> lines) throws IOException {
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
