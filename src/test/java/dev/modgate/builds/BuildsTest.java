package dev.modgate.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.edge.BuildShare;
import dev.modgate.edge.BuildShare.Part;
import dev.modgate.edge.BuildShare.Result;
import dev.modgate.edge.RequestObserver;
import dev.modgate.edge.Served;
import dev.modgate.protocol.Build;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BuildsTest {

  private static final Build BUILD = new Build("4711", Optional.empty());
  private static final Result TOLD = new Result.Told();

  private static final List<RequestObserver.Wait> WAITS =
      List.of(
          new RequestObserver.Wait("corp", Duration.ofMillis(400), Optional.of("timed-out")),
          new RequestObserver.Wait("quick", Duration.ofMillis(89), Optional.empty()),
          new RequestObserver.Wait("public", Duration.ofMillis(500), Optional.empty()));

  private Instant now = Instant.parse("2026-11-26T12:00:00Z");
  private final Builds builds = new Builds(() -> now);

  @Test
  void json_ofABuildNobodyHeardOf_isNone() {
    assertEquals(Optional.empty(), builds.json("4711"));
  }

  @Test
  void json_ofABuild_isItsWholeAccount() {
    ask(served("public", 100, share(Part.ZIP, 900, new Result.Proven("log.test", 10))));
    ask(served("store", 10, share(Part.GO_MOD, 2, new Result.Proven("log.test", 7))));
    ask(served("public", 5, share(Part.ZIP, 3, new Result.Exempt())));
    ask(served("public", 1, share(Part.INFO, 4, TOLD)));
    ask(served("store", 1, share(Part.LOG, 0, TOLD)));
    ask(served("", 9, share(Part.VERSIONS, 0, new Result.Absent())));
    now = now.plusSeconds(5);
    builds.asked(BUILD);
    assertEquals(
        """
        {"build":"4711","trace":"0af7651916cd43dd8448eb211c80319c",\
        "begun":"2026-11-26T12:00:00Z","last":"2026-11-26T12:00:05Z","asked":7,"open":1,\
        "zips":2,"goMods":1,"infos":1,"lists":0,"logParts":1,"bytes":126,\
        "sources":{"public":{"files":2,"bytes":105},"store":{"files":1,"bytes":10}},\
        "proven":2,"exempt":1,"database":"log.test","tree":10,"absent":1,"unanswered":0,\
        "refusals":0,"refused":[],"failures":0,"failed":[],"slowest":[\
        {"subject":"m.test/m@v1.0.0","part":"zip","millis":900,"source":"public",\
        "waits":[{"on":"corp","millis":400,"failure":"timed-out"},{"on":"public","millis":500}]},\
        {"subject":"m.test/m@v1.0.0","part":"info","millis":4,"source":"public","waits":[]},\
        {"subject":"m.test/m@v1.0.0","part":"zip","millis":3,"source":"public","waits":[]},\
        {"subject":"m.test/m@v1.0.0","part":"mod","millis":2,"source":"store","waits":[]},\
        {"subject":"m.test/m@v1.0.0","part":"log","millis":0,"source":"store","waits":[]}]}\
        """,
        json());
  }

  @Test
  void refusals_tellEachOnceAndCountAll() {
    Result refused = new Result.Refused("checksum-mismatch", "a: lied", "Beware.");
    ask(served("", 1, share(Part.ZIP, 0, refused)));
    ask(served("", 1, share(Part.ZIP, 0, refused)));
    ask(served("", 1, share(Part.ZIP, 0, new Result.Unavailable("a: timed out"))));
    ask(served("", 1, share(Part.ZIP, 0, new Result.Unanswered())));
    String json = json();
    assertTrue(
        json.contains(
            "\"unanswered\":1,\"refusals\":2,\"refused\":[{\"subject\":\"m.test/m@v1.0.0\","
                + "\"rule\":\"checksum-mismatch\",\"reason\":\"a: lied\",\"advice\":\"Beware.\"}]"),
        json);
    assertTrue(
        json.contains(
            "\"failures\":1,\"failed\":[{\"subject\":\"m.test/m@v1.0.0\",\"rule\":\"status 200\","
                + "\"reason\":\"a: timed out\",\"advice\":\"\"}]"),
        json);
  }

  /** Whatever a client does, an account and their number stay small. */
  @Test
  void accounts_ofAClientWithoutEnd_areBounded() {
    for (int i = 0; i < 2_000; i++) {
      ask(
          served(
              "mirror" + i,
              1,
              share(Part.ZIP, i, new Result.Refused("r" + i, "x".repeat(5_000), ""))));
      ask(served("mirror" + i, 1, share(Part.ZIP, i, new Result.Exempt())));
    }
    assertTrue(json().length() < 30_000, () -> json().length() + " characters");
    for (int i = 0; i < 2_000; i++) {
      builds.asked(new Build("b" + i, Optional.empty()));
    }
    assertEquals(256, builds.size());
    assertEquals(Optional.empty(), builds.json("4711"));
    assertTrue(builds.json("b1999").isPresent());
  }

  private String json() {
    return builds.json("4711").orElse("");
  }

  private void ask(Served served) {
    builds.asked(BUILD);
    builds.served(served);
  }

  private static BuildShare share(Part part, long millis, Result result) {
    return new BuildShare(
        BUILD,
        "m.test/m@v1.0.0",
        part,
        Duration.ofMillis(millis),
        millis == 900 ? WAITS : List.of(),
        result);
  }

  private static Served served(String mirror, long bytes, BuildShare share) {
    return new Served(
        "GET",
        Optional.of("/m.test/m/@v/v1.0.0.zip"),
        200,
        bytes,
        "192.0.2.1",
        Optional.of("0af7651916cd43dd8448eb211c80319c"),
        Optional.empty(),
        Optional.of(mirror).filter(name -> !name.isEmpty()),
        Optional.of(share),
        Optional.empty());
  }
}
