"""Writes modgate.json and spans.json into the folder that is named, or beside this file.

    $(otel/tools --path python) otel/dashboards/dashboards.py

Needs what requirements.txt names. A test compares what it writes with what is committed, and runs every query on a
Prometheus that reads a live modgate.
"""
import pathlib
import sys

from grafana_foundation_sdk.builders import dashboard, prometheus, statetimeline, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import DataSourceRef, VariableRefresh

SOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")
GATE = 'job="modgate",instance=~"$instance"'
RATE = "[$__rate_interval]"
WIDTH = 12  # of 24
HEIGHT = 8


def query(expr, legend, exemplars=False):
    return prometheus.Dataquery().datasource(SOURCE).expr(expr).legend_format(legend).exemplar(exemplars).ref_id("A")


def lines(title, unit, expr, legend, about, exemplars=False):
    return (timeseries.Panel().title(title).description(about).unit(unit).datasource(SOURCE).span(WIDTH).height(HEIGHT)
            .min(0).with_target(query(expr, legend, exemplars)))


def number(title, unit, expr, about):
    return (stat.Panel().title(title).description(about).unit(unit).datasource(SOURCE).span(6).height(4)
            .with_target(query(expr, "{{instance}}")))


def states(title, expr, legend, about):
    return (statetimeline.Panel().title(title).description(about).datasource(SOURCE).span(WIDTH).height(HEIGHT)
            .with_target(query(expr, legend)))


def board(uid, title, about, link):
    return (dashboard.Dashboard(title).uid(uid).description(about).tags(["modgate"]).refresh("30s").time("now-1h", "now")
            .timezone("browser").readonly()
            .link(dashboard.DashboardLink(link[0]).type("link").url(link[1]))
            .with_variable(dashboard.DatasourceVariable("datasource").type("prometheus").label("Prometheus")))


def gate():
    instances = (dashboard.QueryVariable("instance").label("gate").datasource(SOURCE).multi(True).include_all(True)
                 .all_value(".*").refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
                 .query('label_values(modgate_fetches{job="modgate"}, instance)'))
    return (
        board("modgate", "modgate", "What a fleet of gates serves, from where, and what its mirrors and logs are like.",
              ("Spans", "/d/modgate-spans"))
        .with_variable(instances)

        .with_row(dashboard.Row("At a glance"))
        .with_panel(number("Mirrors that can be asked", "none",
                           f'sum by (instance) (modgate_mirrors{{{GATE},state="usable"}})',
                           "Healthy, behind a closed breaker. 0: ModgateAllMirrorsDown."))
        .with_panel(number("Fork of the log", "none", f"max by (instance) (modgate_log_alarm{{{GATE}}})",
                           "1: the log signed two histories and nothing is served. ModgateLogForked."))
        .with_panel(number("Artifacts that mirrors lied about", "none",
                           f"sum by (instance) (modgate_mirror_condemned{{{GATE}}})",
                           "Within a day. ModgateMirrorLying."))
        .with_panel(number("Free disk", "bytes", f"min by (instance) (modgate_disk_free_bytes{{{GATE}}})",
                           "In the file system of the data directory. ModgateDiskFull."))

        .with_row(dashboard.Row("Requests"))
        .with_panel(lines("Requests by route", "reqps",
                          f"sum by (http_route) (rate(http_server_request_duration_seconds_count{{{GATE}}}{RATE}))",
                          "{{http_route}}", "Answers a second."))
        .with_panel(lines("Answers by status", "reqps",
                          f"sum by (http_response_status_code) (rate(http_server_request_duration_seconds_count{{{GATE}}}{RATE}))",
                          "{{http_response_status_code}}", "404 is an ordinary answer, 403 a refusal, 5xx a trouble."))
        .with_panel(lines("Time to the last byte, 99 %", "s",
                          "histogram_quantile(0.99, sum by (http_route, le) "
                          f"(rate(http_server_request_duration_seconds_bucket{{{GATE}}}{RATE})))",
                          "{{http_route}}", "The dots are exemplars: each leads to a trace.", exemplars=True))
        .with_panel(lines("Time to the last byte, median", "s",
                          "job_route:http_server_request_duration_seconds:p50_5m{job=\"modgate\"}",
                          "{{http_route}}", "Of all gates, over five minutes; recorded by rules.yml."))
        .with_panel(lines("Requests under way", "none", f"sum by (instance) (http_server_active_requests{{{GATE}}})",
                          "{{instance}}", "At most 4096 of a gate."))
        .with_panel(lines("Bytes to clients", "Bps",
                          f"sum by (http_route) (rate(modgate_served_io_bytes_total{{{GATE}}}{RATE}))",
                          "{{http_route}}", "Bodies only."))
        .with_panel(lines("Failures", "percentunit", 'job:http_server_failures:ratio_rate5m{job="modgate"}', "5xx",
                          "Of all answers of all gates, over five minutes; recorded by rules.yml."))
        .with_panel(lines("Refusals and other decisions", "ops",
                          f"sum by (verdict) (rate(modgate_decisions_total{{{GATE}}}{RATE}))", "{{verdict}}",
                          "Lines of the audit log."))

        .with_row(dashboard.Row("Store"))
        .with_panel(lines("Answers from the store", "percentunit",
                          'job:modgate_answers_from_store:ratio_rate5m{job="modgate"}', "store",
                          "Or from a fetch that was under way already; recorded by rules.yml."))
        .with_panel(lines("Answers by where they came from", "ops",
                          f"sum by (modgate_cache) (rate(modgate_answers_total{{{GATE}}}{RATE}))", "{{modgate_cache}}",
                          "joined: waited for another request's fetch."))
        .with_panel(lines("Fetches under way", "none", f"sum by (instance) (modgate_fetches{{{GATE}}})", "{{instance}}",
                          "At most 1024 of a gate."))
        .with_panel(lines("Evidence in quarantine", "none", f"sum by (instance) (modgate_quarantine_pieces{{{GATE}}})",
                          "{{instance}}", "At most 256 pieces."))

        .with_row(dashboard.Row("Mirrors"))
        .with_panel(states("Breakers", f'max by (name, state) (resilience4j_circuitbreaker_state{{{GATE},state=~"open|half_open"}})',
                           "{{name}} {{state}}", "1 while a breaker is in that state at some gate. ModgateBreakerOpen."))
        .with_panel(lines("Changes of breakers", "short",
                          f"sum by (name, state) (increase(modgate_breaker_transitions_total{{{GATE}}}{RATE}))",
                          "{{name}} to {{state}}", "How often a breaker went into a state."))
        .with_panel(states("Health", f'max by (mirror, state) (modgate_mirror_health{{{GATE},state!="healthy"}})',
                           "{{mirror}} {{state}}", "1 while a mirror is suspect, down or taken out at some gate."))
        .with_panel(lines("Failed requests", "percentunit", 'job_mirror:modgate_mirror_failures:ratio_rate5m{job="modgate"}',
                          "{{mirror}}", "Of the requests to each mirror, over five minutes; recorded by rules.yml."))
        .with_panel(lines("Attempts, 99 %", "s",
                          "histogram_quantile(0.99, sum by (server_address, server_port, le) "
                          f"(rate(http_client_request_duration_seconds_bucket{{{GATE}}}{RATE})))",
                          "{{server_address}}:{{server_port}}", "Time of one attempt, to the last byte.", exemplars=True))
        .with_panel(lines("Time to the first byte", "s",
                          f'max by (mirror) (modgate_mirror_first_byte_seconds{{{GATE},quantile="0.95"}})',
                          "{{mirror}}", "95 % of the last 128 answers; when it is over, the next mirror is asked besides."))
        .with_panel(lines("Kept from a mirror by its breaker", "ops",
                          f"sum by (name) (rate(resilience4j_circuitbreaker_not_permitted_calls_total{{{GATE}}}{RATE}))",
                          "{{name}}", "Requests that an open breaker did not let through."))
        .with_panel(lines("Bytes from mirrors", "Bps", f"sum by (mirror) (rate(modgate_mirror_io_bytes_total{{{GATE}}}{RATE}))",
                          "{{mirror}}", "Bodies only."))

        .with_row(dashboard.Row("Checksum database"))
        .with_panel(lines("Tree", "none", f"max by (instance) (modgate_log_tree_size{{{GATE}}})", "{{instance}}",
                          "Size of the newest proven tree head; it never shrinks."))
        .with_panel(lines("Requests to the log", "ops",
                          f"sum by (outcome) (rate(modgate_log_requests_total{{{GATE}}}{RATE}))", "{{outcome}}",
                          "Lookups and tiles. ModgateLogUnreachable."))

        .with_row(dashboard.Row("What modgate says of itself"))
        .with_panel(lines("Lost audit lines", "none", f"sum by (instance) (modgate_audit_lost_total{{{GATE}}})", "{{instance}}",
                          "Not written yet, and not recorded as a gap."))
        .with_panel(lines("Spans, metrics and log records that were dropped", "none",
                          f"sum by (reason) (modgate_telemetry_dropped_total{{{GATE}}})", "{{reason}}",
                          "Could not be rebuilt, or came past the redaction."))
    )


