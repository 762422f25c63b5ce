"""The programs that are measured and that measure, and what machine they run on."""

import os, pathlib, platform, re, shutil, subprocess

from .programs import Trouble, run

HOME = pathlib.Path(__file__).resolve().parents[2]
# What is taken from Debian: the program, and the packages with it and the libraries that nothing else needs.
PACKAGES = {"nginx": ["nginx"], "wrk": ["wrk", "libluajit-5.1-2"]}


class Tools:
    def __init__(self, folder):
        self.cache = pathlib.Path(os.environ.get("MODGATE_BENCH_TOOLS") or pathlib.Path.home() / ".cache/modgate-bench-tools")
        self.environment = dict(os.environ)
        for needed in ("go", "mvn"):
            if not shutil.which(needed):
                raise Trouble(f"{needed} is needed and not there")
        self.nginx, self.wrk = self.debian("nginx"), self.debian("wrk")
        self.tape, self.sink, self.fetch = (self.build(name, folder) for name in ("tape", "sink", "fetch"))
        self.athens, self.goproxy = (self.named(variable) for variable in ("ATHENS_BIN", "GOPROXY_BIN"))
        self.modgate, self.jar = HOME / "modgate", HOME / "target/modgate.jar"
        self.java = run("bench/jdk", [HOME / "bench/jdk"]).strip()

    def debian(self, name):
        """What the machine has, or else what the package of the distribution has, unpacked outside of the repository."""
        found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
        if found:
            return found
        for place in ("usr/sbin", "usr/bin"):
            if (self.cache / place / name).exists():
                self.find_libraries()
                return self.cache / place / name
        if not (shutil.which("apt-get") and shutil.which("dpkg")):
            raise Trouble(f"{name} is needed and not there, and neither is apt-get to fetch it")
        self.cache.mkdir(parents=True, exist_ok=True)
        try:
            run(f"apt-get download {name}", ["apt-get", "download", "-qq", *PACKAGES[name]], cwd=self.cache)
        except Trouble:
            run("apt-get update", ["apt-get", "update", "-qq"])
            run(f"apt-get download {name}", ["apt-get", "download", "-qq", *PACKAGES[name]], cwd=self.cache)
        for package in self.cache.glob("*.deb"):
            run(f"dpkg -x {package.name}", ["dpkg", "-x", package, self.cache])
            package.unlink()
        return self.debian(name)

    def find_libraries(self):
        libraries = ":".join(str(folder) for folder in self.cache.glob("usr/lib/*-linux-*"))
        self.environment["LD_LIBRARY_PATH"] = libraries

    def build(self, name, folder):
        run(
            f"building bench/go/{name}",
            ["go", "build", "-o", folder / name, f"./{name}"],
            cwd=HOME / "bench/go",
            env=os.environ | {"GOFLAGS": "", "GOTOOLCHAIN": "local"},
        )
        return folder / name

    def named(self, variable):
        path = os.environ.get(variable)
        if path and not os.access(path, os.X_OK):
            raise Trouble(f"{variable} names {path}, which is not a program")
        return path or None

    def versions(self):
        def first(command):
            done = subprocess.run([str(w) for w in command], capture_output=True, text=True, env=self.environment)
            return ((done.stdout + done.stderr).strip().splitlines() or ["?"])[0]

        versions = {
            "modgate": f"{first([self.modgate, '--version'])}, commit {commit()}",
            "nginx": first([self.nginx, "-v"]).removeprefix("nginx version: "),
            "wrk": re.sub(r" Copyright.*", "", first([self.wrk, "-v"])),
            "go": first(["go", "version"]).removeprefix("go version "),
            "java": java(),
        }
        if self.athens:
            versions["Athens"] = first([self.athens, "-version"])
        if self.goproxy:
            versions["goproxy"] = first([self.goproxy, "--version"]).removeprefix("Version: ")
        return versions


def commit():
    """The last one that changed what is measured, which is not this benchmark."""

    def git(*words):
        return subprocess.run(
            ["git", "-C", str(HOME), *words, "--", "src/main", "pom.xml", "modgate"], capture_output=True, text=True
        ).stdout.strip()

    return (git("log", "-1", "--format=%h", "--abbrev=9") or "unknown") + ("-dirty" if git("status", "--porcelain") else "")


def java():
    """Of the JVM that ./modgate found: its launcher says it when it is asked for the JVM's version."""
    done = subprocess.run(
        [str(HOME / "modgate"), "--version"],
        capture_output=True,
        text=True,
        env=os.environ | {"MODGATE_LAUNCHER_OPTS": "-showversion"},
    )
    lines = (done.stderr + done.stdout).splitlines()
    return next((line for line in lines if "Runtime Environment" in line), "?").strip()


def machine():
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1)) / 2**20
    name = cpu.group(1) if cpu else platform.machine()
    return f"{os.cpu_count()} processors, {name}, {memory:.0f} GiB, kernel {platform.release()}"


def load_average():
    return f"{os.getloadavg()[0]:.1f}"
