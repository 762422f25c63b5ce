package dev.modgate.config;

import dev.modgate.config.MirrorSettings.Tls.Revocation;
import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of {@link TlsKeys}. No reason repeats a value. */
final class TlsTypes {

  private static final String PIN = "sha256/";
  private static final int SHA_256 = 32;

  /** A DNS name, perhaps with {@code *} before its first dot; an address. */
  private static final Pattern NAME =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9_-][A-Za-z0-9._:-]{0,252}");

  /** A token of RFC 9110 §5.6.2, without what separates headers here. */
  private static final Pattern HEADER = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,64}");

  private TlsTypes() {}

  /** {@code sha256/} and 32 bytes in padded base64. */
  static Parsed<String> pin(String item) {
    if (!item.startsWith(PIN)) {
      return Parsed.invalid("does not start with sha256/");
    }
    try {
      byte[] hash = Base64.getDecoder().decode(item.substring(PIN.length()));
      String canonical = PIN + Base64.getEncoder().encodeToString(hash);
      return hash.length == SHA_256 && canonical.equals(item)
          ? Parsed.valid(item)
          : Parsed.invalid("is not a hash of 32 bytes in base64");
    } catch (IllegalArgumentException notBase64) {
      return Parsed.invalid("is not a hash of 32 bytes in base64");
    }
  }

  static Parsed<String> name(String item) {
    return NAME.matcher(item).matches()
        ? Parsed.valid(item)
        : Parsed.invalid("is not a name or an address that a certificate may hold");
  }

  /** Text in which {@code *} stands for any text and a backslash takes what follows as it is. */
  static Parsed<String> glob(String text) {
    if (!text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      return Parsed.invalid("holds a character outside printable ASCII");
    }
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      escaped = !escaped && text.charAt(i) == '\\';
    }
    return escaped ? Parsed.invalid("ends with a \\ that takes nothing") : Parsed.valid(text);
  }

  /** A file, or none. */
  record OptionalFile(Optional<Path> path) {
    @Override
    public String toString() {
      return path.map(Path::toString).orElse("");
    }
  }

  /** Whether it can be read, {@link Assembly} finds out. */
  record CertificateFileType() implements ValueType<OptionalFile> {

    @Override
    public Class<OptionalFile> javaType() {
      return OptionalFile.class;
    }

    @Override
    public String what() {
      return "a file of certificates in PEM; ~ is the home directory";
    }

    @Override
    public String example() {
      return "corp-ca.pem";
    }

    @Override
    public Parsed<OptionalFile> parse(String text) {
      if (text.isBlank()) {
        return Parsed.valid(new OptionalFile(Optional.empty()));
      }
      try {
        return Parsed.valid(new OptionalFile(Optional.of(Path.of(text))));
      } catch (InvalidPathException notAPath) {
        return Parsed.invalid("is not a path");
      }
    }

    @Override
    public OptionalFile in(Path home, OptionalFile value) {
      return new OptionalFile(
          value
              .path()
              .map(path ->
                  path.startsWith("~") ? home.resolve(Path.of("~").relativize(path)) : path));
    }
  }

  /** One of three words. */
  record RevocationType() implements ValueType<Revocation> {

    @Override
    public Class<Revocation> javaType() {
      return Revocation.class;
    }

    @Override
    public String what() {
      return "off, ocsp or ocsp-required";
    }

    @Override
    public String example() {
      return "ocsp";
    }

    @Override
    public Parsed<Revocation> parse(String text) {
      return Arrays.stream(Revocation.values())
          .filter(value -> show(value).equals(text))
          .findFirst()
          .map(Parsed::valid)
          .orElseGet(() -> Parsed.invalid("is none of off, ocsp, ocsp-required"));
    }

    @Override
    public String show(Revocation value) {
      return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A glob, or none. */
  record IssuerType() implements ValueType<String> {

    @Override
    public Class<String> javaType() {
      return String.class;
    }

    @Override
    public String what() {
      return "a distinguished name as RFC 2253 writes it; * stands for any text";
    }

    @Override
    public String example() {
      return "CN=Corp CA*";
    }

    @Override
    public Parsed<String> parse(String text) {
      return text.isEmpty() || text.contains("=")
          ? glob(text)
          : Parsed.invalid("holds no =, as CN= or O=");
    }
  }

  /** Globs by the lower-case name of a header. */
  record HeaderGlobs(Map<String, String> byName) {
    HeaderGlobs {
      byName = Map.copyOf(byName);
    }

    @Override
    public String toString() {
      return new TreeMap<>(byName)
          .entrySet().stream()
              .map(header -> header.getKey() + "=" + header.getValue().replace(",", "\\,"))
              .collect(Collectors.joining(","));
    }
  }

  /** A mapping; in a text, {@code name=glob} with commas between, {@code \,} for one in a glob. */
  record HeaderGlobsType() implements ValueType<HeaderGlobs> {

    private static final Pattern SEPARATOR = Pattern.compile("(?<=(?<!\\\\)(?:\\\\\\\\){0,64}),");

    @Override
    public Class<HeaderGlobs> javaType() {
      return HeaderGlobs.class;
    }

    @Override
    public String what() {
      return "a mapping of headers to their values, or one text (NAME=VALUE,…); * stands for any"
          + " text";
    }

    @Override
    public String example() {
      return "server=nginx*";
    }

    @Override
    public Optional<String> textOf(Node node) {
      return switch (node) {
        case Node.Text text -> Optional.of(text.value());
        case Node.Mapping mapping -> joined(mapping);
        case Node.Sequence _, Node.Numeral _, Node.Bool _, Node.Null _ -> Optional.empty();
      };
    }

    @Override
    public String found(Node node) {
      return node instanceof Node.Mapping
          ? "a mapping with a value that is not a text, or a name with = or a comma"
          : node.kind();
    }

    private static Optional<String> joined(Node.Mapping mapping) {
      List<String> headers = new ArrayList<>();
      for (Node.Entry entry : mapping.entries()) {
        if (!(entry.value() instanceof Node.Text glob) || entry.key().matches(".*[=,].*")) {
          return Optional.empty();
        }
        headers.add(entry.key() + "=" + glob.value().replace(",", "\\,"));
      }
      return Optional.of(String.join(",", headers));
    }

    @Override
    public Parsed<HeaderGlobs> parse(String text) {
      Map<String, String> byName = new TreeMap<>();
      for (String header : text.isBlank() ? new String[0] : SEPARATOR.split(text, -1)) {
        int equals = header.indexOf('=');
        String name = header.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
        if (!HEADER.matcher(name).matches()) {
          return Parsed.invalid("has a part that is not the name of a header, =, and its value");
        }
        String value = header.substring(equals + 1).strip().replace("\\,", ",");
        if (value.isEmpty() || glob(value) instanceof Parsed.Invalid) {
          return Parsed.invalid("has a header whose value is empty or not printable ASCII");
        }
        if (byName.put(name, value) != null) {
          return Parsed.invalid("has a header twice");
        }
      }
      return Parsed.valid(new HeaderGlobs(byName));
    }
  }
}
