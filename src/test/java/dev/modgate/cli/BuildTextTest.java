package dev.modgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BuildTextTest {

  private static final BuildText.Facts FACTS =
      new BuildText.Facts(
          "go", 1, Duration.ofMillis(12_345), "4711", "http://127.0.0.1:8080", "0af7");

  @Test
  void lines_ofAWholeAccount_tellItAligned() {
    assertEquals(
        """
        modgate: build 4711: go ended with 1 after 12.3 s
          served    2 modules, 1 go.mod file, 4 answers about versions, 9 parts of the checksum database; 1.2 MB
          from      public      1 file      1.2 MB
                    store      12 files    10.0 kB
          proven    3 files at tree 51929436 of sum.golang.org
          unproven  1 file that gonosumdb exempts
          refused   rsc.io/quote@v1.5.2: checksum-mismatch
                      mirror-a: delivered h1:ZFjTbW7mLJwTSXAi/eiU9C7wAPXRSv2BaTLlELPw4F0= but the log has
                      h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=
                      Do not switch the check off.
                    3 answers in all, in the audit log
          failed    m.test/m@v1.0.0: status 504
                      public: timed out
          slowest   2.31 s  m.test/longer@v1.0.0 zip  corp 2.00 s (timed-out), public 0.30 s
                    0.05 s  m.test/m@v1.0.0 mod       the gate itself
          gate      http://127.0.0.1:8080
          trace     0af7
        """,
        text(
            """
            {"zips":2,"goMods":1,"infos":3,"lists":1,"logParts":9,"bytes":1234567,
             "sources":{"public":{"files":1,"bytes":1224567},"store":{"files":12,"bytes":10000}},
             "proven":3,"exempt":1,"database":"sum.golang.org","tree":51929436,
             "refusals":3,"refused":[{"subject":"rsc.io/quote@v1.5.2","rule":"checksum-mismatch",
               "reason":"mirror-a: delivered h1:ZFjTbW7mLJwTSXAi/eiU9C7wAPXRSv2BaTLlELPw4F0= but the log has h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=",
               "advice":"Do not switch the check off."}],
             "failures":1,"failed":[{"subject":"m.test/m@v1.0.0","rule":"status 504",
               "reason":"public: timed out","advice":""}],
             "slowest":[
               {"subject":"m.test/longer@v1.0.0","part":"zip","millis":2310,"source":"public",
                "waits":[{"on":"corp","millis":2000,"failure":"timed-out"},{"on":"public","millis":300}]},
               {"subject":"m.test/m@v1.0.0","part":"mod","millis":50,"source":"store","waits":[]},
               {"subject":"m.test/m@v1.0.0","part":"zip","millis":9,"source":"store","waits":[]}]}
            """,
            true));
  }

  @Test
  void lines_whenNothingWasRefused_saySo() {
    assertEquals(
        """
        modgate: build 4711: go ended with 1 after 12.3 s
          served    1 module; 7 B
          from      store      1 file         7 B
          proven    all 1 file at tree 5 of log.test
          refused   none
          slowest   nothing took longer than 0.01 s
          gate      http://127.0.0.1:8080
          trace     0af7
        """,
        text(
            """
            {"zips":1,"bytes":7,"sources":{"store":{"files":1,"bytes":7}},"proven":1,
             "tree":5,"database":"log.test","refused":[],
             "slowest":[{"subject":"m.test/m@v1.0.0","part":"mod","millis":12}]}
            """,
            true));
  }

  @Test
  void lines_whenEverythingWasRefused_sayNothingOfTheSizeOfRefusals() {
    assertEquals(
        "  served    nothing",
        text("{\"bytes\":700}", true).lines().skip(1).findFirst().orElse(""));
  }

  @Test
  void lines_withoutAnAccount_sayWhy() {
    assertEquals(
        "  served    nothing was asked for; go's own module cache may have had it all",
        text("", true).lines().skip(1).findFirst().orElse(""));
    assertEquals(
        "  served    not known: the gate's admin listener does not answer (--admin URL)",
        text("", false).lines().skip(1).findFirst().orElse(""));
  }

  /** A gate at another address may say anything. */
  @Test
  void lines_ofAnAccountOfOtherForm_showWhatCanBeRead() {
    String text =
        text(
            "{\"zips\":\"x\",\"sources\":[1],\"refused\":{},\"slowest\":[7,{}],\"proven\":-1}",
            true);
    assertEquals(6, text.lines().count(), text);
  }

  private static String text(String account, boolean isKnown) {
    BuildText text =
        new BuildText(
            FACTS, account.isEmpty() ? Optional.empty() : RunningGate.json(account), isKnown);
    return String.join("\n", text.lines()) + "\n";
  }
}
