"""The peers. Each starts over an upstream, with an empty store in a folder of its own."""

import json, os, pathlib, socket, shutil, urllib.request

from .programs import Trouble, until

# As a careful operator would set it: no access log, files sent by the kernel, descriptors kept open, one fetch of each.
NGINX = """
daemon off;
{user}worker_processes auto;
worker_rlimit_nofile 65536;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 8192; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=4096 inactive=1h;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  default_type text/plain;
  types {{ application/zip zip; application/json info; }}
  {http}
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{ {location} }}
  }}
}}
"""
UPSTREAM = "upstream mirror {{ server {address}; keepalive 256; }}"
PASS = 'proxy_pass http://mirror; proxy_http_version 1.1; proxy_set_header Connection "";'
CACHE = """proxy_cache_path {folder}/cache levels=1:2 keys_zone=mirror:64m max_size=20g inactive=7d use_temp_path=off;"""
CACHED = PASS + """ proxy_cache mirror; proxy_cache_key $uri; proxy_cache_valid 200 7d;
      proxy_cache_lock on; proxy_cache_lock_age 10m; proxy_cache_lock_timeout 10m;"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Peer:
    """How a peer is started. cant: letters of rows that it can't do, or "cold" or "warm" for all of that kind, and why.
    variable: of the environment, which names the program if that is somebody else's."""

    name = ""
    variable = ""
    cant = {}
    reason_absent = None

    def __init__(self, bench):
        self.bench = bench

    def start(self, upstream):
        """A Server with an empty store."""
        raise NotImplementedError

    def folder(self):
        self.bench.folders += 1
        folder = self.bench.folder / f"store-{self.bench.folders}"
        folder.mkdir()
        return folder


class Server:
    """A peer that runs."""

    def __init__(self, peer, program, url, folder, admin=None):
        self.peer, self.program, self.url, self.folder, self.admin = peer, program, url, folder, admin

    def answers(self):
        self.program.check()
        host, port = self.url.removeprefix("http://").split(":")
        with socket.socket() as s:
            return s.connect_ex((host, int(port))) == 0

    def wait(self):
        until(30, self.answers, lambda: f"{self.peer.name} does not listen: {self.program.complaint()}")
        return self

    def end(self):
        self.program.end()
        shutil.rmtree(self.folder, ignore_errors=True)


class Nginx(Peer):
    def nginx(self, http, location):
        folder, port = self.folder(), free_port()
        user = "user root;\n" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            NGINX.format(folder=folder, port=port, user=user, http=http.format(folder=folder), location=location)
        )
        program = self.bench.programs.start(
            self.name,
            [self.bench.tools.nginx, "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"],
            self.bench.tools.environment,
        )
        return Server(self, program, f"http://127.0.0.1:{port}", folder).wait()

    def upstream(self, upstream):
        return UPSTREAM.format(address=upstream.url.removeprefix("http://")).replace("{", "{{").replace("}", "}}")


class NginxStatic(Nginx):
    name = "nginx static"
    cant = {"cold": "has no upstream"}

    def start(self, upstream):
        return self.nginx("", f"root {self.bench.tape.files};")


class NginxCache(Nginx):
    name = "nginx proxy_cache"

    def start(self, upstream):
        return self.nginx(self.upstream(upstream) + "\n  " + CACHE, CACHED)


class PassThrough(Nginx):
    name = "pass-through"
    cant = {"warm": "keeps nothing", "f": "would fetch once for each client"}

    def start(self, upstream):
        return self.nginx(self.upstream(upstream), PASS + " proxy_buffering off;")


class BareUndertow(Peer):
    """What modgate could reach at most: see BareUndertow.java."""

    name = "bare Undertow"
    cant = {
        "b": "answers from memory only",
        "cold": "has no upstream",
        "d": "is no module proxy",
        "e": "keeps no database",
    }

    def start(self, upstream):
        folder = self.folder()
        program = self.bench.programs.start(
            self.name,
            [
                self.bench.tools.java,
                "-XX:+UseSerialGC",
                *("--class-path", self.bench.tools.jar),
                pathlib.Path(__file__).with_name("BareUndertow.java"),
                self.bench.tape.files,
            ],
            None,
            r"undertow: (\S+)",
        )
        return Server(self, program, program.said[0], folder)


