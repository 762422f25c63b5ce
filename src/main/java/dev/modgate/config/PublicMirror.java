package dev.modgate.config;

/** The mirror that Go's own default GOPROXY names (cmd/go/internal/cfg). */
final class PublicMirror {

  /** What {@code goproxy} calls it. */
  static final String NAME = "public";

  /** The one place that spells its host. */
  static final String URL = "https://proxy.golang.org";

  private PublicMirror() {}
}
