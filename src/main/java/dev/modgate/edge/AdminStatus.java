package dev.modgate.edge;

import java.util.Optional;

/** What the admin listener tells. */
public interface AdminStatus {

  /** Empty if requests will be served, else one line that says why not. */
  Optional<String> notReady();

  /** One JSON object. It holds no secret. */
  String json();

  /**
   * What a build has asked for so far, and what came of it: one JSON object.
   *
   * @param id as its requests name it
   * @return empty if none of that name has asked for anything, or it was long ago
   */
  Optional<String> build(String id);

  /**
   * A text.
   *
   * @param contentType for the header of that name
   */
  record Page(String contentType, String text) {}

  /**
   * All metrics, in OpenMetrics or in the text format of Prometheus.
   *
   * @param accept the header of the request
   */
  Page metrics(Optional<String> accept);

  /**
   * Lets a mirror be asked again that was taken out for lies, and forgets them.
   *
   * @return false if there is no mirror of that name
   */
  boolean readmit(String mirror);
}