def spans():
    of = 'service_name="modgate"'
    return (
        board("modgate-spans", "modgate: spans", "What the Collector counts of all spans, before the sampling.",
              ("modgate", "/d/modgate"))
        .with_panel(lines("Steps, 99 %", "ms",
                          "histogram_quantile(0.99, sum by (span_name, le) "
                          f'(rate(traces_span_metrics_duration_milliseconds_bucket{{{of},span_kind!="SPAN_KIND_SERVER"}}{RATE})))',
                          "{{span_name}}", "The time of each step of a fetch.", exemplars=True))
        .with_panel(lines("Requests, 99 %", "ms",
                          "histogram_quantile(0.99, sum by (span_name, le) "
                          f'(rate(traces_span_metrics_duration_milliseconds_bucket{{{of},span_kind="SPAN_KIND_SERVER"}}{RATE})))',
                          "{{span_name}}", "The time of each kind of request.", exemplars=True))
        .with_panel(lines("Steps", "ops", f"sum by (span_name) (rate(traces_span_metrics_calls_total{{{of}}}{RATE}))",
                          "{{span_name}}", "How many a second."))
        .with_panel(lines("Errors", "ops",
                          "sum by (span_name, error_type) "
                          f'(rate(traces_span_metrics_calls_total{{{of},status_code="STATUS_CODE_ERROR"}}{RATE}))',
                          "{{span_name}} {{error_type}}", "Steps that failed."))
        .with_panel(lines("Attempts by mirror", "ops",
                          "sum by (modgate_mirror, status_code) "
                          f'(rate(traces_span_metrics_calls_total{{{of},span_name="attempt"}}{RATE}))',
                          "{{modgate_mirror}} {{status_code}}", "One span is one attempt."))
        .with_panel(lines("Verdicts", "ops",
                          "sum by (modgate_verdict) "
                          f'(rate(traces_span_metrics_calls_total{{{of},span_kind="SPAN_KIND_SERVER"}}{RATE}))',
                          "{{modgate_verdict}}", "How requests ended; the tail sampling keeps every refused one."))
    )


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
    for name, made in (("modgate", gate()), ("spans", spans())):
        text = JSONEncoder(sort_keys=True, indent=2).encode(made.build())
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
