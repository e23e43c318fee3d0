package io.towerbeam.templates.dataflow;

import io.towerbeam.templates.cloud.FakeBuckets;
import java.util.List;

/** A data set in the bucket that can be reckoned by hand: three users, four items. */
final class CloudData {
  static final String INTERACTIONS = "gs://" + CloudShell.BUCKET + "/in/interactions.csv";
  static final String ITEMS = "gs://" + CloudShell.BUCKET + "/in/items.csv";
  static final String LISTS = "gs://" + CloudShell.BUCKET + "/in/lists.csv";

  /** What the split needs to be told of it. */
  static final List<String> SPLIT =
      List.of(
          "--splitTime=100",
          "--minTrainInteractions=1",
          "--minUserTrainInteractions=1",
          "--minTestInteractions=1");

  private CloudData() {}

  static void putInto(FakeBuckets buckets) {
    buckets.create(CloudShell.BUCKET);
    buckets.put(
        CloudShell.BUCKET,
        "in/interactions.csv",
        """
        user_id,item_id,rating,timestamp
        u,a,5,1
        u,b,4,2
        v,a,3,1
        v,c,3,5
        w,a,2,7
        w,b,2,8
        u,c,5,101
        v,b,5,103
        """);
    buckets.put(
        CloudShell.BUCKET,
        "in/items.csv",
        """
        item_id,title,genres
        a,Alpha Station (1990),Drama|War
        b,Beta Station (1991),Drama
        c,Gamma (1992),Comedy
        d,Delta (1993),Comedy
        """);
    buckets.put(
        CloudShell.BUCKET, "in/lists.csv", "user_id,rank,item_id\nu,1,c\nu,2,d\nv,1,b\nv,2,d\n");
  }
}
