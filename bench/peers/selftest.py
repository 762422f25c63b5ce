"""Broken peers, and a right one: what must fail does fail, by its own fault and with no figure."""

import contextlib, json, socket, threading

from . import report
from .load import Clients, Wrong
from .programs import Trouble
from .rows import Metric, Row, measured, sample
from .tape import Tape

BODY, PATH = b'{"Version":"v1.0.0","Time":"2026-01-01T00:00:00Z"}' * 40, "/bench.test/peer/@v/v1.0.0.zip"
ANSWER = b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s"


def answer(fault, number):
    """What a peer with this fault sends as its so many-th answer; None ends the connection."""
    right = ANSWER % (
        b"200 OK",
        len(BODY),
        b"Content-Type: text/plain\r\nServer: broken/1.0 for the self-test of bench/run\r\n",
        BODY,
    )
    match fault:
        case "none":
            return right
        case "500 now and then":
            return right if number % 10 else ANSWER % (b"500 Internal Server Error", len(BODY), b"", BODY)
        case "404":
            return ANSWER % (b"404 Not Found", 0, b"", b"")
        case "redirects":
            return ANSWER % (b"302 Found", 0, b"Location: /elsewhere\r\n", b"")
        case "empty":
            return ANSWER % (b"200 OK", 0, b"", b"")
        case "cut off":
            return right if number % 10 else right[:-21]
        case "hangs up":
            return None
        case "silent":
            return b""
        case "other bytes":
            return right.replace(b"v1.0.0", b"v1.0.1")
    raise ValueError(fault)


# All clients must find these; "other bytes" only the one that compares.
FAULTS = ("500 now and then", "404", "redirects", "empty", "cut off", "hangs up", "silent")


class BrokenPeer:
    """A server of the self-test, on threads of this process."""

    name = "broken"

    def __init__(self, fault):
        self.fault, self.number = fault, 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.program = self
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection, contextlib.suppress(OSError):
            while connection.recv(4096):
                self.number += 1
                sent = answer(self.fault, self.number)
                if sent is None:
                    return
                connection.sendall(sent)
                if self.fault == "cut off" and sent[-20:] != BODY[-20:]:
                    return

    def cpu(self):
        return 0.0

    def rss(self):
        return 0

    def check(self):
        pass

    def close(self):
        self.listener.close()


class Stand:
    """As much of a bench as a row needs."""

    def __init__(self, peer):
        self.peers = self.present = [peer]
        self.broken = {}

    @staticmethod
    def cant(*_):
        return ""


def clients(folder, programs, tools):
    """Each way in which answers are counted, as a function of a server."""
    these = Clients(tools, folder)
    these.patience = 6
    tape = Tape.__new__(Tape)
    tape.tools, tape.programs, tape.files = tools, programs, folder / "files"
    (tape.files / PATH[1:]).parent.mkdir(parents=True)
    (tape.files / PATH[1:]).write_bytes(BODY)
    return {
        "wrk": lambda server: these.wrk(server, [PATH], len(BODY), 4, 1),
        "load": lambda server: these.load(server, PATH, len(BODY), 4, 1),
        "burst": lambda server: these.burst(server, PATH, len(BODY), 20),
        "compare": lambda server: {"requests": 20, "bytes": tape.ask(server.url, [PATH] * 20, compare=True)},
    }


def run(folder, programs, tools):
    ways, wrong = clients(folder, programs, tools), 0
    for fault in ("none", *FAULTS, "other bytes"):
        for way, ask in ways.items():
            if fault == "other bytes" and way != "compare" or fault == "silent" and way in ("burst", "compare"):
                continue  # these two wait for minutes, for a slow proxy's sake
            peer = BrokenPeer(fault)
            row = Row(
                "test",
                "a",
                f"{fault}, seen by {way}",
                "",
                (Metric("cpu", "CPU", compared=False),),
                lambda _, p: measured(p, lambda: ask(p)),
                None,
            )
            got = sample(Stand(peer), row, peer, 0)
            peer.close()
            right = (got.figures is None) == (fault != "none")
            # A row that failed has no ratio, a line that says so, and makes the command fail.
            right &= bool(report.ratios([row], [got])) == (fault == "none")
            right &= bool(report.failures(Stand(peer), [got])) == (fault != "none")
            wrong += not right
            said = got.reason or json.dumps(got.figures)
            print(f"{'ok  ' if right else 'BAD '} {fault:18} {way:8} {said[:110]}", flush=True)
    print(f"selftest: {'all as it must be' if not wrong else f'{wrong} WRONG'}")
    return 1 if wrong else 0
