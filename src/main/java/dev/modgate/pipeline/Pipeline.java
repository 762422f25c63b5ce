package dev.modgate.pipeline;

import dev.modgate.admission.Admission;
import dev.modgate.admission.Permit;
import dev.modgate.audit.Decision;
import dev.modgate.protocol.Request;
import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.module.ModuleVersion;
import java.util.Optional;

/**
 * The path of a request, whole: admitted or denied, answered by the part that knows its kind, and
 * written down.
 */
public final class Pipeline {

  private final Admission admission;
  private final Artifacts artifacts;
  private final Infos infos;
  private final Answers answers;
  private final LogRelay logs;
  private final Ledger ledger;
  private final AtHand atHand;

  public Pipeline(
      Admission admission,
      Artifacts artifacts,
      Infos infos,
      Answers answers,
      LogRelay logs,
      Ledger ledger,
      AtHand atHand) {
    this.admission = admission;
    this.artifacts = artifacts;
    this.infos = infos;
    this.answers = answers;
    this.logs = logs;
    this.ledger = ledger;
    this.atHand = atHand;
  }

  /**
   * Answers a request if its answer is at hand, without blocking. It is admitted and written down
   * as any other.
   *
   * @return empty if something has to be looked for, or to be waited for: see {@link #answer}
   */
  public Optional<Outcome> answerAtOnce(Request request, Client client) {
    return atHand
        .find(request)
        .filter(_ -> admission.admit(request) instanceof Admission.Admitted)
        .filter(kept -> ledger.decidedAtOnce(client, kept.decision()))
        .map(AtHand.Kept::outcome);
  }

  /**
   * Answers a request; every answer about a module leaves a line in the audit log. Call it on a
   * thread that may block.
   */
  public Outcome answer(Request request, Client client) throws InterruptedException {
    Outcome outcome =
        switch (admission.admit(request)) {
          case Admission.Admitted(Permit permit) -> answer(permit, request, client);
          case Admission.Denial(String rule, String reason) ->
              new Outcome.Refused(Refusal.denied(rule, reason));
        };
    Optional<Decision> decision = Ledger.decision(request, outcome);
    ledger.decided(client, decision);
    atHand.keep(request, outcome, decision);
    return outcome;
  }

  private Outcome answer(Permit permit, Request request, Client client)
      throws InterruptedException {
    return switch (request) {
      case Request.Zip(ModuleVersion v) -> artifacts.answer(permit, v, ArtifactKind.ZIP, client);
      case Request.GoMod(ModuleVersion v) ->
          artifacts.answer(permit, v, ArtifactKind.GO_MOD, client);
      case Request.Info(ModuleVersion v) -> infos.answer(permit, v, client);
      case Request.Mutable mutable -> answers.answer(permit, mutable, client);
      case Request.AboutDatabase log -> logs.answer(log);
    };
  }
}
