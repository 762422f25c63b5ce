"""The command."""

import argparse, pathlib, re, shutil, signal, sys, tempfile, time

from . import plot, report, selftest
from .bench import Bench
from .history import History
from .programs import Programs, Trouble
from .rows import all_rows
from .tools import Tools, load_average, machine


def parse(text, words):
    parser = argparse.ArgumentParser(prog="bench/run", description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--quick", action="store_true", help="all rows in less than four minutes: 2 rounds, 1 s each, 200 clients in (f)"
    )
    parser.add_argument("--rounds", type=int, help="default 5; (c), (d) and (f) take part in every second one")
    parser.add_argument("--only", default="a,b,c,d,e,f", metavar="a,b,f", help="the letters of rows")
    parser.add_argument("--seconds", type=int, help="of each measurement in (a), (b) and (e); default 4")
    parser.add_argument("--clients", type=int, help="in (f); default 1000")
    parser.add_argument(
        "--warm-up", type=int, metavar="REQUESTS", help="that a warm proxy serves before the first round; default 400000"
    )
    parser.add_argument(
        "--latency", type=float, default=20, metavar="MS", help="of the shaped link, for each request; default 20"
    )
    parser.add_argument("--connection", type=float, default=25, metavar="MB/S", help="rate of one connection of it; default 25")
    parser.add_argument("--total", type=float, default=50, metavar="MB/S", help="rate of all of them; default 50")
    parser.add_argument("--record", action="store_true", help="append the ratios to bench/peers.csv")
    parser.add_argument("--out", type=pathlib.Path, metavar="DIR", help="write the plots there, as SVG")
    parser.add_argument("--selftest", action="store_true", help="a broken peer of each kind must make its row fail")
    options = parser.parse_args(words)
    for name, usual, quick in (("rounds", 5, 2), ("seconds", 4, 1), ("clients", 1000, 200), ("warm_up", 400_000, 100_000)):
        if getattr(options, name) is None:
            setattr(options, name, quick if options.quick else usual)
        if getattr(options, name) < 1:
            parser.error(f"--{name.replace('_', '-')} is a whole number from 1")
    options.only = set(options.only.replace(" ", "").split(","))
    if not options.only <= set("abcdef"):
        parser.error("--only takes letters of rows: a,b,c,d,e,f")
    return options


def stop(*_):
    raise KeyboardInterrupt


def main(text, words):
    options = parse(text, words)
    for number in (signal.SIGINT, signal.SIGTERM):  # the first is ignored in a script's background
        signal.signal(number, stop)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="modgate-bench-"))
    try:
        with Programs(folder) as programs:
            tools = Tools(folder)
            return selftest.run(folder, programs, tools) if options.selftest else compare(options, folder, programs, tools)
    except Trouble as trouble:
        print(f"\nbench/run: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nbench/run: stopped; what it started has ended", file=sys.stderr)
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def compare(options, folder, programs, tools):
    versions, load, began = tools.versions(), load_average(), time.monotonic()
    bench = Bench(options, folder, programs, tools)
    rows = [row for row in all_rows(options.clients) if row.letter in options.only]
    samples = bench.rounds(rows, options.rounds)
    found, history = report.ratios(rows, samples), History()
    print(head(options, bench, versions, load, time.monotonic() - began))
    print(report.ratio_table(rows, found, bench, samples, history))
    print("\n" + report.figure_tables(rows, samples))
    failed = report.failures(bench, samples)
    holes = bench.holes()
    if holes:
        failed.append(f"- FAILED: the tape was asked for {len(holes)} paths that are not on it, such as {holes[0]}.")
    print("\n" + "\n".join(report.not_done(rows, bench, samples) + report.too_long(samples) + failed))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        print("\n" + "\n".join(f"{path}" for path in plot.write(options.out, rows, samples, found)))
    if options.record and not failed:
        history.append(found, versions, load)
    return 1 if failed else 0


def head(options, bench, versions, load, took):
    sizes = "; ".join(f"{name}: {module(path)} ({bench.tape.length[path]:,} bytes)" for name, path in bench.tape.sized.items())
    taken, dropped = bench.telemetry()
    spans = f"{taken.get('/v1/traces', 0) / 1e6:.0f} MB of spans came to the collector"
    if dropped is not None:
        spans += f", the warm one dropped {dropped:,.0f} spans"
    about = bench.tape.about
    lines = [
        f"{time.strftime('%Y-%m-%d')}, {machine()}; load {load} at the start, {load_average()} at the end; "
        f"{took:.0f} s, {options.rounds} rounds.",
        "",
        *(f"- {name}: {version}" for name, version in versions.items()),
        f"- modgate: verification, audit, metrics and a span of every request; {spans}.",
        f"- Mirror: recorded {about['recorded']}, {about['modules']} modules, {len(bench.tape.log)} lookups and tiles "
        f"at tree {about['tree']:,}.",
        f"- Zips: {sizes}.",
        f"- Shaped link: {options.latency:g} ms for each request, {options.connection:g} MB/s a connection, "
        f"{options.total:g} MB/s together.",
        "- Clients, upstream and collector run on the same processors.",
        "",
        "Medians of the ratios of each round, with the least and the most:",
        "",
    ]
    return "\n".join(lines)


def module(path):
    """As Go writes it: in paths, a ! stands before what was a capital."""
    name, version = path[1:].removesuffix(".zip").split("/@v/")
    return re.sub("!(.)", lambda found: found.group(1).upper(), f"{name}@{version}")
