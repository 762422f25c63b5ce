package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The table of {@code docs/tls.md} is what handshakes come to. {@code mvn test
 * -Dtest=TlsDocumentTest -Ddocs.apply=true} rewrites it.
 */
final class TlsDocumentTest {

  private static final Path DOCUMENT = Path.of("docs/tls.md");
  private static final String BEGIN =
      "<!-- table: mvn test -Dtest=TlsDocumentTest -Ddocs.apply=true -->\n";
  private static final String END = "<!-- end of the table -->\n";

  @Test
  void table_asCommitted_isWhatHandshakesComeTo() throws Exception {
    StringBuilder table = new StringBuilder();
    table.append(
        "| the mirror shows | modgate: accepted | and says | verification off: accepted |\n");
    table.append("|---|---|---|---|\n");
    try (TlsCases cases = new TlsCases()) {
      for (TlsCases.Case each : cases.all()) {
        TlsCases.Outcome outcome = TlsCases.run(each);
        table.append(outcome.row(each.shows()));
        assertEquals(TlsCases.HANDSHAKES, outcome.acceptedWithVerificationOff(), each.shows());
        int expected = each.isGood() ? TlsCases.HANDSHAKES : 0;
        assertEquals(expected, outcome.accepted(), each.shows() + ": " + outcome.says());
      }
    }
    compare(table.toString());
  }

  private static void compare(String table) throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    assertEquals(true, begin >= BEGIN.length() && end >= begin, "the marks of the table");
    if (Boolean.getBoolean("docs.apply")) {
      document = document.substring(0, begin) + table + document.substring(end);
      Files.writeString(DOCUMENT, document);
      end = document.indexOf(END);
    }
    assertEquals(
        List.of(table.split("\n", -1)),
        List.of(document.substring(begin, end).split("\n", -1)),
        "run with -Ddocs.apply=true");
  }
}