class Modgate(Peer):
    name = "modgate"

    def start(self, upstream):
        folder = self.folder()
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("OTEL_", "MODGATE_")) or k.startswith("MODGATE_LAUNCHER_")
        }
        environment |= {
            "MODGATE_GOPROXY": upstream.url,
            "OTEL_EXPORTER_OTLP_ENDPOINT": self.bench.sink_url,
            "OTEL_TRACES_SAMPLER": "always_on",
            "OTEL_METRIC_EXPORT_INTERVAL": "5000",
        }
        program = self.bench.programs.start(
            self.name,
            [self.bench.tools.modgate, "serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--data", folder / "data"],
            environment,
            r"modgate: serving (\S+) \(admin (\S+)\)",
        )
        return Server(self, program, program.said[0], folder, program.said[1])

    @staticmethod
    def spans_dropped(server):
        text = urllib.request.urlopen(server.admin + "/metrics").read().decode()
        return sum(
            float(line.split()[-1]) for line in text.splitlines() if line.startswith('processedSpans_total{dropped="true"')
        )


class Athens(Peer):
    name, variable = "Athens", "ATHENS_BIN"
    cant = {"e": "asks the database at its own address only"}

    def start(self, upstream):
        if not self.bench.tools.athens:
            raise Trouble("ATHENS_BIN names no program")
        folder, port = self.folder(), free_port()
        (folder / "store").mkdir()
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("GO", "ATHENS_", "OTEL_"))} | {
            "ATHENS_STORAGE_TYPE": "disk",
            "ATHENS_DISK_STORAGE_ROOT": str(folder / "store"),
            "ATHENS_PORT": f"127.0.0.1:{port}",
            "ATHENS_GO_BINARY_ENV_VARS": f"GOPROXY={upstream.url};GONOSUMDB=*;GOTOOLCHAIN=local;GOENV=off",
            "ATHENS_NETWORK_MODE": "fallback",
            "ATHENS_LOG_LEVEL": "error",
            "ATHENS_TRACE_EXPORTER": "",
            "ATHENS_STATS_EXPORTER": "",
            "ATHENS_TIMEOUT": "600",
            "ATHENS_GOGET_WORKERS": "10",
            "ATHENS_INDEX_TYPE": "none",
            "TMPDIR": str(folder),
        }
        program = self.bench.programs.start(self.name, [self.bench.tools.athens], environment)
        return Server(self, program, f"http://127.0.0.1:{port}", folder).wait()


class Goproxy(Peer):
    name, variable = "goproxy", "GOPROXY_BIN"

    def start(self, upstream):
        if not self.bench.tools.goproxy:
            raise Trouble("GOPROXY_BIN names no program")
        folder, port = self.folder(), free_port()
        database = f"{upstream.url}/sumdb/sum.golang.org"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GO")} | {
            "GOENV": "off",
            "GOPROXY": upstream.url + ",off",
            "GOSUMDB": f"sum.golang.org {database}",
            "GOTOOLCHAIN": "local",
        }
        program = self.bench.programs.start(
            self.name,
            [
                self.bench.tools.goproxy,
                "server",
                "--address",
                f"127.0.0.1:{port}",
                "--cacher-dir",
                folder / "store",
                "--temp-dir",
                folder,
                "--proxied-sumdbs",
                f"sum.golang.org {database}",
            ],
            environment,
        )
        return Server(self, program, f"http://127.0.0.1:{port}", folder).wait()


def all_peers(bench):
    """In the order of the tables. Who is not there has reason_absent."""
    peers = [cls(bench) for cls in (NginxStatic, NginxCache, BareUndertow, Modgate, Athens, Goproxy)]
    for peer in peers:
        if peer.variable and not bench.tools.named(peer.variable):
            peer.reason_absent = f"{peer.variable} names no program"
    return peers
