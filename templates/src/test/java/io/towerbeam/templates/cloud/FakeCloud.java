package io.towerbeam.templates.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Cloud Storage, Dataflow and BigQuery on a free port of the loopback address, until closed. */
public final class FakeCloud implements AutoCloseable {
  /** What {@link FakeCredentialFactory} gives; without it every call is refused. */
  static final String TOKEN = "not-a-secret";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Path folder;
  private final FakeBuckets buckets;
  private final FakeJobs jobs = new FakeJobs();
  private final FakeTables tables = new FakeTables();
  private final ResumableUploads uploads;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
  private final Map<String, Consumer<String>> beforeCalls = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private FakeCloud(HttpServer server, Path folder) throws IOException {
    this.server = server;
    this.folder = folder;
    buckets = new FakeBuckets(folder);
    uploads = new ResumableUploads(buckets);
    endpoints.addAll(new StorageService(buckets, uploads).endpoints());
    endpoints.addAll(new DataflowService(jobs, new FlexTemplates(buckets, jobs)).endpoints());
    endpoints.addAll(new TableService(tables, new TableJobs(tables, buckets)).endpoints());
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", this::serve);
  }

  /** Starts one without buckets and jobs. */
  public static FakeCloud start() throws IOException {
    // the server's answers would otherwise wait some 40 ms for more to send
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetSocketAddress freePort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    FakeCloud cloud =
        new FakeCloud(HttpServer.create(freePort, 0), Files.createTempDirectory("fake-cloud"));
    cloud.server.start();
    return cloud;
  }

  /** The root of all services, without a slash at its end. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** What takes a program that runs on Beam's options here. */
  public List<String> options() {
    return List.of(
        "--gcsEndpoint=" + url() + StorageService.PATH,
        "--dataflowEndpoint=" + url(),
        "--bigQueryEndpoint=" + url() + "/",
        "--credentialFactoryClass=" + FakeCredentialFactory.class.getName());
  }

  public FakeBuckets buckets() {
    return buckets;
  }

  public FakeJobs jobs() {
    return jobs;
  }

  public FakeTables tables() {
    return tables;
  }

  /** The names of the methods that were called, such as {@code storage.objects.get}, in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /**
   * Refuses a method from now on.
   *
   * @param method such as {@code dataflow.projects.locations.jobs.create}
   * @param reason such as {@code forbidden} or {@code rateLimitExceeded}
   */
  public void refuse(String method, int status, String reason, String message) {
    if (endpoints.stream().noneMatch(endpoint -> endpoint.name().equals(method))) {
      throw new IllegalArgumentException("no such method is served: " + method);
    }
    refusals.put(method, new Refusal(status, reason, message));
  }

  /** The same for the next call alone. */
  public void refuseOnce(String method, int status, String reason, String message) {
    refuse(method, status, reason, message);
    refusedOnce.add(method);
  }

  /** Forgets what was to be refused, and to be done before calls. */
  public void refuseNothing() {
    refusals.clear();
    beforeCalls.clear();
  }

  /**
   * Does something before each call of a method is answered, in the thread of the call.
   *
   * @param what is given the path of the call, escaped as it came, with the query
   */
  public void before(String method, Consumer<String> what) {
    beforeCalls.put(method, what);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      Call call =
          Call.of(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              Content.of(exchange));
      Reply reply = answer(call);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      int length = reply.body().length;
      exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private Reply answer(Call call) throws IOException {
    try {
      if (!call.header("authorization").equals("Bearer " + TOKEN)) {
        throw new Refusal(401, "authError", "Invalid Credentials");
      }
      if (call.method().equals("POST") && call.path().equals(Batch.PATH)) {
        return Batch.answer(call, this::answer);
      }
      Optional<Reply> part = uploads.part(call);
      return part.isPresent() ? part.get() : dispatch(call);
    } catch (Refusal refusal) {
      return refusal.reply();
    } catch (RuntimeException e) {
      return new Refusal(500, "internalError", "the fake is broken: " + e).reply();
    }
  }

  private Reply dispatch(Call call) throws IOException {
    for (Endpoint endpoint : endpoints) {
      Optional<Map<String, String>> variables = endpoint.match(call);
      if (variables.isPresent()) {
        calls.add(endpoint.name());
        beforeCalls.getOrDefault(endpoint.name(), path -> {}).accept(call.path() + call.query());
        Refusal refusal = refusals.get(endpoint.name());
        if (refusal != null) {
          if (refusedOnce.remove(endpoint.name())) {
            refusals.remove(endpoint.name());
          }
          throw refusal;
        }
        return endpoint.answer(call, variables.get());
      }
    }
    throw Refusal.notFound("Not served here: " + call.method() + " " + call.path());
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
