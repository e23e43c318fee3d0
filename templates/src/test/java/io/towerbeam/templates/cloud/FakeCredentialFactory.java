package io.towerbeam.templates.cloud;

import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import org.apache.beam.sdk.extensions.gcp.auth.CredentialFactory;
import org.apache.beam.sdk.options.PipelineOptions;

/** Gives the token that {@link FakeCloud} takes, and asks nobody for it. */
public final class FakeCredentialFactory implements CredentialFactory {
  /** What Beam calls to make one. */
  public static FakeCredentialFactory fromOptions(PipelineOptions options) {
    return new FakeCredentialFactory();
  }

  @Override
  public Credentials getCredential() {
    return GoogleCredentials.create(new AccessToken(FakeCloud.TOKEN, null));
  }
}
