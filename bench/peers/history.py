"""The committed history of ratios: bench/peers.csv."""

import csv, time

from .tools import HOME, commit, machine

FILE = HOME / "bench/peers.csv"
FIELDS = [
    "date",
    "machine",
    "load",
    "commit",
    "nginx",
    "go",
    "row",
    "metric",
    "peer",
    "against",
    "rounds",
    "median",
    "least",
    "most",
]


class History:
    def __init__(self):
        self.last = {}
        if FILE.exists():
            with open(FILE, newline="") as file:
                for line in csv.DictReader(file):
                    self.last[line["row"], line["metric"], line["peer"]] = line

    def before(self, ratio):
        """What was recorded last, and how this differs from it."""
        line = ratio and self.last.get((ratio.row, ratio.metric, ratio.peer))
        if not line:
            return ""
        was = float(line["median"])
        return f"{was:.2f} on {line['date']} ({(ratio.median / was - 1) * 100:+.0f} %)"

    @staticmethod
    def append(found, versions, load):
        new = not FILE.exists()
        with open(FILE, "a", newline="") as file:
            out = csv.DictWriter(file, FIELDS, lineterminator="\n")
            if new:
                out.writeheader()
            for r in found:
                out.writerow(
                    {
                        "date": time.strftime("%Y-%m-%d"),
                        "machine": machine(),
                        "load": load,
                        "commit": commit(),
                        "nginx": versions["nginx"],
                        "go": versions["go"],
                        "row": r.row,
                        "metric": r.metric,
                        "peer": r.peer,
                        "against": r.against,
                        "rounds": r.rounds,
                        "median": f"{r.median:.3f}",
                        "least": f"{r.least:.3f}",
                        "most": f"{r.most:.3f}",
                    }
                )
