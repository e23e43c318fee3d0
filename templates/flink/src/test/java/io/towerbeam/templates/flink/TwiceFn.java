package io.towerbeam.templates.flink;

import java.util.Collection;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;

/**
 * A DoFn of which two copies take each element at the same time, as where a runner repeats a bundle
 * that another worker is still at. As there, the outputs of one alone go on; what both do to the
 * world is done.
 */
final class TwiceFn<InputT, OutputT> extends WrappedFn<InputT, OutputT> {
  private static final long serialVersionUID = 1L;
  private static final int LIMIT_MINUTES = 5;
  private static final AtomicLong ELEMENTS = new AtomicLong();

  private transient DoFnInvoker<InputT, OutputT> copy;
  private transient ExecutorService thread;

  TwiceFn(String step, DoFn<InputT, OutputT> fn, TupleTag<OutputT> mainOutput) {
    super(step, fn, mainOutput);
  }

  /** How many elements were taken twice since the last call. */
  static long elements() {
    return ELEMENTS.getAndSet(0);
  }

  @Override
  void settingUp(PipelineOptions options) {
    copy = DoFnInvokers.tryInvokeSetupFor(SerializableUtils.clone(fn()), options);
    thread = Executors.newSingleThreadExecutor();
  }

  @Override
  void startingBundle(Arguments arguments) {
    super.startingBundle(arguments);
    copy.invokeStartBundle(arguments);
  }

  @Override
  void process(OfElement element) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    OfElement again = element.with(new Context(element.context(), false), new NoOutputs());
    Future<?> second =
        thread.submit(
            () -> {
              start.await(LIMIT_MINUTES, TimeUnit.MINUTES);
              copy.invokeProcessElement(again);
              return null;
            });
    start.await(LIMIT_MINUTES, TimeUnit.MINUTES);
    super.process(element.with(new Context(element.context(), true), element.outputs()));
    second.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    ELEMENTS.incrementAndGet();
  }

  @Override
  void tearingDown() {
    copy.invokeTeardown();
    thread.shutdownNow();
  }

  /** A runner's context for two threads, of which one alone is heard. */
  private final class Context extends ProcessContext {
    private final ProcessContext context;
    private final boolean isHeard;

    Context(ProcessContext context, boolean isHeard) {
      this.context = context;
      this.isHeard = isHeard;
    }

    @Override
    public InputT element() {
      return context.element();
    }

    @Override
    public <T> T sideInput(PCollectionView<T> view) {
      synchronized (context) {
        return context.sideInput(view);
      }
    }

    @Override
    public Instant timestamp() {
      return context.timestamp();
    }

    @Override
    public PaneInfo pane() {
      return context.pane();
    }

    @Override
    public String currentRecordId() {
      return context.currentRecordId();
    }

    @Override
    public Long currentRecordOffset() {
      return context.currentRecordOffset();
    }

    @Override
    public PipelineOptions getPipelineOptions() {
      return context.getPipelineOptions();
    }

    @Override
    public void output(OutputT output) {
      if (isHeard) {
        context.output(output);
      }
    }

    @Override
    public void outputWithTimestamp(OutputT output, Instant timestamp) {
      if (isHeard) {
        context.outputWithTimestamp(output, timestamp);
      }
    }

    @Override
    public void outputWindowedValue(
        OutputT output,
        Instant timestamp,
        Collection<? extends BoundedWindow> windows,
        PaneInfo pane) {
      if (isHeard) {
        context.outputWindowedValue(output, timestamp, windows, pane);
      }
    }

    @Override
    public <T> void output(TupleTag<T> tag, T output) {
      if (isHeard) {
        context.output(tag, output);
      }
    }

    @Override
    public <T> void outputWithTimestamp(TupleTag<T> tag, T output, Instant timestamp) {
      if (isHeard) {
        context.outputWithTimestamp(tag, output, timestamp);
      }
    }

    @Override
    public <T> void outputWindowedValue(
        TupleTag<T> tag,
        T output,
        Instant timestamp,
        Collection<? extends BoundedWindow> windows,
        PaneInfo pane) {
      if (isHeard) {
        context.outputWindowedValue(tag, output, timestamp, windows, pane);
      }
    }
  }
}
