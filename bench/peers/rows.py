"""What is measured. A row has contestants; one sample is of one contestant in one round."""

import dataclasses, resource, typing

from .load import TooLong, Wrong
from .programs import Trouble
from .servers import PassThrough
from .tape import LOG, SIZES, download

CONNECTIONS = (1, 16, 64, 256)
ZIP_CONNECTIONS = {"10 KB": 16, "1 MB": 16, "50 MB": 4}
CACHE, PASSED = "nginx proxy_cache", "pass-through"


@dataclasses.dataclass(frozen=True)
class Metric:
    key: str
    words: str
    higher: bool = False  # is better
    aim: float | None = None  # of modgate's ratio; or of the value itself, if nothing is compared
    compared: bool = True


RATE = (Metric("rate", "requests/s", True, 1.0), Metric("per_cpu", "requests per CPU second", True, 1.0))
P99 = Metric("p99", "p99", False, 2.0)


@dataclasses.dataclass(frozen=True)
class Row:
    key: str
    letter: str
    words: str
    against: str
    metrics: tuple
    measure: typing.Callable  # (bench, contestant) to a dict of figures
    contestants: typing.Callable  # bench to those that can do it
    heavy: bool = False  # measured in every second round only


@dataclasses.dataclass(frozen=True)
class Sample:
    row: str
    peer: str
    round: int
    figures: dict | None
    reason: str = ""  # why there are none
    is_wrong: bool = False  # rather than slow


class Plain:
    """A contestant that is no server: the go command with another GOPROXY."""

    def __init__(self, name, proxy):
        self.name, self.proxy = name, proxy


def sample(bench, row, contestant, number):
    try:
        return Sample(row.key, contestant.name, number, row.measure(bench, contestant))
    except TooLong as reason:
        return Sample(row.key, contestant.name, number, None, str(reason))
    except (Wrong, Trouble) as reason:
        return Sample(row.key, contestant.name, number, None, str(reason), True)


def measured(server, action):
    """What the clients saw, and what it cost the proxy."""
    before = server.program.cpu()
    figures = action()
    server.program.check()
    figures["cpu"] = server.program.cpu() - before
    figures["rss"] = server.program.rss() / 1e6
    if "requests" in figures:
        figures["per_cpu"] = figures["requests"] / max(figures["cpu"], 0.01)
    return figures


def warm_contestants(letter):
    return lambda bench: [peer for peer in bench.present if not bench.cant(peer, letter, "warm")]


def cold_contestants(letter, bases=()):
    return lambda bench: [base(bench) for base in bases] + [
        peer for peer in bench.present if not bench.cant(peer, letter, "cold")
    ]


def hits(connections):
    def measure(bench, peer):
        server = bench.warm(peer)
        return measured(server, lambda: bench.clients.wrk(server, bench.tape.hits, server.mean_hit, connections, bench.seconds))

    return measure


def log(bench, peer):
    server = bench.warm(peer)
    return measured(server, lambda: bench.clients.wrk(server, bench.tape.log, server.mean_log, 16, bench.seconds))


def warm_zip(size):
    def measure(bench, peer):
        server, path = bench.warm(peer), bench.tape.sized[size]
        return measured(
            server, lambda: bench.clients.load(server, path, bench.tape.length[path], ZIP_CONNECTIONS[size], bench.seconds)
        )

    return measure


def cold_zip(size, has_served, as_go):
    """Of a proxy that has just started, or has served other modules; as_go: and the .info and .mod of this one, as go asks."""

    def measure(bench, peer):
        path = bench.tape.sized[size]
        with bench.fresh(peer) as server:
            if has_served:
                bench.tape.ask(server.url, bench.tape.others(), what=f"{peer.name}, other modules")
            if as_go:
                bench.tape.ask(
                    server.url, [path.removesuffix("zip") + kind for kind in ("info", "mod")], what=f"{peer.name}, .info and .mod"
                )
            return measured(server, lambda: single(bench.clients.burst(server, path, bench.tape.length[path], 1)))

    return measure


