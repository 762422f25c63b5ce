"""Pictures of a run, written as SVG by hand: lines over connections, and bars of ratios with their spread."""

import html, math, statistics

from .rows import CONNECTIONS

COLOURS = {
    "nginx static": "#8b93a1",
    "nginx proxy_cache": "#2f6db5",
    "bare Undertow": "#9b6bb3",
    "modgate": "#d6455d",
    "Athens": "#4f9d78",
    "goproxy": "#e0a030",
}
INK, FAINT = "#22262e", "#e4e7ec"
WIDTH, PANEL, HEIGHT, LEFT, TOP, BOTTOM = 980, 490, 380, 66, 92, 46


def write(folder, rows, samples, found):
    """Those pictures for which there are figures. Returns their paths."""
    pictures = {"hits": hits(samples), "latency": latency(samples), "zips": zips(rows, found), "cold": cold(rows, found)}
    paths = []
    for name, picture in pictures.items():
        if picture:
            path = folder / f"{name}.svg"
            path.write_text(picture)
            paths.append(path)
    return paths


def text(x, y, words, size=12, anchor="start", colour=INK, weight=400):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}" '
        f'stroke="white" stroke-width="3" paint-order="stroke">{html.escape(words)}</text>'
    )


def line(x1, y1, x2, y2, colour=FAINT, width=1.0, dash=""):
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"'
        + (f' stroke-dasharray="{dash}"' if dash else "")
        + "/>"
    )


def picture(title, names, panels):
    parts = [text(20, 30, title, 17, weight=600)]
    x = 20
    for name in names:
        parts += [f'<rect x="{x}" y="44" width="12" height="12" rx="2" fill="{COLOURS[name]}"/>', text(x + 18, 54.5, name, 12)]
        x += 40 + 7 * len(name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="system-ui, -apple-system, Segoe UI, DejaVu Sans, sans-serif">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n' + "\n".join(parts + panels) + "\n</svg>\n"
    )


def ticks(most, least=0.0, logarithmic=False):
    if logarithmic:
        return [
            m * 10.0**e
            for e in range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
            for m in (1, 3)
            if least * 0.99 <= m * 10.0**e <= most * 1.01
        ]
    step = 10.0 ** math.floor(math.log10(most / 3))
    step = next(step * k for k in (1, 2, 2.5, 5, 10) if most / (step * k) <= 5)
    return [step * k for k in range(int(most / step) + 1)]


def label(value):
    if value >= 1000:
        return f"{value / 1000:g}k"
    return f"{value:.3g}"


def lines(index, title, series, logarithmic=False):
    """series: name to a list of (least, median, most), one for each number of connections; None where there is none."""
    x0, width, y0, height = LEFT + index * PANEL, PANEL - LEFT - 34, TOP + 14, HEIGHT - TOP - BOTTOM - 14
    values = [v for points in series.values() for point in points if point for v in point]
    most, least = max(values) * 1.06, min(values) * 0.9

    def at(value):
        share = math.log(value / least) / math.log(most / least) if logarithmic else value / most
        return y0 + height * (1 - share)

    def over(i):
        return x0 + width * (i + 0.5) / len(CONNECTIONS)

    parts = [text(x0, TOP - 4, title, 13, weight=600)]
    for tick in ticks(most, least, logarithmic):
        parts += [line(x0, at(tick), x0 + width, at(tick)), text(x0 - 8, at(tick) + 4, label(tick), 11, "end")]
    for i, connections in enumerate(CONNECTIONS):
        parts.append(text(over(i), y0 + height + 18, str(connections), 11, "middle"))
    parts.append(text(x0 + width / 2, y0 + height + 36, "connections", 11, "middle"))
    for name, points in series.items():
        known = [(over(i), point) for i, point in enumerate(points) if point]
        route = " ".join(f"{x:.1f},{at(median):.1f}" for x, (_, median, _) in known)
        parts.append(
            f'<polyline points="{route}" fill="none" stroke="{COLOURS[name]}" stroke-width="{3 if name == "modgate" else 2}"/>'
        )
        for x, (low, median, high) in known:
            parts += [
                line(x, at(low), x, at(high), COLOURS[name], 1.5),
                f'<circle cx="{x:.1f}" cy="{at(median):.1f}" r="4" fill="{COLOURS[name]}" stroke="white" stroke-width="1.2"/>',
            ]
    return "\n".join(parts)


