"""Reads back what the back ends know, for otel/demo.

    read.py ports N                     N free ports of 127.0.0.1
    read.py find ZIPKIN MODULE KIND     the id of the newest trace that fetched a module's zip or mod, once it is there
    read.py tree ZIPKIN TRACE           its spans, indented, with begin and duration in milliseconds
    read.py query PROMETHEUS PROMQL     a line for each series
    read.py exemplar PROMETHEUS PROMQL  the newest exemplar: value and trace
    read.py jaeger JAEGER TRACE         the number of spans that Jaeger has of a trace, and its monitor's p99 of each kind of request
"""
import json
import socket
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

PATIENCE = 60  # seconds


def get(url, **parameters):
    with urllib.request.urlopen(url + ("?" + urllib.parse.urlencode(parameters) if parameters else ""), timeout=10) as answer:
        return json.load(answer)


def patiently(look):
    """What look returns once that is something."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            found = look()
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
            found = None
        if found or time.monotonic() > end:
            return found or sys.exit(f"read.py: nothing came within {PATIENCE} s")
        time.sleep(0.3)


def ports(count):
    sockets = [socket.socket() for _ in range(int(count))]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    print(*(s.getsockname()[1] for s in sockets))


def find(zipkin, module, kind):
    wanted = f"modgate.module={module} and modgate.artifact={kind} and modgate.cache=miss"
    traces = patiently(lambda: get(zipkin + "/api/v2/traces", serviceName="modgate", annotationQuery=wanted, limit=1))
    print(traces[0][0]["traceId"])


def tree(zipkin, trace):
    def whole():  # the request's own span is sent last
        spans = get(f"{zipkin}/api/v2/trace/{trace}")
        return any(span.get("kind") == "SERVER" for span in spans) and spans

    spans = patiently(whole)
    ids = {span["id"] for span in spans}
    start = min(span["timestamp"] for span in spans)
    print(f"{'begin ms':>9} {'takes ms':>9}  span")

    def show(parent, depth):
        children = (s for s in spans if (s.get("parentId") == parent if parent else s.get("parentId") not in ids))
        for span in sorted(children, key=lambda s: s["timestamp"]):
            tags = span.get("tags", {})
            said = " ".join(f"{key.removeprefix('modgate.')}={tags[key]}" for key in (
                "modgate.mirror", "modgate.artifact", "modgate.cache", "modgate.verdict", "modgate.tree.size",
                "modgate.bytes", "http.response.status_code", "error.type") if key in tags)
            begin, takes = (span["timestamp"] - start) / 1000, span.get("duration", 0) / 1000
            print(f"{begin:9.1f} {takes:9.1f}  {'  ' * depth}{span['name']}  {said}".rstrip())
            show(span["id"], depth + 1)

    show(None, 0)


def series(prometheus, promql):
    return get(prometheus + "/api/v1/query", query=promql)["data"]["result"]


def query(prometheus, promql):
    for one in patiently(lambda: series(prometheus, promql)):
        labels = " ".join(f"{key}={value}" for key, value in sorted(one["metric"].items()) if key not in ("__name__", "job"))
        print(f"{float(one['value'][1]):>12.6g}  {labels}")


def exemplar(prometheus, promql):
    now = time.time()
    found = patiently(lambda: [e for one in get(prometheus + "/api/v1/query_exemplars", query=promql, start=now - 3600,
                                                end=time.time() + 1)["data"] for e in one["exemplars"]])
    newest = max(found, key=lambda e: e["timestamp"])
    print(newest["value"], newest["labels"]["trace_id"])


def jaeger(url, trace):
    spans = patiently(lambda: get(f"{url}/api/traces/{trace}")["data"])[0]["spans"]
    print(f"{len(spans)} spans of trace {trace}")
    metrics = patiently(lambda: get(url + "/api/metrics/latencies", service="modgate", quantile="0.99", groupByOperation="true",
                                    spanKind="server", lookback=600000, step=5000, ratePer=60000).get("metrics"))
    for metric in metrics:
        labels = " ".join(label["value"] for label in metric["labels"])
        values = [p["gaugeValue"]["doubleValue"] for p in metric["metricPoints"]]
        print(f"{values[-1]:>12.6g}  ms, 99 % of {labels}")


if __name__ == "__main__":
    commands = {f.__name__: f for f in (ports, find, tree, query, exemplar, jaeger)}
    if len(sys.argv) < 3 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
