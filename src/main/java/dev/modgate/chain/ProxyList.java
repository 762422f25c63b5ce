package dev.modgate.chain;

import java.util.List;

/**
 * Who is asked after whom: the value of {@code goproxy}, read.
 *
 * @see <a href="https://go.dev/ref/mod#environment-variables">go.dev/ref/mod, GOPROXY</a>
 * @param steps in order
 */
public record ProxyList(List<Step> steps) {

  /** What a failure does to the walk; "not there" always goes on. */
  public enum Separator {
    /** {@code ,}: a failure ends the walk. */
    COMMA,
    /** {@code |}: a failure goes on to the next. */
    PIPE
  }

  /** One entry of the list. */
  public sealed interface Step {}

  /**
   * A mirror.
   *
   * @param behind the separator behind the entry; the last has a comma
   */
  public record Ask(String mirror, Separator behind) implements Step {}

  /** {@code off}: nothing is asked from here on. */
  public record Off() implements Step {}

  public ProxyList {
    steps = List.copyOf(steps);
  }
}