def bars(index, title, groups, count=2):
    """groups: label to a dict of name to (least, median, most); a line stands at 1."""
    panel = WIDTH / count
    x0, width, y0, height = LEFT - 16 + index * panel, panel - LEFT - 8, TOP + 14, HEIGHT - TOP - BOTTOM - 14
    most = max(1.15, min(6.0, max(v[2] for group in groups.values() for v in group.values()) * 1.12))

    def at(value):
        return y0 + height * (1 - min(value, most) / most)

    parts = [text(x0, TOP - 4, title, 13, weight=600)]
    for tick in ticks(most):
        parts += [line(x0, at(tick), x0 + width, at(tick)), text(x0 - 8, at(tick) + 4, label(tick), 11, "end")]
    for i, (group, values) in enumerate(groups.items()):
        begin, room = x0 + width * i / len(groups), width / len(groups)
        bar = min(38, (room - 14) / max(1, len(values)))
        start = begin + (room - bar * len(values)) / 2
        for k, (name, (low, median, high)) in enumerate(values.items()):
            x = start + bar * k
            parts += [
                f'<rect x="{x + 1.5:.1f}" y="{at(median):.1f}" width="{bar - 3:.1f}" height="{at(0) - at(median):.1f}" '
                f'rx="2" fill="{COLOURS[name]}"/>',
                line(x + bar / 2, at(low), x + bar / 2, at(high), INK, 1.2),
                text(x + bar / 2, at(high) - 5, f"{median:.2f}", 10, "middle"),
            ]
        parts.append(text(begin + room / 2, y0 + height + 18, group, 11, "middle"))
    parts.append(line(x0, at(1), x0 + width, at(1), INK, 1.2, "4 3"))
    return "\n".join(parts)


def over_connections(samples, key):
    series = {}
    for name in COLOURS:
        points = []
        for connections in CONNECTIONS:
            values = [s.figures[key] for s in samples if s.figures and s.row == f"hits-{connections}" and s.peer == name]
            points.append((min(values), statistics.median(values), max(values)) if values else None)
        if any(points):
            series[name] = points
    return series


def hits(samples):
    rate, per_cpu = over_connections(samples, "rate"), over_connections(samples, "per_cpu")
    return (
        picture(
            "Warm .info and .mod hits",
            rate,
            [lines(0, "requests a second", rate), lines(1, "requests per CPU second of the proxy", per_cpu)],
        )
        if rate
        else ""
    )


def latency(samples):
    p50, p99 = over_connections(samples, "p50"), over_connections(samples, "p99")
    return (
        picture(
            "Latency of warm .info and .mod hits, in ms (logarithmic)",
            p50,
            [lines(0, "half of the answers are faster", p50, True), lines(1, "99 % of the answers are faster", p99, True)],
        )
        if p50
        else ""
    )


def grouped(rows, found, metric, chosen):
    groups = {}
    for row in rows:
        if chosen(row):
            values = {
                name: (r.least, r.median, r.most)
                for name in COLOURS
                for r in found
                if (r.row, r.metric, r.peer) == (row.key, metric, name)
            }
            if values:
                groups[short(row)] = values
    return groups


def short(row):
    if row.key.startswith(("zip-", "cold-")):
        return row.words.split(" of ")[1].split(",")[0]
    return {"project-warm": "warm, against file://", "project-cold": "cold, against the bare link"}.get(row.key, row.key)


def names(*panels):
    return [name for name in COLOURS if any(name in values for groups in panels for values in groups.values())]


def zips(rows, found):
    rate, per_cpu = (grouped(rows, found, metric, lambda row: row.letter == "b") for metric in ("rate", "per_cpu"))
    return (
        picture(
            "Warm zips, against nginx proxy_cache: more is better",
            names(rate),
            [bars(0, "requests a second", rate), bars(1, "requests per CPU second of the proxy", per_cpu)],
        )
        if rate
        else ""
    )


def cold(rows, found):
    zip, project = (grouped(rows, found, "seconds", lambda row, k=key: row.key.startswith(k)) for key in ("cold-", "project-"))
    panels = [
        bars(i, title, groups)
        for i, (title, groups) in enumerate((("cold zip, against a pass-through", zip), ("go mod download all", project)))
        if groups
    ]
    return picture("Time over a shaped link: less is better", names(zip, project), panels) if panels else ""
