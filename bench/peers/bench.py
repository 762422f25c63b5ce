"""One run: the upstreams, the warm peers, and the rounds."""

import contextlib, json, sys, time, urllib.request

from .load import Clients, Wrong
from .programs import Trouble
from .rows import sample
from .servers import Modgate, all_peers
from .tape import Tape

BEGAN = time.monotonic()
WARM_UP = 16  # connections, while a JVM compiles
LONGEST_WARM_UP = 120  # seconds


class Bench:
    def __init__(self, options, folder, programs, tools):
        self.folder, self.programs, self.tools = folder, programs, tools
        self.seconds, self.crowd, self.warm_up = options.seconds, options.clients, options.warm_up
        self.tape = Tape(tools, programs)
        self.clients = Clients(tools, folder)
        self.folders = 0
        self.near, self.far = self.tape.replay(), self.tape.replay(options)
        self.sink_url = programs.start("sink", [tools.sink], first_line=r"sink: (\S+)").said[0]
        self.peers = all_peers(self)
        self.present = [peer for peer in self.peers if not peer.reason_absent]
        self.servers, self.broken = {}, {}

    def cant(self, peer, letter, state):
        """Why a peer can't do a row; "" if it can."""
        return peer.reason_absent or peer.cant.get(letter) or peer.cant.get(state) or ""

    def warm(self, peer):
        if peer.name in self.broken:
            raise Wrong(self.broken[peer.name])
        return self.servers[peer.name]

    @contextlib.contextmanager
    def fresh(self, peer):
        """With an empty store, over the shaped link, for as long as the row lasts."""
        server = peer.start(self.far)
        try:
            yield server
        finally:
            server.end()

    def start_warm(self, peer):
        """Over an upstream as fast as it goes; asked for all of the tape twice, and compared with it."""
        server = peer.start(self.near)
        self.servers[peer.name] = server
        relays = not peer.cant.get("e")
        try:
            self.tape.ask(
                server.url, self.tape.zips + self.tape.hits + (self.tape.log if relays else []), what=f"{peer.name}, warming"
            )
            self.check_warm(peer)
            server.mean_hit = self.tape.ask(server.url, self.tape.hits) / len(self.tape.hits)
            if relays:
                server.mean_log = self.tape.ask(server.url, self.tape.log) / len(self.tape.log)
            self.run_in(server)
        except (Wrong, Trouble) as reason:
            self.broken[peer.name] = str(reason)

    def run_in(self, server):
        """As many requests as a JVM needs until it has compiled what they go through; the same for all."""
        served, begin = 0, time.monotonic()
        while served < self.warm_up and time.monotonic() - begin < LONGEST_WARM_UP:
            served += self.clients.wrk(server, self.tape.hits, server.mean_hit, WARM_UP, 2)["requests"]
            for size in ("10 KB", "1 MB"):
                path = self.tape.sized[size]
                served += self.clients.load(server, path, self.tape.length[path], WARM_UP, 1)["requests"]

    def check_warm(self, peer):
        paths = self.tape.zips + self.tape.hits + ([] if peer.cant.get("e") else self.tape.log)
        self.tape.ask(self.servers[peer.name].url, paths, compare=True, what=f"{peer.name}, compared with the tape")

    def rounds(self, rows, count):
        """Everything in turn; who begins changes from round to round. Rows that take long are in every second round."""
        needs_warm = any(row.letter in "abe" or row.key == "project-warm" for row in rows)
        samples, late = [], set()
        if needs_warm:
            for peer in self.present:
                say(f"starting and warming {peer.name}")
                self.start_warm(peer)
        for number in range(count):
            for row in rows:
                if row.heavy and number % 2:
                    continue
                contestants = row.contestants(self)
                turn = number % len(contestants)
                for contestant in contestants[turn:] + contestants[:turn]:
                    if (row.key, contestant.name) in late:
                        continue
                    say(f"round {number + 1} of {count}: {row.words}: {contestant.name}")
                    samples.append(sample(self, row, contestant, number))
                    if not samples[-1].figures and not samples[-1].is_wrong:
                        late.add((row.key, contestant.name))
        for peer in self.present if needs_warm else []:
            say(f"comparing what {peer.name} serves with the tape")
            if peer.name not in self.broken:
                try:
                    self.check_warm(peer)
                except Trouble as reason:
                    self.broken[peer.name] = f"at the end: {reason}"
        say("")
        return samples

    def holes(self):
        """What the tape was asked for and did not know."""
        return sorted(set(self.near.counts()["unknown"]) | set(self.far.counts()["unknown"]))

    def telemetry(self):
        """How much came to the collector, and how many spans the warm modgate dropped."""
        came = json.load(urllib.request.urlopen(self.sink_url))
        warm = self.servers.get(Modgate.name)
        dropped = Modgate.spans_dropped(warm) if warm and warm.program.process.poll() is None else None
        return {path: taken["bytes"] for path, taken in came.items()}, dropped


def say(words):
    """Progress, for a person who waits."""
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)
    elif words:
        print(f"bench/run: {time.monotonic() - BEGAN:4.0f} s  {words}", file=sys.stderr, flush=True)
