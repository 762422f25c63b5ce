"""Clients. Each returns what they saw, or raises Wrong: an answer that is not right is never counted as one."""

import json, subprocess

from .programs import run

# Says what wrk saw. The requests are made before the clock starts.
SCRIPT = """
local paths = { %s }
local requests, i = {}, 0
init = function() for k, path in ipairs(paths) do requests[k] = wrk.format("GET", path) end end
request = function() i = i %% #requests + 1; return requests[i] end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\\nSEEN {"requests": %%d, "bytes": %%d, "seconds": %%f, "p50": %%f, "p99": %%f, ' ..
    '"connect": %%d, "read": %%d, "write": %%d, "status": %%d, "timeout": %%d}\\n',
    summary.requests, summary.bytes, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    e.connect, e.read, e.write, e.status, e.timeout))
end
"""
ERRORS = ("connect", "read", "write", "status", "timeout")


class Wrong(Exception):
    """Why a row of a peer has no figure."""


class TooLong(Exception):
    """Why a row has no figure although nothing is broken: it would take longer than anybody waits."""


class Clients:
    def __init__(self, tools, folder):
        self.tools, self.folder = tools, folder
        self.patience = 30  # seconds that a client waits longer than it should have to

    def wrk(self, server, paths, mean, connections, seconds):
        """All paths in turn, over and over; mean is the length of a body. p50 and p99 in ms."""
        script = self.folder / "paths.lua"
        script.write_text(SCRIPT % ", ".join(json.dumps(path.replace("!", "%21")) for path in paths))
        out = subprocess.run(
            [
                str(self.tools.wrk),
                "-t1",
                f"-c{connections}",
                f"-d{seconds}s",
                "--timeout",
                f"{max(1, self.patience // 6)}s",
                "-s",
                str(script),
                server.url,
            ],
            capture_output=True,
            text=True,
            env=self.tools.environment,
        )
        lines = [line for line in out.stdout.splitlines() if line.startswith("SEEN ")]
        if out.returncode or not lines:
            raise Wrong(f"wrk failed: {(out.stderr or out.stdout).strip()[-200:]}")
        seen = json.loads(lines[0].removeprefix("SEEN ").replace("nan", "0"))
        judge(seen, mean)
        return {"rate": seen["requests"] / seen["seconds"], "requests": seen["requests"], "p50": seen["p50"], "p99": seen["p99"]}

    def load(self, server, path, length, connections, seconds):
        """One path over and over."""
        seen = self.fetch(
            "load", f"-connections={connections}", f"-seconds={seconds}", f"-timeout={seconds + self.patience}s", server.url, path
        )
        whole(seen, length)
        return {
            "rate": seen["requests"] / seen["seconds"],
            "requests": seen["requests"],
            "p50": seen["p50"] * 1e3,
            "p99": seen["p99"] * 1e3,
        }

    def burst(self, server, path, length, clients):
        """So many clients at the same moment, each once. Seconds to the last byte of the first and of the last of them."""
        patience = self.patience * 2 + clients // 8
        seen = self.fetch("burst", f"-clients={clients}", f"-timeout={patience}s", server.url, path)
        if "late" in seen:
            raise TooLong(f"not done after {patience} s")
        whole(seen, length)
        if seen["requests"] != clients:
            raise Wrong(f"{seen['requests']} of {clients} clients had an answer")
        return {"first": seen["first"], "half": seen["p50"], "last": seen["last"]}

    def fetch(self, *words):
        return json.loads(run("fetch", [self.tools.fetch, *words]))


def judge(seen, mean):
    """Of what wrk saw. It counts only statuses over 399 as errors, so that answers must be long enough, too."""
    errors = {kind: seen[kind] for kind in ERRORS if seen[kind]}
    if errors:
        raise Wrong(
            f"of {seen['requests']:,} answers some are wrong: " + ", ".join(f"{n:,} {kind}" for kind, n in errors.items())
        )
    if not seen["requests"]:
        raise Wrong("no answer")
    # The last round through the paths may be cut off; a head of 100 bytes at least comes with each answer.
    if seen["bytes"] / seen["requests"] < mean * 0.9 + 100:
        raise Wrong(f"an answer has {seen['bytes'] / seen['requests']:.0f} bytes, where the files alone have {mean:.0f}")


def whole(seen, length):
    if seen["errors"]:
        raise Wrong(f"{seen['errors']:,} requests failed beside {seen['requests']:,}: {seen['error']}")
    if not seen["requests"]:
        raise Wrong("no answer")
    if seen["bytes"] != seen["requests"] * length:
        raise Wrong(f"{seen['bytes']:,} bytes came in {seen['requests']:,} answers of a file of {length:,}")
