"""The recorded mirror: a project of over 200 modules, one module of about 50 MB, and what the log says of them."""

import fcntl, json, math, os, pathlib, shutil, time, urllib.request

from .programs import Trouble, run
from .tools import HOME

# About 50 MB; the project's own modules have the smaller sizes.
LARGE = "github.com/Azure/azure-sdk-for-go@v51.3.0+incompatible"
SIZES = {"10 KB": 10e3, "1 MB": 1e6, "50 MB": 50e6}
LOG = "/sumdb/sum.golang.org"
FIRST_LINE = r"tape: (\S+) \(control (\S+)\)"


def clean_go(folder, proxy, sumdb="sum.golang.org"):
    """The environment of a go command that knows nothing of its user."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GO", "OTEL_", "MODGATE_"))}
    return kept | {
        "GOENV": "off",
        "GOTOOLCHAIN": "local",
        "GOFLAGS": "-mod=mod -modcacherw",
        "GOPROXY": proxy,
        "GOSUMDB": sumdb,
        "GOPATH": str(folder / "gopath"),
        "GOMODCACHE": str(folder / "gomodcache"),
    }


def download(folder, proxy, sumdb="sum.golang.org"):
    """go mod download all of the project with empty caches. Returns wall seconds, and the go.sum."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(HOME / "bench/project.mod", folder / "go.mod")
    start = time.monotonic()
    run("go mod download all", ["go", "mod", "download", "all"], cwd=folder, env=clean_go(folder, proxy, sumdb))
    seconds = time.monotonic() - start
    sums = (folder / "go.sum").read_text()
    shutil.rmtree(folder)
    return seconds, sums


class Tape:
    def __init__(self, tools, programs):
        self.tools, self.programs = tools, programs
        named = os.environ.get("MODGATE_BENCH_TAPE")
        self.folder = pathlib.Path(named) if named else pathlib.Path.home() / ".cache/modgate-bench-tape"
        self.files = self.folder / "files"
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.folder / "complete.json").exists():
                self.record()
        self.about = json.loads((self.folder / "complete.json").read_text())
        self.read()

    def record(self):
        """Once through modgate and once through go, so that the tape has what either asks for."""
        upstream = run("go env GOPROXY", ["go", "env", "GOPROXY"]).split(",")[0].split("|")[0].strip()
        if not upstream.startswith(("https://", "http://")):
            raise Trouble(f"the tape is recorded from the mirror that go env GOPROXY names first, and {upstream!r} is none")
        print(f"bench/run: recording the mirror to {self.folder} (once; some minutes, 200 MB)", flush=True)
        tape = self.programs.start("tape", [self.tools.tape, "record", self.folder, upstream], first_line=FIRST_LINE)
        scratch = self.programs.folder / "record"
        _, sums = download(scratch / "direct", tape.said[0])
        self.download_large(scratch / "large", tape.said[0])
        gate = self.programs.start(
            "modgate",
            [self.tools.modgate, "serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--data", scratch / "data"],
            environment=os.environ | {"MODGATE_GOPROXY": tape.said[0]},
            first_line=r"modgate: serving (\S+)",
        )
        _, gated = download(scratch / "gated", gate.said[0])
        if gated != sums:
            raise Trouble("through modgate go.sum comes out otherwise than directly, so the tape is not to be used")
        self.download_large(scratch / "large", gate.said[0])
        self.read()
        more = [zip.removesuffix(".zip") + ".info" for zip in self.zips]
        more += [zip.rsplit("/", 1)[0] + "/list" for zip in self.zips]
        more += [LOG + "/latest", LOG + "/supported"]
        self.ask(gate.said[0], sorted(set(more)), parallel=4, what="recording")
        gate.end()
        tape.end()
        head = (self.files / LOG[1:] / "latest").read_text().splitlines()[1]
        (self.folder / "complete.json").write_text(
            json.dumps({"recorded": time.strftime("%Y-%m-%d"), "modules": len(self.zips), "tree": int(head), "go.sum": sums})
        )

    def download_large(self, folder, proxy):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "go.mod").write_text("module bench.test/large\n")
        run(f"go mod download {LARGE}", ["go", "mod", "download", LARGE], cwd=folder, env=clean_go(folder, proxy))
        shutil.rmtree(folder)

    def read(self):
        """Paths below a proxy's address, as the files are named: with ! for capitals."""
        every = sorted(
            "/" + str(path.relative_to(self.files))
            for path in self.files.rglob("*")
            if path.is_file() and not path.name.startswith(".")
        )
        self.zips = [path for path in every if path.endswith(".zip")]
        self.hits = [zip.removesuffix("zip") + kind for zip in self.zips for kind in ("info", "mod")]
        self.log = [path for path in every if path.startswith((LOG + "/lookup/", LOG + "/tile/"))]
        self.every = self.zips + self.hits + self.log
        self.length = {path: (self.files / path[1:]).stat().st_size for path in self.every if (self.files / path[1:]).exists()}
        missing = [path for path in self.every if path not in self.length]
        if missing and (self.folder / "complete.json").exists():
            raise Trouble(f"the tape in {self.folder} lacks {missing[0]}; delete the folder, and it is recorded anew")
        self.sized = (
            {name: min(self.zips, key=lambda zip: abs(math.log(self.length[zip] / size))) for name, size in SIZES.items()}
            if self.zips
            else {}
        )

    def others(self, count=60):
        """Modules that none of the rows asks for, to have a proxy do some work before it is measured; each complete."""
        chosen = [zip for zip in self.zips if zip not in self.sized.values() and self.length[zip] < 400e3][:count]
        return [zip.removesuffix("zip") + kind for zip in chosen for kind in ("info", "mod", "zip")]

    def replay(self, link=None):
        flags = (
            [f"-latency={link.latency}ms", f"-connection={link.connection * 1e6:.0f}", f"-total={link.total * 1e6:.0f}"]
            if link
            else []
        )
        return Upstream(self.programs.start("tape", [self.tools.tape, "replay", self.folder, *flags], first_line=FIRST_LINE))

    def ask(self, base, paths, parallel=8, compare=False, what="asking"):
        """Asks a proxy for each path once; all must be right, and if so told, what is on the tape. Returns bytes."""
        listed = self.programs.folder / "paths"
        listed.write_text("".join(path + "\n" for path in paths))
        command = [self.tools.fetch, "once", f"-parallel={parallel}", base, listed] + ([self.files] if compare else [])
        found = json.loads(run(what, command))
        if found["wrong"] or found["right"] != len(paths):
            raise Trouble(f"{what}: {len(found['wrong'])} of {len(paths)} answers are wrong, such as {found['wrong'][:1]}")
        return found["bytes"]


class Upstream:
    def __init__(self, program):
        self.program = program
        self.url, self.control = program.said

    def counts(self):
        return json.load(urllib.request.urlopen(self.control + "/counts"))

    def reset(self):
        urllib.request.urlopen(urllib.request.Request(self.control + "/reset", method="POST")).read()
