"""What bench/growth, bench/overload and bench/soak have in common: a running modgate, and the load on it."""
import atexit, contextlib, json, os, pathlib, platform, re, resource, shutil, signal, statistics, subprocess, sys, tempfile, time

HOME = pathlib.Path(__file__).resolve().parents[1]
NAME = f"bench/{pathlib.Path(sys.argv[0]).name}"
TICK = os.sysconf("SC_CLK_TCK")
MODULE = "bench.test"
VERSIONS = 100  # of a made-up module, at most

# The made-up modules are in no log, so they are exempt; and the load is not to be stopped by the breaker of its mirror.
CONFIG = """gonosumdb: ["bench.test"]
goproxy: "bench"
mirrors:
  bench:
    url: {upstream}
    concurrency: {concurrency}
"""

children = []


def fail(sentence):
    sys.exit(f"{NAME}: {sentence}")


def end_children():
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + 40
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        if child.poll() is None:
            child.kill()


def end(number, _):
    sys.exit(128 + number)


def prepare():
    """Ends all children however this ends, and gets what is needed; the folder for everything that is made."""
    atexit.register(end_children)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    if not os.path.isdir(f"/proc/{os.getpid()}/fd"):
        fail("Linux is needed: it looks at /proc")
    for tool, words in (("go", "Go 1.26 or newer"), ("taskset", "taskset (util-linux)"), ("prlimit", "prlimit (util-linux)")):
        if not shutil.which(tool):
            fail(f"{words} is needed")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    built = subprocess.run(["go", "build", "-o", HOME / "target/bench/load", "./load"], cwd=HOME / "bench/go")
    if built.returncode:
        fail("bench/go/load does not compile")
    if subprocess.run([HOME / "modgate", "--version"], stdout=subprocess.DEVNULL).returncode:
        fail("./modgate does not start")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="modgate-bench-"))
    # Registered later, so run earlier: first the children, then what they have open.
    atexit.register(lambda: (end_children(), shutil.rmtree(folder, ignore_errors=True)))
    return folder


def descriptors():
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def child(command, **more):
    started = subprocess.Popen([str(part) for part in command], text=True, **more)
    children.append(started)
    return started


def pinned(processors, command):
    return ["taskset", "-c", processors, *command] if processors else list(command)


def command(name, **flags):
    """A command of bench/go/load."""
    return [HOME / "target/bench/load", name, *(f"-{key}={value}" for key, value in flags.items())]


def load(name, processors="", **flags):
    """Runs one, and returns what it measured."""
    run = child(pinned(processors, command(name, **flags)), stdout=subprocess.PIPE)
    out = run.communicate()[0]
    if run.returncode:
        fail(f"load {name} ended with {run.returncode}")
    return json.loads(out)


def good(measured, status="200"):
    """Answers of that status a second, and their times in ms."""
    took = measured["took"].get(status, {"count": 0, "p50": 0, "p90": 0, "p99": 0, "max": 0})
    return took["count"] / measured["seconds"], took


def paths(file, lines):
    file.write_text("\n".join(lines) + "\n")
    return file


def upstream(**flags):
    process = child(command("upstream", **flags), stdout=subprocess.PIPE)
    return process.stdout.readline().strip()


def versions(artifacts):
    """Made-up modules with that many artifacts: .info and .mod of each version."""
    count = artifacts // 2
    each = min(VERSIONS, max(1, count // 10))
    for module in range(-(-count // each)):
        for version in range(min(each, count - module * each)):
            yield f"{MODULE}/store/m{module}", f"v1.{version}.0"


def fill(data, artifacts):
    """Writes them where a gate keeps what it has fetched; how many seconds that took."""
    begun = time.monotonic()
    folder = None
    for module, version in versions(artifacts):
        base = data / "cache/download" / module / "@v"
        if base != folder:
            base.mkdir(parents=True)
            folder = base
        for kind, text in (("info", f'{{"Version":"{version}","Time":"2026-01-01T00:00:00Z"}}'), ("mod", f"module {module}\n")):
            with open(f"{base}/{version}.{kind}", "w") as out:
                out.write(text)
    return time.monotonic() - begun


class Gate:
    """./modgate serve, as its users start it."""

    def __init__(self, data, config, options="", prefix=()):
        file = data.with_suffix(".yaml")
        file.write_text(config)
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("OTEL_", "MODGATE_"))}
        for kept in ("MODGATE_LAUNCHER_JAVA",):
            if kept in os.environ:
                environment[kept] = os.environ[kept]
        if options:
            environment["MODGATE_LAUNCHER_OPTS"] = options
        self.log = data.with_suffix(".log")
        begun = time.monotonic()
        self.process = child(
            [*prefix, HOME / "modgate", "serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0",
             "--config", file, "--data", data],
            env=environment, stdout=subprocess.PIPE, stderr=open(self.log, "w"))
        line = self.process.stdout.readline()
        self.ready = time.monotonic() - begun
        found = re.match(r"modgate: serving (\S+) \(admin (\S+)\)", line)
        if not found:
            fail(f"modgate did not start: {self.log.read_text()[-500:]}")
        self.url, self.admin = found.groups()
        self.pid = self.process.pid

    def status(self, key):
        text = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(rf"^{key}:\s+(\d+)", text, re.M).group(1))

    def rss(self):
        """MiB."""
        return self.status("VmRSS") / 1024

    def threads(self):
        return self.status("Threads")

    def open_files(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def cpu(self):
        """Seconds."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def live_heap(self):
        """MiB of objects that are reachable, after a collection; None where jcmd is missing."""
        jcmd = pathlib.Path(os.readlink(f"/proc/{self.pid}/exe")).with_name("jcmd")
        if not jcmd.exists():
            return None
        out = subprocess.run([jcmd, str(self.pid), "GC.class_histogram"], capture_output=True, text=True).stdout
        total = re.search(r"^Total\s+\d+\s+(\d+)", out, re.M)
        return int(total.group(1)) / 2**20 if total else None

    def is_alive(self):
        return self.process.poll() is None

    def close(self):
        self.process.terminate()
        self.process.wait()


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    version = subprocess.run([HOME / "modgate", "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    go = subprocess.run(["go", "version"], capture_output=True, text=True).stdout.split()[2]
    return (f"{time.strftime('%Y-%m-%d')}, {version}, {os.cpu_count()} processors "
            f"({model.group(1) if model else platform.machine()}), load {os.getloadavg()[0]:.1f} before, {go}")


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)


def median(numbers):
    return statistics.median(numbers)


def say(words):
    print(f"{NAME}: {words}", file=sys.stderr, flush=True)
