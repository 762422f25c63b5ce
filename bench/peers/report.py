"""Tables in markdown: ratios with their spread and the aims, and the figures themselves."""

import dataclasses, statistics

from .servers import PassThrough


@dataclasses.dataclass(frozen=True)
class Ratio:
    """Of one metric of a peer to what it is compared with; of the value itself if nothing is."""

    row: str
    metric: str
    peer: str
    against: str
    rounds: int
    median: float
    least: float
    most: float


def spread(values):
    return statistics.median(values), min(values), max(values)


def ratios(rows, samples):
    """Round by round, because what disturbs a round disturbs all of its contestants."""
    found = []
    figures = {(s.row, s.peer, s.round): s.figures for s in samples if s.figures}
    for row in rows:
        for name in dict.fromkeys(s.peer for s in samples if s.row == row.key):
            for metric in row.metrics:
                values = [
                    f[metric.key] / (figures[base][metric.key] if metric.compared else 1)
                    for (key, peer, number), f in figures.items()
                    for base in [(key, row.against, number)]
                    if key == row.key and peer == name and (not metric.compared or base in figures)
                ]
                if values:
                    against = row.against if metric.compared else ""
                    found.append(Ratio(row.key, metric.key, name, against, len(values), *spread(values)))
    return found


def verdict(metric, ratio):
    if metric.aim is None:
        return "", ""
    bound = f"{'≥' if metric.higher else '≤'} {metric.aim:g}"
    if ratio is None:
        return bound, "not measured"
    met = ratio.median >= metric.aim if metric.higher else ratio.median <= metric.aim
    return bound, "met" if met else "**missed**"


def ratio_table(rows, found, bench, samples, history):
    columns = [peer for peer in bench.peers]
    lines = [
        "| | against | " + " | ".join(peer.name for peer in columns) + " | aim | modgate | recorded before |",
        "|---|---|" + "---|" * (len(columns) + 3),
    ]
    by = {(r.row, r.metric, r.peer): r for r in found}
    for row in rows:
        for metric in row.metrics:
            cells = []
            for peer in columns:
                ratio = by.get((row.key, metric.key, peer.name))
                cells.append(
                    cell(ratio)
                    if ratio
                    else (
                        "–"
                        if bench.cant(peer, row.letter, "cold" if row.heavy and row.key != "project-warm" else "warm")
                        else "failed" if any(s.is_wrong for s in samples if (s.row, s.peer) == (row.key, peer.name)) else "–"
                    )
                )
            mine = by.get((row.key, metric.key, "modgate"))
            lines.append(
                f"| ({row.letter}) {row.words}: {metric.words} | {row.against if metric.compared else ''} | "
                + " | ".join(cells)
                + " | "
                + " | ".join(verdict(metric, mine))
                + f" | {history.before(mine)} |"
            )
    return "\n".join(lines)


def cell(ratio):
    if ratio.rounds == 1:
        return f"{ratio.median:.2f}"
    return f"{ratio.median:.2f} ({ratio.least:.2f} to {ratio.most:.2f})"


COLUMNS = (
    ("rate", "requests/s", ",.0f"),
    ("per_cpu", "requests per CPU s", ",.0f"),
    ("p50", "p50 ms", ".2f"),
    ("p99", "p99 ms", ".2f"),
    ("first", "first client s", ".2f"),
    ("half", "half of the clients s", ".2f"),
    ("last", "last client s", ".2f"),
    ("seconds", "time s", ".3f"),
    ("go_cpu", "CPU s of go", ".1f"),
    ("cpu", "CPU s", ".2f"),
    ("rss", "RSS MB", ",.0f"),
)


def figure_tables(rows, samples):
    """One table for each kind of row: medians of the rounds."""
    parts = []
    kinds = {}
    for row in rows:
        kinds.setdefault((row.letter, row.measure.__qualname__), []).append(row)
    for group in kinds.values():
        of = {}
        for s in samples:
            if s.figures and any(s.row == row.key for row in group):
                of.setdefault((s.row, s.peer), []).append(s.figures)
        chosen = [c for c in COLUMNS if any(c[0] in f for fs in of.values() for f in fs)]
        lines = ["| | | " + " | ".join(words for _, words, _ in chosen) + " |", "|---|---|" + "---|" * len(chosen)]
        for row in group:
            for name in dict.fromkeys(s.peer for s in samples if s.row == row.key):
                if (row.key, name) in of:
                    lines.append(
                        f"| ({row.letter}) {row.words} | {name} | "
                        + " | ".join(
                            (
                                format(statistics.median(f[key] for f in of[row.key, name]), style)
                                if key in of[row.key, name][0]
                                else "–"
                            )
                            for key, _, style in chosen
                        )
                        + " |"
                    )
        if of:
            parts.append("\n".join(lines))
    return "\n\n".join(parts)


def not_done(rows, bench, samples):
    """Who can't do what, and what has failed."""
    lines = [f"- {peer.name}: skipped, {peer.reason_absent}." for peer in bench.peers if peer.reason_absent]
    letters = dict.fromkeys((row.letter, "cold" if row.heavy and row.key != "project-warm" else "warm") for row in rows)
    for peer in bench.present:
        reasons = {}
        for letter, state in letters:
            if bench.cant(peer, letter, state):
                reasons.setdefault(bench.cant(peer, letter, state), []).append(f"({letter}{', cold' if letter == 'd' else ''})")
        lines += [f"- {peer.name}: can't do {', '.join(which)}: {reason}." for reason, which in reasons.items()]
    if any(letter == "f" for letter, _ in letters):
        lines.append(f"- {PassThrough.name}: can't do (f): {PassThrough.cant['f']}.")
    if any(peer.name == "Athens" for peer in bench.present):
        lines.append("- Athens: (d) with GOSUMDB=off, because it does not relay the database over this upstream.")
    return lines


def failures(bench, samples):
    lines = [f"- FAILED: {name}: {reason}." for name, reason in bench.broken.items()]
    seen = {}
    for s in samples:
        if s.is_wrong:
            seen.setdefault((s.row, s.peer), s.reason)
    return lines + [f"- FAILED: {row}, {peer}: {reason}." for (row, peer), reason in seen.items()]


def too_long(samples):
    return [f"- {s.peer}: {s.row}: {s.reason}." for s in samples if not s.figures and not s.is_wrong]
