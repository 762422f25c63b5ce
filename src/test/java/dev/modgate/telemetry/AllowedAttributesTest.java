package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AllowedAttributesTest {

  private static final Path DOCUMENT = Path.of("otel", "attributes.md");

  private final Scrubber scrubber = new Scrubber(new KnownSecrets());

  @ParameterizedTest
  @CsvSource({
    "HTTP_REQUEST_METHOD, GET",
    "HTTP_ROUTE, /{module}/@latest",
    "SERVER_ADDRESS, mirror.example.com",
    "SERVER_ADDRESS, 2001:db8::1",
    "CLIENT_ADDRESS, 192.0.2.1",
    "NETWORK_PROTOCOL_VERSION, 1.1",
    "ERROR_TYPE, java.net.http.HttpTimeoutException",
    "ERROR_TYPE, dev.modgate.chain.Chain$Open",
    "ERROR_TYPE, 502",
    "MODULE, github.com/AzureAD/microsoft-authentication-library-for-go",
    "MODULE, gopkg.in/yaml.v3",
    "MODULE, git.sr.ht/~sircmpwn/getopt",
    "VERSION, v2.0.1-0.20191109021931-daa7c04131f5+incompatible",
    "ARTIFACT, zip",
    "MIRROR, corp-eu_1",
    "VERDICT, hash-mismatch",
    "VERDICT, a",
    "VERDICT, z",
    "VERDICT, -",
    "CACHE, joined",
    "H1, h1:n4qYNVzXyMzh1JxYQO1VgzRvFVcLdzXVEZL8vAhLKHE=",
    "DATABASE, localhost.localdev/sumdb",
    "RULE, deny:example.com/*",
  })
  void clean_wellFormed_staysTheSame(TextAttribute attribute, String value) {
    assertEquals(Optional.of(value), attribute.clean(value, scrubber));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_REQUEST_METHOD, POST",
    "HTTP_REQUEST_METHOD, get",
    "HTTP_ROUTE, /golang.org/x/mod/@latest",
    "URL_SCHEME, ssh",
    "SERVER_ADDRESS, user@example.com",
    "SERVER_ADDRESS, ''",
    "CLIENT_ADDRESS, client.example.com",
    "ERROR_TYPE, message with spaces",
    "MODULE, example.com/a?token=b",
    "MODULE, user:pass@example.com/a",
    "MODULE, exämple.com/a",
    "VERSION, v1.0.0 x",
    "ARTIFACT, exe",
    "MIRROR, https://mirror.example.com",
    "VERDICT, Proven7",
    "VERDICT, `",
    "VERDICT, {",
    "CLIENT_ADDRESS, g",
    "CACHE, HIT",
    "H1, h1:short",
    "H1, n4qYNVzXyMzh1JxYQO1VgzRvFVcLdzXVEZL8vAhLKHEAAA=",
    "DATABASE, sum.golang.org?x",
    "RULE, a b",
  })
  void clean_malformed_isAbsent(TextAttribute attribute, String value) {
    assertEquals(Optional.empty(), attribute.clean(value, scrubber));
  }

  @Test
  void clean_credentialInAWellFormedValue_isCut() {
    assertEquals(
        Optional.of("example.com/[REDACTED]"),
        TextAttribute.MODULE.clean("example.com/gh" + "p_0123456789abcdefghij", scrubber));
  }

  @Test
  void clean_tooLong_isAbsent() {
    for (TextAttribute attribute : TextAttribute.values()) {
      assertEquals(Optional.empty(), attribute.clean("a".repeat(600), scrubber), attribute.key());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_RESPONSE_STATUS_CODE, 100, 599",
    "HTTP_REQUEST_RESEND_COUNT, 1, 1000",
    "SERVER_PORT, 1, 65535",
    "TREE_SIZE, 0, 9223372036854775807",
    "BYTES, 0, 9223372036854775807"
  })
  void allows_numbers_fromTo(NumberAttribute attribute, long min, long max) {
    assertTrue(attribute.allows(min));
    assertTrue(attribute.allows(max));
    assertEquals(false, attribute.allows(min - 1));
    // Beyond the largest long comes the smallest.
    assertEquals(false, attribute.allows(max + 1));
  }

  @Test
  void all_keys_areDistinct() {
    Set<String> keys = new HashSet<>();
    for (AllowedAttribute attribute : AllowedAttributes.all()) {
      assertTrue(keys.add(attribute.key()), attribute.key());
    }
  }

  /** {@code mvn test -Dtest=AllowedAttributesTest -Ddocs.apply=true} writes it anew. */
  @Test
  void document_asCommitted_listsEveryAttribute() throws IOException {
    String expected = document();
    if (Boolean.getBoolean("docs.apply")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertEquals(
        expected,
        Files.readString(DOCUMENT),
        "mvn test -Dtest=AllowedAttributesTest -Ddocs.apply=true");
  }

  private static String document() {
    StringBuilder text = new StringBuilder();
    text.append("# What may leave on a span or a log record\n\n");
    text.append("Generated from `dev.modgate.telemetry.AllowedAttributes`; a test compares.\n");
    text.append("An attribute that is not listed, or a value that is not of the listed form,\n");
    text.append("is absent from what is exported. Credentials inside a well-formed text are\n");
    text.append("replaced by `[REDACTED]`.\n\n");
    text.append("| attribute | type | values | cardinality | meaning |\n");
    text.append("|---|---|---|---|---|\n");
    for (AllowedAttribute attribute : AllowedAttributes.all()) {
      text.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  attribute.key(),
                  attribute instanceof TextAttribute ? "string" : "int",
                  attribute.allowed(),
                  attribute.cardinality(),
                  attribute.meaning()));
    }
    text.append("\nNames of spans: `{method} {route}`, or one of ");
    text.append(names()).append(".\nRoutes: ").append(routes()).append(".\n");
    text.append("\nResource attributes: ");
    text.append(code(ResourceRedactor.KEYS.stream().sorted())).append(".\n");
    text.append("\nEvents: `exception` with `exception.type`; ");
    text.append(code(Arrays.stream(SpanEvent.values()).map(SpanEvent::text)));
    text.append(" with attributes of this list. Links: ids only.\n");
    return text.toString();
  }

  private static String names() {
    return code(Arrays.stream(SpanName.values()).map(SpanName::text));
  }

  private static String routes() {
    return code(SpanNames.ROUTES.stream().sorted());
  }

  private static String code(Stream<String> values) {
    return String.join(", ", values.map(value -> "`" + value + "`").toList());
  }
}
