package dev.modgate.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The mirrors in the order they are asked (go.dev/ref/mod#environment-variables, GOPROXY). It
 * prints in GOPROXY syntax over their names.
 *
 * @param steps at least one; an {@link Off} or {@link Direct} is the last
 */
public record GoProxy(List<Step> steps) {

  public GoProxy {
    steps = List.copyOf(steps);
  }

  /** One entry of the list. */
  public sealed interface Step {}

  /**
   * Asks a mirror.
   *
   * @param afterAnyError true for {@code |}: the next step follows any failure; false for {@code
   *     ,}: it follows 404 and 410 alone. Without meaning in the last step
   */
  public record Ask(String mirror, boolean afterAnyError) implements Step {}

  /** {@code off}: what no mirror before it had is refused. */
  public record Off() implements Step {}

  /** {@code direct}: what no mirror before it had is fetched from where it is developed. */
  public record Direct() implements Step {}

  /** Whether origins are asked. */
  public boolean asksOrigins() {
    return steps.getLast() instanceof Direct;
  }

  @Override
  public String toString() {
    String all = steps.stream().map(GoProxy::text).collect(Collectors.joining());
    return steps.getLast() instanceof Ask ? all.substring(0, all.length() - 1) : all;
  }

  private static String text(Step step) {
    return switch (step) {
      case Ask(String mirror, boolean afterAnyError) -> mirror + (afterAnyError ? "|" : ",");
      case Off _ -> "off";
      case Direct _ -> "direct";
    };
  }
}
