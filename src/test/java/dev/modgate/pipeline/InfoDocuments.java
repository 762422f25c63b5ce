package dev.modgate.pipeline;

import dev.modgate.verify.Parsed;

/** Opens the reader of {@code .info} to the tests outside of its room. */
public final class InfoDocuments {

  private InfoDocuments() {}

  /** The version that the document names. */
  public static Parsed<String> version(byte[] json) {
    return InfoDocument.version(json);
  }
}
