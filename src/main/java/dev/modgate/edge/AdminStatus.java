package dev.modgate.edge;

import java.util.Optional;

/** What the admin listener tells. */
public interface AdminStatus {

  /** Empty if requests will be served, else one line that says why not. */
  Optional<String> notReady();

  /** One JSON object. It holds no secret. */
  String json();
}
