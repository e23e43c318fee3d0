package io.towerbeam.templates.flink;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/**
 * A DoFn that throws once: of all its instances in this process one does, after the second element
 * that any has taken, or at a bundle's end if there is but one. What they have done to the world by
 * then is done.
 */
final class FaultyFn<InputT, OutputT> extends WrappedFn<InputT, OutputT> {
  private static final long serialVersionUID = 1L;
  private static final int ELEMENTS_BEFORE = 2;
  private static final Map<String, AtomicInteger> TAKEN = new ConcurrentHashMap<>();
  private static final Map<String, Boolean> THROWN = new ConcurrentHashMap<>();

  FaultyFn(String step, DoFn<InputT, OutputT> fn, TupleTag<OutputT> mainOutput) {
    super(step, fn, mainOutput);
  }

  /** Forgets what has thrown. */
  static void forget() {
    TAKEN.clear();
    THROWN.clear();
  }

  /** How many steps have thrown. */
  static int thrown() {
    return THROWN.size();
  }

  @Override
  void process(OfElement element) throws Exception {
    super.process(element);
    AtomicInteger taken = TAKEN.computeIfAbsent(step(), name -> new AtomicInteger());
    if (taken.incrementAndGet() >= ELEMENTS_BEFORE) {
      throwOnce();
    }
  }

  @Override
  void finishingBundle(Arguments arguments) throws Exception {
    super.finishingBundle(arguments);
    if (TAKEN.containsKey(step())) {
      throwOnce();
    }
  }

  private void throwOnce() throws IOException {
    if (THROWN.put(step(), true) == null) {
      throw new IOException("a fault that was put there, in " + step());
    }
  }
}
