package dev.modgate.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModuleVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InfoDocumentTest {

  private static final ModuleVersion ASKED = ModuleVersion.parse("a.b/c@v1.2.3").orThrow();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Version':'v1.2.3'}",
        "{'Version':'v1.2.3','Time':'2023-04-05T06:07:08Z'}",
        "{'Version':'v1.2.3','Time':'2024-02-29T23:59:59.123456789+14:00','Name':'','Short':7}",
        "{'Version':'v1.2.3','Origin':{}}",
        "{'Version':'v1.2.3','Origin':null}",
        "{'Version':'v1.2.3','Origin':{'URL':null}}",
        "{'Origin':{'VCS':'git','Ref':'refs/tags/v1.2.3','more':[1]},'Version':'v1.2.3'}"
      })
  void about_whatGoReadsAlike_isTaken(String json) {
    assertEquals(Parsed.valid("v1.2.3"), about(json));
  }

  /** To the go command the last key that is the field in any case is the field. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Version':'v1.2.3','version':'v9.9.9'}",
        "{'Version':'v1.2.3','VERSION':'v1.2.3'}",
        "{'Version':'v1.2.3','Ver\u017fion':'v9.9.9'}",
        "{'Version':'v1.2.3','time':0}",
        "{'Version':'v1.2.3','origin':0}",
        "{'Version':'v1.2.3','Origin':{'url':0}}",
        "{'version':'v1.2.3'}"
      })
  void about_keyInOtherLetters_isRefused(String json) {
    assertFalse(about(json).isValid(), json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Version':'v1.2.3','Time':'2023-04-05T06:07Z'}",
        "{'Version':'v1.2.3','Time':'2023-04-05t06:07:08z'}",
        "{'Version':'v1.2.3','Time':'2023-04-05T06:07:08+01:00:30'}",
        "{'Version':'v1.2.3','Time':'2023-02-29T06:07:08Z'}",
        "{'Version':'v1.2.3','Time':'+12023-01-01T06:07:08Z'}",
        "{'Version':'v1.2.3','Time':0}",
        "{'Version':'v1.2.3','Origin':[]}",
        "{'Version':'v1.2.3','Origin':{'URL':7}}",
        "{'Version':'v1.2.4'}",
        "{'Version':'v1'}",
        "{'Version':''}",
        "{'Version':3}",
        "{}",
        "['v1.2.3']"
      })
  void about_whatGoDoesNotRead_orAboutAnother_isRefused(String json) {
    assertFalse(about(json).isValid(), json);
  }

  private static Parsed<String> about(String json) {
    return InfoDocument.about(json.replace('\'', '"').getBytes(UTF_8), ASKED);
  }
}