def single(seen):
    return {"seconds": seen["last"]}


def crowd(bench, peer):
    path = bench.tape.sized["50 MB"]
    with bench.fresh(peer) as server:
        bench.far.reset()
        try:
            figures = measured(server, lambda: bench.clients.burst(server, path, bench.tape.length[path], bench.crowd))
        except TooLong as late:
            raise TooLong(f"{late}, in which the upstream was asked {bench.far.counts()['paths'].get(path, 0)} times") from late
        figures["spread"] = figures["last"] / figures["first"]
        figures["fetches"] = bench.far.counts()["paths"].get(path, 0)
        return figures


def project_warm(bench, contestant):
    if isinstance(contestant, Plain):
        return project(bench, contestant.proxy, contestant.name)
    server = bench.warm(contestant)
    return measured(server, lambda: project(bench, server.url, contestant.name))


def project_cold(bench, contestant):
    if isinstance(contestant, Plain):
        return project(bench, contestant.proxy, contestant.name)
    with bench.fresh(contestant) as server:
        return measured(server, lambda: project(bench, server.url, contestant.name))


def project(bench, proxy, name):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, sums = download(bench.folder / "client", proxy, "off" if name == "Athens" else "sum.golang.org")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if sums != bench.tape.about["go.sum"]:
        raise Wrong("go.sum has come out otherwise than when the tape was recorded")
    return {"seconds": seconds, "go_cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def seconds(aim):
    return (Metric("seconds", "time", False, aim),)


def all_rows(crowd_size):
    rows = [
        Row(
            f"hits-{n}",
            "a",
            f"warm .info and .mod, {n} connection{'s' if n > 1 else ''}",
            CACHE,
            RATE + (P99,),
            hits(n),
            warm_contestants("a"),
        )
        for n in CONNECTIONS
    ]
    rows += [
        Row(
            f"zip-{size.replace(' ', '')}",
            "b",
            f"warm zip of {size}, {ZIP_CONNECTIONS[size]} connections",
            CACHE,
            RATE,
            warm_zip(size),
            warm_contestants("b"),
        )
        for size in SIZES
    ]
    rows += [
        Row(
            "log",
            "e",
            "lookups and tiles, 16 connections",
            CACHE,
            tuple(dataclasses.replace(m, aim=None) for m in RATE),
            log,
            warm_contestants("e"),
        )
    ]
    for key, words, aim, has_served, as_go in (
        ("cold", "cold zip of", 1.05, True, False),
        ("asgo", "cold zip after its .info and .mod, of", 1.05, True, True),
        ("first", "first request after the start, a cold zip of", None, False, False),
    ):
        rows += [
            Row(
                f"{key}-{size.replace(' ', '')}",
                "c",
                f"{words} {size}",
                PASSED,
                seconds(aim),
                cold_zip(size, has_served, as_go),
                cold_contestants("c", (PassThrough,)),
                heavy=True,
            )
            for size in SIZES
        ]
    rows += [
        Row(
            "project-warm",
            "d",
            "go mod download all, warm",
            "GOPROXY=file://",
            seconds(1.10),
            project_warm,
            lambda bench: [Plain("GOPROXY=file://", f"file://{bench.tape.files}")] + warm_contestants("d")(bench),
            heavy=True,
        ),
        Row(
            "project-cold",
            "d",
            "go mod download all, cold",
            "direct",
            seconds(1.10),
            project_cold,
            lambda bench: [Plain("direct", bench.far.url)] + cold_contestants("d")(bench),
            heavy=True,
        ),
        Row(
            "crowd",
            "f",
            f"{crowd_size:,} clients at once for a cold zip of 50 MB",
            CACHE,
            (
                Metric("last", "last client done"),
                Metric("fetches", "upstream fetches", False, 1, False),
                Metric("spread", "last client's time by the first one's", False, 1.5, False),
            ),
            crowd,
            cold_contestants("f"),
            heavy=True,
        ),
    ]
    return rows
