import dev.modgate.verify.*;
import dev.modgate.verify.module.*;
import dev.modgate.verify.sumdb.*;

/** Is a module's zip what the checksum database says? MODULE@VERSION ZIP GOSUMDB GOPROXY */
void main(String[] args) throws IOException {
  var version = ModuleVersion.parse(args[0]).orThrow();
  var key = DatabaseSpec.parse(args[2]).orThrow().key();
  var relay = LogSource.of("mirror", path -> get(args[3] + "/sumdb/" + key.name() + path));
  var jobs = Executors.newVirtualThreadPerTaskExecutor();
  var log =
      new ChecksumDatabase(key, LogStore.inMemory(), () -> List.of(relay), LogEvents.NONE, jobs);
  var verdict = new Verifier(log, jobs).judge(new Candidate.ZipFile(version, Path.of(args[1])));
  IO.println(
      switch (verdict) {
        case Verdict.Proven(var zip) -> "proven: " + zip.h1() + " by " + zip.provenance();
        case Verdict.Refuted(String rule, String reason) -> "refuted: " + rule + ": " + reason;
        case Verdict.Unprovable(Lookup lookup) -> "not proven: " + lookup;
      });
  System.exit(verdict instanceof Verdict.Proven ? 0 : 1);
}

LogSource.Answer get(String url) throws IOException {
  var http = (HttpURLConnection) URI.create(url).toURL().openConnection();
  return switch (http.getResponseCode()) {
    case 200 -> new LogSource.Answer.Body(http.getInputStream().readNBytes(LogSource.MAX_BYTES));
    case 404, 410 -> new LogSource.Answer.Missing(http.getResponseCode(), "not there");
    default -> new LogSource.Answer.Failed(http.getHeaderField(0));
  };
}
