package io.towerbeam.pipelines.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps a second process off a run while this one works on it. The operating system gives the lock
 * back when its holder dies, so a killed run can go on.
 *
 * <p>Only local disks have it. In an object store overlap is known to the runner alone, by the
 * job's name; there nothing is held, and that is safe too: two attempts of one claim write the same
 * bytes under the same names.
 */
final class RunLock implements Closeable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a run.
   *
   * @throws RunInUseException if somebody else holds it
   */
  static RunLock take(RunDirectory run) throws IOException {
    Optional<Path> file = Storage.onDisk(run.lock());
    if (file.isEmpty()) {
      return new RunLock(null);
    }
    Files.createDirectories(file.get().toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(file.get(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (tryLock(channel) != null) {
        return new RunLock(channel);
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new RunInUseException(run);
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // held by another thread of this very process
      return null;
    }
  }

  /** Gives the lock back. The file stays: deleting it would let two others hold it at once. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
