package dev.modgate.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.chain.Failure;
import dev.modgate.chain.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as go 1.26.8 and git 2.39.5 write them. */
final class GoWordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d.test/m.git@v1.5.0: invalid version: unknown revision v1.5.0",
        "go: module d.test/m.git/sub: no matching versions for query \"latest\"",
        "go: github.com/x@latest: invalid github.com import path \"github.com/x\"",
        "d.test/m@v1: unrecognized import path \"d.test/m\": reading https://d.test/m?go-get=1: 404"
            + " Not Found",
        "d.test/m@v1: unrecognized import path \"d.test/m\": parse https://d.test/m?go-get=1: no"
            + " go-import meta tags ()",
        "d.test/m@v1: invalid version: git ls-remote -q https://d.test/m in sandbox/x: exit status"
            + " 128:\n\tfatal: repository 'https://d.test/m/' not found",
        "exit status 128:\n\tERROR: Repository not found.\n\tfatal: Could not read from remote",
        "d.test/m@v2.0.0+incompatible: invalid version: module contains a go.mod file, so module"
            + " path must match major version (\"d.test/m/v2\")",
        "d.test/m@v0.0.0-20200101000000-0123456789ab: invalid pseudo-version: does not match"
            + " version-control timestamp (expected 20210101000000)",
        "d.test/m/v2@v2.0.0: invalid version: missing d.test/m/go.mod and .../v2/go.mod at revision"
            + " v2.0.0",
        "d.test/m/v2@v2.0.0: invalid version: go.mod has non-.../v2 module path \"d.test/m\" at"
            + " revision v2.0.0"
      })
  void meaning_theOriginHasNoSuchThing_isNotThere(String words) {
    Reply.NotThere reply =
        assertInstanceOf(Reply.NotThere.class, GoWords.meaning(words, 1, true), words);
    assertEquals(404, reply.status());
    assertTrue(reply.text().lines().allMatch(line -> line.length() <= 80), reply.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "https fetch: dial tcp: lookup d.test on 192.0.2.1:53: no such host;"
            + "the name of the origin's host does not resolve",
        "dial tcp 192.0.2.1:443: connect: connection refused;the origin could not be reached",
        "fatal: unable to access 'https://d.test/': Could not resolve host: d.test;"
            + "the name of the origin's host does not resolve",
        "tls: failed to verify certificate: x509: certificate signed by unknown authority;"
            + "the origin's certificate is not trusted",
        "Host key verification failed.;the origin's ssh host key is not known",
        "git@d.test: Permission denied (publickey).;the origin did not accept the credentials",
        "fatal: Authentication failed for 'https://d.test/';"
            + "the origin did not accept the credentials",
        "GOVCS disallows using hg for public d.test/m;"
            + "the origin is not kept in git, and nothing else is started",
        "m requires go >= 1.99 (running go 1.26.8, GOTOOLCHAIN=local);"
            + "the module needs a newer go command than the gate has",
        "fatal: transport 'ssh' not allowed;the origin's protocol is not allowed here",
        "exec: \"git\": executable file not found in $PATH;go found no git: install it",
        "no secure protocol found for repository;"
            + "the origin did not answer as a git repository over a protocol that is allowed",
        "something new;go ended with 1",
        "'';go ended with 1"
      })
  void meaning_anythingElse_isAFailureThatRepeatsNothing(String words, String how) {
    Reply reply = GoWords.meaning(words, 1, false);
    assertEquals(new Reply.Failed(new Failure.NotFetched(how)), reply);
  }

  /** GitHub says the same of what is private and of what does not exist. */
  @Test
  void meaning_theOriginAsksWho_dependsOnWhetherWeSaid() {
    String words = "fatal: could not read Username for 'https://d.test': terminal prompts disabled";
    assertInstanceOf(Reply.NotThere.class, GoWords.meaning(words, 1, false));
    assertEquals(
        GoWords.failed("the origin did not accept the credentials"),
        GoWords.meaning(words, 1, true));
  }

  @Test
  void printable_userAndPasswordOfAUrl_areGone() {
    for (String url :
        new String[] {
          "https://user:CANARY@d.test/m", "https://CANARY@d.test", "ssh://u:p@CANARY@d.test/"
        }) {
      String shown = GoWords.printable("fatal: unable to access '" + url + "': no");
      assertFalse(shown.contains("CANARY"), shown);
      assertTrue(shown.contains("://d.test"), shown);
    }
  }

  @Test
  void printable_anyText_isEightLinesOfPrintableAscii() {
    String shown = GoWords.printable("\u001b[31mred\n\n\t" + "x".repeat(1000) + "\n\u0000é\n");
    assertTrue(shown.lines().count() <= 8, shown);
    assertTrue(shown.lines().allMatch(line -> line.matches("[ -~]{1,80}")), shown);
    assertTrue(shown.startsWith("[31mred\nxxx"), shown);
  }
}
