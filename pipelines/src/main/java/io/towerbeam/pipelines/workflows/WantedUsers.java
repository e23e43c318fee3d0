package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.data.Shards;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.BlockCoder;
import io.towerbeam.transforms.files.FilePatterns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The users that {@code --users} names, as blocks without rows, in the shards of a run. */
final class WantedUsers extends PTransform<PBegin, PCollection<InteractionBlock>> {
  private final List<String> users;
  private final boolean isFile;
  private final int shards;

  private WantedUsers(List<String> users, boolean isFile, int shards) {
    this.users = users;
    this.isFile = isFile;
    this.shards = shards;
  }

  static WantedUsers of(List<String> users, int shards) throws IOException {
    return new WantedUsers(users, isFile(users), shards);
  }

  /**
   * @throws UsageException if it looks like a file that is not there
   */
  static void validate(ServingOptions options) {
    List<String> users = options.getUsers();
    try {
      if (users != null && users.size() == 1 && users.get(0).contains("/") && !isFile(users)) {
        throw new UsageException(
            "users", users.get(0), "a file that is there, or users' ids with a comma between them");
      }
    } catch (IOException e) {
      throw new UsageException("--users: cannot be read: " + RunnerSupports.inWordsOrItsOwn(e));
    }
  }

  private static boolean isFile(List<String> users) throws IOException {
    return users.size() == 1 && !FilePatterns.match(users.get(0)).isEmpty();
  }

  @Override
  public PCollection<InteractionBlock> expand(PBegin begin) {
    int spread = shards; // a lambda that names the field would drag the transform along
    PCollection<String> ids =
        isFile
            ? begin.apply("ReadUsers", TextIO.read().from(users.get(0)))
            : begin.apply("Users", Create.of(users).withCoder(StringUtf8Coder.of()));
    return ids.apply("Strip", MapElements.into(TypeDescriptors.strings()).via(String::strip))
        .apply("DropEmpty", Filter.by(id -> !id.isEmpty()))
        .apply(
            "AsBlock",
            MapElements.into(TypeDescriptor.of(InteractionBlock.class))
                .via(id -> blockOf(id, spread)))
        .setCoder(BlockCoder.of());
  }

  private static InteractionBlock blockOf(String user, int shards) {
    return InteractionBlock.newBuilder()
        .setShard(Shards.of(user, shards))
        .setUserIds(List.of(user))
        .setItemIds(List.of())
        .setUsers(ByteBuffer.allocate(0))
        .setItems(ByteBuffer.allocate(0))
        .setRatings(ByteBuffer.allocate(0))
        .setTimes(ByteBuffer.allocate(0))
        .build();
  }
}
