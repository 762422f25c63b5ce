package dev.modgate.verify.zip;

/** The first rule that a zip was seen to break; later ones are dropped. */
final class Fault {
  private String rule = "";
  private String reason = "";

  /**
   * Notes a broken rule.
   *
   * @return false, so that a check can end with it
   */
  boolean of(String brokenRule, String why) {
    if (rule.isEmpty()) {
      rule = brokenRule;
      reason = why;
    }
    return false;
  }

  boolean isNoted() {
    return !rule.isEmpty();
  }

  ZipVerdict.Unsound verdict() {
    if (rule.isEmpty()) {
      throw new IllegalStateException("no rule was broken");
    }
    return new ZipVerdict.Unsound(rule, reason);
  }
}
