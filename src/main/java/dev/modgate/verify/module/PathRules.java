package dev.modgate.verify.module;

import dev.modgate.verify.Parsed;

/**
 * What module paths, import paths and file paths have in common (x/mod module.CheckPath,
 * CheckImportPath, CheckFilePath).
 */
enum PathRules {
  /** ASCII letters, digits and {@code -._~}; no element starts with a dot. */
  MODULE,
  /** Besides, {@code +}. */
  IMPORT,
  /** Besides, more punctuation and the letters of Unicode 15. */
  FILE;

  private static final String FILE_PUNCTUATION = "!#$%&()+,-.=@[]^_{}~ ";

  /** Names that Windows takes for devices, whatever extension they have. */
  private static final String DEVICES =
      "|CON|PRN|AUX|NUL|COM1|COM2|COM3|COM4|COM5|COM6|COM7|COM8|COM9"
          + "|LPT1|LPT2|LPT3|LPT4|LPT5|LPT6|LPT7|LPT8|LPT9|";

  /** The path itself, or why it is none. */
  Parsed<String> check(String path) {
    if (path.isEmpty()) {
      return Parsed.invalid("the path is empty");
    }
    if (path.charAt(0) == '-' && this != FILE) {
      return Parsed.invalid("the path starts with a dash");
    }
    int from = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
      Parsed<String> checked = checkElement(path.substring(from, slash));
      if (!checked.isValid()) {
        return checked;
      }
      from = slash + 1;
    }
    Parsed<String> last = checkElement(path.substring(from));
    return last.isValid() ? Parsed.valid(path) : last;
  }

  /** One element; a slash is not allowed in it. */
  Parsed<String> checkElement(String element) {
    if (isDots(element)) {
      return Parsed.invalid("a path element is empty or only dots");
    }
    if (element.charAt(0) == '.' && this == MODULE) {
      return Parsed.invalid("a path element starts with a dot");
    }
    if (element.endsWith(".")) {
      return Parsed.invalid("a path element ends with a dot");
    }
    if (!allowsAll(element)) {
      return Parsed.invalid("a path element has a character that is not allowed");
    }
    int dot = element.indexOf('.');
    String stem = dot < 0 ? element : element.substring(0, dot);
    if (isDevice(stem)) {
      return Parsed.invalid("a path element is the name of a device on Windows");
    }
    return this != FILE && isShortName(stem)
        ? Parsed.invalid("a path element ends with a tilde and digits")
        : Parsed.valid(element);
  }

  private static boolean isDots(String element) {
    int at = 0;
    while (at < element.length() && element.charAt(at) == '.') {
      at++;
    }
    return at == element.length();
  }

  private boolean allowsAll(String element) {
    for (int i = 0, c; i < element.length(); i += Character.charCount(c)) {
      c = element.codePointAt(i);
      if (!allows(c)) {
        return false;
      }
    }
    return true;
  }

  private boolean allows(int c) {
    if (c >= 0x80) {
      // Lone surrogates are no letters, so text that is not Unicode ends here.
      return this == FILE && UnicodeTables.isLetter(c);
    }
    boolean alphanumeric =
        ('0' <= c && c <= '9') || ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z');
    return alphanumeric
        || switch (this) {
          case MODULE -> "-._~".indexOf(c) >= 0;
          case IMPORT -> "-._~+".indexOf(c) >= 0;
          case FILE -> FILE_PUNCTUATION.indexOf(c) >= 0;
        };
  }

  private static boolean isDevice(String stem) {
    boolean plausible = stem.length() == 3 || stem.length() == 4;
    return plausible && DEVICES.contains("|" + SimpleFold.key(stem) + "|");
  }

  /** As Windows shortens long names: {@code longna~1}. */
  private static boolean isShortName(String stem) {
    int tilde = stem.lastIndexOf('~');
    return tilde >= 0
        && tilde < stem.length() - 1
        && stem.chars().skip(tilde + 1L).allMatch(c -> '0' <= c && c <= '9');
  }
}
