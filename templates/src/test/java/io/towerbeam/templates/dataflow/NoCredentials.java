package io.towerbeam.templates.dataflow;

import com.google.auth.Credentials;
import org.apache.beam.sdk.extensions.gcp.auth.CredentialFactory;
import org.apache.beam.sdk.options.PipelineOptions;

/** Finds none, as on a machine where nobody logged in. */
public final class NoCredentials implements CredentialFactory {
  /** What Beam calls to make one. */
  public static NoCredentials fromOptions(PipelineOptions options) {
    return new NoCredentials();
  }

  @Override
  public Credentials getCredential() {
    return null;
  }
}
