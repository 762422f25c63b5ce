package dev.modgate.chain;

import dev.modgate.secret.SecretWatch;
import java.time.Duration;

/**
 * Keeps what a mirror was shown from those who ask it. Words for people lose what is secret in
 * them; a document that repeats a secret is no answer. A zip on its way to the disk is not looked
 * into: it is proven, or it ends in quarantine, which looks.
 */
final class DiscreetMirror implements Mirror {

  private final Mirror next;
  private final SecretWatch watch;

  DiscreetMirror(Mirror next, SecretWatch watch) {
    this.next = next;
    this.watch = watch;
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    Reply reply = next.get(request);
    return switch (reply) {
      case Reply.Content(Payload.InMemory document, Duration _)
          when watch.isRepeatedIn(document.bytes()) ->
          new Reply.Failed(new Failure.Broken("repeated a secret that it was shown"));
      case Reply.NotThere(int status, String words) ->
          new Reply.NotThere(status, watch.clean(words));
      case Reply.Content _, Reply.Failed _, Reply.Cut _ -> reply;
    };
  }
}
