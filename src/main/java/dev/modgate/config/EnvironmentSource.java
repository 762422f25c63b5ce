package dev.modgate.config;

import dev.modgate.verify.Parsed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the variables that start with {@code MODGATE_}. */
final class EnvironmentSource {

  static final String PREFIX = "MODGATE_";

  /** Names the file; not a key. */
  static final String CONFIG = "MODGATE_CONFIG";

  /** What starts so belongs to the launcher and to the command line. */
  static final String LAUNCHER = "MODGATE_LAUNCHER_";

  private static final String MIRRORS = "MODGATE_MIRRORS_";

  /** Other names are not repeated. */
  private static final Pattern REPEATABLE = Pattern.compile("[A-Za-z0-9_]{1,128}");

  private final Settings settings;

  private EnvironmentSource(Settings settings) {
    this.settings = settings;
  }

  static void read(Map<String, String> environment, Settings settings) {
    EnvironmentSource source = new EnvironmentSource(settings);
    new TreeMap<>(environment).forEach(source::variable);
  }

  private void variable(String name, String text) {
    if (!name.startsWith(PREFIX) || name.equals(CONFIG) || name.startsWith(LAUNCHER)) {
      return;
    }
    for (Key<?> key : Keys.all()) {
      if (!key.isOfMirror() && key.variable().equals(name)) {
        settings.offer(key, key.path(), text, new Origin.Environment(name));
        return;
      }
    }
    if (!name.startsWith(MIRRORS) || !mirror(name, text)) {
      unknown(name);
    }
  }

  /** The name of the mirror is what stands before a known leaf. */
  private boolean mirror(String name, String text) {
    String rest = name.substring(MIRRORS.length());
    for (Key<?> key : Keys.ofMirrors()) {
      if (rest.endsWith("_" + key.variableLeaf())) {
        String mirror = rest.substring(0, rest.length() - key.variableLeaf().length() - 1);
        return isScreaming(mirror) && ofMirror(key, mirrorName(mirror), text, name);
      }
    }
    return false;
  }

  private boolean ofMirror(Key<?> key, String mirror, String text, String variable) {
    Origin origin = new Origin.Environment(variable);
    switch (MirrorName.parse(mirror)) {
      case Parsed.Valid<String> _ -> {
        settings.define(mirror, origin);
        settings.offer(key, key.pathFor(mirror), text, origin);
      }
      case Parsed.Invalid<String>(String reason) ->
          settings.problem(origin, "mirrors", "names a mirror that " + reason, MirrorName.RULE);
    }
    return true;
  }

  private static String mirrorName(String screaming) {
    return screaming.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isScreaming(String text) {
    return !text.isEmpty() && text.equals(text.toUpperCase(Locale.ROOT));
  }

  private void unknown(String name) {
    boolean repeatable = REPEATABLE.matcher(name).matches();
    String shown = repeatable ? name : PREFIX + "…";
    String fix =
        suggestion(name)
            .map(nearest -> "set " + nearest)
            .orElse("unset it; the variables known are: " + String.join(", ", known()));
    settings.problem(new Origin.Environment(shown), "", "is an unknown variable", fix);
  }

  /** For a mirror's, every underscore may be the one before the leaf. */
  private static Optional<String> suggestion(String written) {
    String name = written.toUpperCase(Locale.ROOT);
    if (!name.startsWith(MIRRORS)) {
      return Nearest.to(name, known());
    }
    List<String> leaves = Keys.ofMirrors().stream().map(Key::variableLeaf).toList();
    List<String> candidates = new ArrayList<>();
    for (int i = name.indexOf('_', MIRRORS.length()); i > 0; i = name.indexOf('_', i + 1)) {
      String mirror = name.substring(0, i + 1);
      Nearest.to(name.substring(i + 1), leaves).ifPresent(leaf -> candidates.add(mirror + leaf));
    }
    return candidates.stream().min(Comparator.comparingInt(each -> Nearest.edits(name, each)));
  }

  private static List<String> known() {
    return Keys.all().stream().map(Key::variable).toList();
  }
}
