package io.towerbeam.templates.cloud;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;

/** A transport for clients that make requests and send none. */
final class Offline extends HttpTransport {
  static final HttpTransport TRANSPORT = new Offline();

  private Offline() {}

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    throw new UnsupportedOperationException("nothing is sent: " + method + " " + url);
  }
}
