package dev.modgate.config;

import java.util.List;

/** What {@link ConfigurationLoader#load} came to. */
public sealed interface LoadResult {

  /**
   * A configuration.
   *
   * @param settings every effective value and its origin, in the order of the keys
   */
  record Loaded(Configuration configuration, List<Setting> settings) implements LoadResult {
    public Loaded {
      settings = List.copyOf(settings);
    }
  }

  /**
   * None.
   *
   * @param problems all of them, at least one
   */
  record Refused(List<Problem> problems) implements LoadResult {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
