package io.towerbeam.pipelines.report;

import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.files.BlockCoder;
import io.towerbeam.transforms.prepare.Await;
import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * A few test users and what is known of them, as views. The users are chosen first and all else is
 * cut down to them, so that no view grows with the data.
 *
 * @param users their ids
 * @param train their train rows
 * @param test their test rows
 * @param lists their lists of every model
 * @param items the catalogue rows of what they met last and of what they are recommended
 */
record ChosenUsers(
    PCollectionView<List<String>> users,
    PCollectionView<List<InteractionBlock>> train,
    PCollectionView<List<InteractionBlock>> test,
    PCollectionView<List<Recommendation>> lists,
    PCollectionView<List<Item>> items)
    implements Serializable {

  /** Adds the steps. Users must stand whole in their blocks. */
  static ChosenUsers of(
      PCollection<InteractionBlock> train,
      PCollection<InteractionBlock> test,
      PCollection<Recommendation> lists,
      PCollection<Item> items) {
    PCollectionView<List<String>> users =
        test.apply("FirstOfEachBlock", ParDo.of(new FirstUsersFn()))
            .setCoder(StringUtf8Coder.of())
            .apply("ChooseUsers", Top.of(UserExamples.USERS, lowestHash()).asSingletonView());
    PCollectionView<List<InteractionBlock>> trainRows = rows("Train", train, users);
    PCollectionView<List<Recommendation>> theirLists =
        lists
            .apply("KeepLists", ParDo.of(new KeepListsFn(users)).withSideInputs(users))
            .setCoder(AvroCoder.specific(Recommendation.class))
            .apply("Lists", View.asList());
    PCollectionView<List<Item>> theirItems =
        items
            .apply("AwaitUsers", Await.of(List.of(users, trainRows, theirLists), Item::getId))
            .apply(
                "KeepItems",
                ParDo.of(new KeepItemsFn(users, trainRows, theirLists))
                    .withSideInputs(users, trainRows, theirLists))
            .setCoder(AvroCoder.specific(Item.class))
            .apply("Items", View.asList());
    return new ChosenUsers(users, trainRows, rows("Test", test, users), theirLists, theirItems);
  }

  /** All views, for a step that reads them. */
  List<PCollectionView<?>> views() {
    return List.of(users, train, test, lists, items);
  }

  /** The users as a report shows them; for a step that has all of {@link #views}. */
  List<UserExample> examples(DoFn<?, ?>.ProcessContext context) {
    return UserExamples.of(
        context.sideInput(users),
        context.sideInput(train),
        context.sideInput(test),
        context.sideInput(lists));
  }

  /** The titles of their items, by id. */
  Map<String, String> titles(DoFn<?, ?>.ProcessContext context) {
    Map<String, String> titles = new TreeMap<>();
    context.sideInput(items).forEach(item -> titles.put(item.getId(), item.getTitle()));
    return titles;
  }

  private static PCollectionView<List<InteractionBlock>> rows(
      String side, PCollection<InteractionBlock> blocks, PCollectionView<List<String>> users) {
    return blocks
        .apply("Keep" + side, ParDo.of(new KeepRowsFn(users)).withSideInputs(users))
        .setCoder(BlockCoder.of())
        .apply(side, View.asList());
  }

  /** Top takes the greatest. */
  @SuppressWarnings("unchecked") // the JDK says that the reverse of a serializable order is one
  private static <C extends Comparator<String> & Serializable> C lowestHash() {
    return (C) Collections.reverseOrder(new UserExamples.ByHash());
  }

  private static final class FirstUsersFn extends DoFn<InteractionBlock, String> {
    @ProcessElement
    public void process(@Element InteractionBlock block, OutputReceiver<String> out) {
      UserExamples.first(block).forEach(out::output);
    }
  }

  private static final class KeepRowsFn extends DoFn<InteractionBlock, InteractionBlock> {
    private final PCollectionView<List<String>> users;

    KeepRowsFn(PCollectionView<List<String>> users) {
      this.users = users;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Set<String> chosen = Set.copyOf(context.sideInput(users));
      UserExamples.rowsOf(context.element(), chosen).ifPresent(context::output);
    }
  }

  private static final class KeepListsFn extends DoFn<Recommendation, Recommendation> {
    private final PCollectionView<List<String>> users;

    KeepListsFn(PCollectionView<List<String>> users) {
      this.users = users;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (context.sideInput(users).contains(context.element().getUserId())) {
        context.output(context.element());
      }
    }
  }

  private static final class KeepItemsFn extends DoFn<Item, Item> {
    private final PCollectionView<List<String>> users;
    private final PCollectionView<List<InteractionBlock>> train;
    private final PCollectionView<List<Recommendation>> lists;
    private transient Set<String> shown; // the same for every item of a bundle

    KeepItemsFn(
        PCollectionView<List<String>> users,
        PCollectionView<List<InteractionBlock>> train,
        PCollectionView<List<Recommendation>> lists) {
      this.users = users;
      this.train = train;
      this.lists = lists;
    }

    @StartBundle
    public void startBundle() {
      shown = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (shown == null) {
        shown =
            UserExamples.items(
                UserExamples.of(
                    context.sideInput(users),
                    context.sideInput(train),
                    List.of(),
                    context.sideInput(lists)));
      }
      if (shown.contains(context.element().getId())) {
        context.output(context.element());
      }
    }
  }
}
