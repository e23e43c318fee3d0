package io.towerbeam.templates.flink;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Instant;

/** Another DoFn with something done around it. */
abstract class WrappedFn<InputT, OutputT> extends DoFn<InputT, OutputT> {
  private static final long serialVersionUID = 1L;

  private final String step;
  private final DoFn<InputT, OutputT> fn;
  private final TupleTag<OutputT> mainOutput;
  private transient DoFnInvoker<InputT, OutputT> invoker;

  /**
   * @param step the step's full name
   * @param fn what is wrapped
   */
  WrappedFn(String step, DoFn<InputT, OutputT> fn, TupleTag<OutputT> mainOutput) {
    this.step = step;
    this.fn = fn;
    this.mainOutput = mainOutput;
  }

  /** Whether a DoFn can be: one with state, timers or restrictions cannot. */
  static boolean canWrap(DoFn<?, ?> fn) {
    DoFnSignature signature = DoFnSignatures.getSignature(fn.getClass());
    return !(fn instanceof WrappedFn)
        && !signature.processElement().isSplittable()
        && signature.stateDeclarations().isEmpty()
        && signature.timerDeclarations().isEmpty()
        && signature.timerFamilyDeclarations().isEmpty()
        && signature.onWindowExpiration() == null
        && signature.fieldAccessDeclarations().isEmpty();
  }

  final String step() {
    return step;
  }

  final DoFn<InputT, OutputT> fn() {
    return fn;
  }

  @Setup
  public void setUp(PipelineOptions options) {
    invoker = DoFnInvokers.tryInvokeSetupFor(fn, options);
    settingUp(options);
  }

  /** What is wrapped is set up. */
  void settingUp(PipelineOptions options) {}

  @StartBundle
  public void startBundle(StartBundleContext context, PipelineOptions options) {
    startingBundle(
        new Arguments(options) {
          @Override
          public DoFn<InputT, OutputT>.StartBundleContext startBundleContext(
              DoFn<InputT, OutputT> doFn) {
            return context;
          }
        });
  }

  /** Begins a bundle, by default as what is wrapped does. */
  void startingBundle(Arguments arguments) {
    invoker.invokeStartBundle(arguments);
  }

  @ProcessElement
  public void process(
      ProcessContext context,
      BoundedWindow window,
      MultiOutputReceiver outputs,
      PipelineOptions options)
      throws Exception {
    process(new OfElement(context, window, outputs, options));
  }

  /** Processes an element, by default as what is wrapped does. */
  void process(OfElement element) throws Exception {
    invoker.invokeProcessElement(element);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context, PipelineOptions options) throws Exception {
    finishingBundle(
        new Arguments(options) {
          @Override
          public DoFn<InputT, OutputT>.FinishBundleContext finishBundleContext(
              DoFn<InputT, OutputT> doFn) {
            return context;
          }
        });
  }

  /** Ends a bundle, by default as what is wrapped does. */
  void finishingBundle(Arguments arguments) throws Exception {
    invoker.invokeFinishBundle(arguments);
  }

  @Teardown
  public void tearDown() {
    invoker.invokeTeardown();
    tearingDown();
  }

  /** What is wrapped is torn down. */
  void tearingDown() {}

  @Override
  public TypeDescriptor<InputT> getInputTypeDescriptor() {
    return fn.getInputTypeDescriptor();
  }

  @Override
  public TypeDescriptor<OutputT> getOutputTypeDescriptor() {
    return fn.getOutputTypeDescriptor();
  }

  /** What a method of the wrapped one may ask for. */
  class Arguments extends DoFnInvoker.BaseArgumentProvider<InputT, OutputT> {
    private final PipelineOptions options;

    Arguments(PipelineOptions options) {
      this.options = options;
    }

    @Override
    public final PipelineOptions pipelineOptions() {
      return options;
    }

    @Override
    public final String getErrorContext() {
      return step;
    }
  }

  /** The same where there is an element. */
  final class OfElement extends Arguments {
    private final ProcessContext context;
    private final BoundedWindow window;
    private final MultiOutputReceiver outputs;

    OfElement(
        ProcessContext context,
        BoundedWindow window,
        MultiOutputReceiver outputs,
        PipelineOptions options) {
      super(options);
      this.context = context;
      this.window = window;
      this.outputs = outputs;
    }

    /** The same with another context, and outputs that go elsewhere. */
    OfElement with(ProcessContext other, MultiOutputReceiver otherOutputs) {
      return new OfElement(other, window, otherOutputs, pipelineOptions());
    }

    ProcessContext context() {
      return context;
    }

    MultiOutputReceiver outputs() {
      return outputs;
    }

    @Override
    public DoFn<InputT, OutputT>.ProcessContext processContext(DoFn<InputT, OutputT> doFn) {
      return context;
    }

    @Override
    public InputT element(DoFn<InputT, OutputT> doFn) {
      return context.element();
    }

    @Override
    public Instant timestamp(DoFn<InputT, OutputT> doFn) {
      return context.timestamp();
    }

    @Override
    public BoundedWindow window() {
      return window;
    }

    @Override
    public PaneInfo paneInfo(DoFn<InputT, OutputT> doFn) {
      return context.pane();
    }

    @Override
    public OutputReceiver<OutputT> outputReceiver(DoFn<InputT, OutputT> doFn) {
      return outputs.get(mainOutput);
    }

    @Override
    public MultiOutputReceiver taggedOutputReceiver(DoFn<InputT, OutputT> doFn) {
      return outputs;
    }
  }
}
