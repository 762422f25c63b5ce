package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpanNamesTest {

  @ParameterizedTest
  @CsvSource({"GET, GET /x", "HEAD, HEAD /x", "POST, HTTP /x", "_OTHER, HTTP /x", "get, HTTP /x"})
  void request_methodAndRoute_areTheNameAndOtherMethodsAreHttp(String method, String name) {
    assertEquals(name, SpanNames.request(method, "/x"));
  }

  @Test
  void isKnownMethod_getAndHead_alone() {
    assertTrue(SpanNames.isKnownMethod("GET"));
    assertTrue(SpanNames.isKnownMethod("HEAD"));
    assertFalse(SpanNames.isKnownMethod("PUT"));
    assertFalse(SpanNames.isKnownMethod("get"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "HTTP"})
  void clean_aRouteWithItsMethod_stays(String method) {
    for (String route : SpanNames.ROUTES) {
      assertEquals(method + " " + route, SpanNames.clean(method + " " + route));
    }
  }

  @ParameterizedTest
  @EnumSource
  void clean_aStepOfOurs_stays(SpanName name) {
    assertEquals(name.text(), SpanNames.clean(name.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET",
        "/status",
        "GET /github.com/private/module/@v/list",
        "POST /status",
        "_OTHER /status",
        "GET  /status",
        "ATTEMPT",
        "attempt "
      })
  void clean_anyOther_isRedacted(String name) {
    assertEquals("redacted", SpanNames.clean(name));
  }
}
