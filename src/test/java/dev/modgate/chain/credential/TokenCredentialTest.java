package dev.modgate.chain.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.modgate.chain.credential.TokenSource.Token;
import dev.modgate.secret.RecentSecrets;
import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretListener;
import dev.modgate.verify.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The life of a token, on a clock that the test moves. */
final class TokenCredentialTest {

  private static final Duration LIFE = Duration.ofSeconds(100);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final AtomicInteger asked = new AtomicInteger();
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private boolean failing;

  @Test
  void show_atFirst_obtainsOneToken() {
    TokenCredential credential = credential();
    assertEquals(shown(1), credential.show());
    assertEquals(shown(1), credential.show());
    assertEquals(1, asked.get());
  }

  @Test
  void show_nearTheEnd_renewsBeforeIt() {
    TokenCredential credential = credential();
    credential.show();
    pass(79);
    assertEquals(shown(1), credential.show());
    assertEquals(1, asked.get());
    pass(1);
    credential.show();
    assertEquals(shown(2), credential.show());
    assertEquals(2, asked.get());
  }

  /** Nobody waits for a renewal while the token is good. */
  @Test
  void show_whileItIsRenewed_showsTheOldOne() throws InterruptedException {
    TokenCredential credential = credential(waiting::add);
    Thread first = Thread.startVirtualThread(credential::show);
    waiting.take().run();
    first.join();
    pass(80);
    for (int i = 0; i < 10; i++) {
      assertEquals(shown(1), credential.show());
    }
    assertEquals(1, waiting.size());
    waiting.remove().run();
    assertEquals(shown(2), credential.show());
  }

  @Test
  void show_renewalFails_keepsTheOldOneToItsEnd() {
    TokenCredential credential = credential();
    credential.show();
    failing = true;
    pass(80);
    for (int i = 0; i < 4; i++) {
      assertEquals(shown(1), credential.show());
    }
    assertEquals(2, asked.get());
    pass(5);
    credential.show();
    assertEquals(3, asked.get());
    pass(15);
    assertEquals(new Shown.Unavailable("out of order"), credential.show());
    failing = false;
    pass(5);
    assertEquals(shown(5), credential.show());
  }

  @Test
  void show_afterAFailure_pauses() {
    TokenCredential credential = credential();
    failing = true;
    for (int i = 0; i < 10; i++) {
      assertEquals(new Shown.Unavailable("out of order"), credential.show());
    }
    assertEquals(1, asked.get());
    failing = false;
    pass(TokenCredential.PAUSE.toSeconds());
    assertEquals(shown(2), credential.show());
  }

  @Test
  void insteadOf_aRefusedToken_renewsOnce() {
    TokenCredential credential = credential();
    CredentialHeader first = header(credential.show());
    assertEquals(shown(2), credential.insteadOf(first));
    assertEquals(shown(2), credential.insteadOf(first));
    assertEquals(2, asked.get());
    CredentialHeader second = header(credential.show());
    assertEquals(new Shown.Nothing(), credential.insteadOf(second));
    assertEquals(2, asked.get());
    pass(TokenCredential.PAUSE.toSeconds());
    assertEquals(shown(3), credential.insteadOf(second));
  }

  @Test
  void insteadOf_theSourceFails_saysWhy() {
    TokenCredential credential = credential();
    CredentialHeader first = header(credential.show());
    failing = true;
    assertEquals(new Shown.Unavailable("out of order"), credential.insteadOf(first));
  }

  @Test
  void show_theSourceBreaks_isAFailureForAll() {
    TokenCredential credential =
        new TokenCredential(
            () -> {
              throw new IllegalStateException("a bug");
            },
            CredentialHeader::bearer,
            new RecentSecrets(SecretListener.none()),
            () -> now,
            task -> Thread.ofVirtual().uncaughtExceptionHandler((_, _) -> {}).start(task));
    assertEquals(new Shown.Unavailable("the request for a token broke off"), credential.show());
  }

  /** The source answers when all 32 have asked or wait: then each has the same token. */
  @Test
  void show_thirtyTwoAtOnce_asksOnce() throws Exception {
    assertEquals(Set.of(shown(1)), atOnce(credential -> credential.show(), false));
    assertEquals(1, asked.get());
  }

  @Test
  void insteadOf_thirtyTwoAtOnce_asksOnce() throws Exception {
    CredentialHeader refused = header(shown(1));
    assertEquals(Set.of(shown(2)), atOnce(credential -> credential.insteadOf(refused), true));
    assertEquals(2, asked.get());
  }

  private interface Use {
    Shown of(TokenCredential credential);
  }

  private Set<Shown> atOnce(Use use, boolean withAToken) throws Exception {
    int users = 32;
    CountDownLatch started = new CountDownLatch(users);
    Set<Shown> results = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TokenSource slow =
          () -> {
            if (!withAToken || asked.get() > 0) {
              await(started);
            }
            return obtain();
          };
      TokenCredential credential = credential(slow, threads);
      if (withAToken) {
        credential.show();
      }
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < users; i++) {
        all.add(
            threads.submit(() -> {
              started.countDown();
              results.add(use.of(credential));
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    return results;
  }

  @Test
  void token_rotated_isToldOfBeforeItIsShown() {
    List<String> live = new ArrayList<>();
    TokenCredential credential =
        new TokenCredential(
            this::obtain,
            CredentialHeader::bearer,
            new RecentSecrets(secret -> {
              live.add(secret.reveal());
              return () -> live.remove(secret.reveal());
            }),
            () -> now,
            Runnable::run);
    for (int i = 1; i <= 3; i++) {
      assertFalse(credential.show().toString().contains("token-"));
      assertEquals("token-000" + i, live.getLast());
      pass(100);
    }
    assertEquals(List.of("token-0002", "token-0003"), live);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private TokenCredential credential() {
    return credential(Runnable::run);
  }

  private TokenCredential credential(Executor threads) {
    return credential(this::obtain, threads);
  }

  private TokenCredential credential(TokenSource source, Executor threads) {
    return new TokenCredential(
        source,
        CredentialHeader::bearer,
        new RecentSecrets(SecretListener.none()),
        () -> now,
        threads);
  }

  private Parsed<Token> obtain() {
    int number = asked.incrementAndGet();
    return failing ? Parsed.invalid("out of order") : Parsed.valid(new Token(token(number), LIFE));
  }

  private static Secret token(int number) {
    return Secret.of("token-000" + number).orThrow();
  }

  private static Shown shown(int number) {
    return new Shown.Ready(CredentialHeader.bearer(token(number)));
  }

  private static CredentialHeader header(Shown shown) {
    return assertInstanceOf(Shown.Ready.class, shown).header();
  }
}
