package dev.modgate.admission;

import dev.modgate.protocol.Request;
import dev.modgate.protocol.Target;
import dev.modgate.protocol.TargetParser;
import dev.modgate.verify.module.ModulePatterns;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A request becomes a permit: with no pattern, and with as many as a large company may have. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AdmissionBenchmark {

  private static final int PATTERNS = 32;

  private final Admission open = new Admission(patterns(0), patterns(0));
  private final Admission guarded = new Admission(patterns(PATTERNS), patterns(PATTERNS));

  private Request logged = request("/github.com/aws/aws-sdk-go-v2/service/s3/@v/v1.61.0.mod");
  private Request exempt = request("/git31.corp.example/team/a/b/@v/v1.0.0.mod");

  @Benchmark
  public Permit noPattern() {
    return permit(open.admit(logged));
  }

  /** None of 64 patterns matches: each of them is tried. */
  @Benchmark
  public Permit noneMatches() {
    return permit(guarded.admit(logged));
  }

  /** The last of 32 patterns matches. */
  @Benchmark
  public Permit lastMatches() {
    Permit permit = permit(guarded.admit(exempt));
    if (!(permit.duty() instanceof Permit.Duty.Unlogged)) {
      throw new IllegalStateException("no pattern matched");
    }
    return permit;
  }

  private static Permit permit(Admission.Decision decision) {
    return switch (decision) {
      case Admission.Admitted(Permit permit) -> permit;
      case Admission.Denial denial -> throw new IllegalStateException(denial.toString());
    };
  }

  private static Request request(String target) {
    return switch (new TargetParser(List.of()).parse(target)) {
      case Target.Known(Request request) -> request;
      case Target other -> throw new IllegalStateException(other.toString());
    };
  }

  private static ModulePatterns patterns(int count) {
    return ModulePatterns.of(
        IntStream.range(0, count).mapToObj(i -> "git" + i + ".corp.example/team/*").toList());
  }
}
