package dev.modgate.edge;

import java.util.Optional;

/** What the admin listener tells. */
public interface AdminStatus {

  /** Empty if requests will be served, else one line that says why not. */
  Optional<String> notReady();

  /** One JSON object. It holds no secret. */
  String json();

  /** All metrics in the text format of Prometheus, version 0.0.4. */
  String metrics();

  /**
   * Lets a mirror be asked again that was taken out for lies, and forgets them.
   *
   * @return false if there is no mirror of that name
   */
  boolean readmit(String mirror);
}
