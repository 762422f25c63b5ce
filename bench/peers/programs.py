"""Child processes: started each in a group of its own, measured by /proc, and ended together."""

import contextlib, os, pathlib, re, resource, select, signal, subprocess, time

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Trouble(Exception):
    """Something that the person who runs this can mend; said in one sentence."""


class Programs:
    """What was started and has not been ended. On the way out, by error and by Ctrl-C too, all of it is."""

    def __init__(self, folder):
        self.folder = folder
        self.running = []
        self.started = 0

    def __enter__(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        return self

    def __exit__(self, *_):
        running = list(self.running)
        for program in running:
            program.signal(signal.SIGTERM)
        for program in running:
            program.end()

    def start(self, name, command, environment=None, first_line=None):
        """first_line is a pattern for the first line on stdout; its groups are Program.said."""
        self.started += 1
        log = self.folder / f"{self.started}-{re.sub('[^a-z0-9]+', '-', name.lower())}.log"
        with open(log, "wb") as errors:
            process = subprocess.Popen(
                [str(word) for word in command],
                env=environment,
                stdin=subprocess.DEVNULL,
                stderr=errors,
                stdout=subprocess.PIPE if first_line else errors,
                start_new_session=True,
            )
        program = Program(name, process, log, self.running)
        self.running.append(program)
        if first_line:
            program.said = program.read_first_line(first_line)
        return program


class Program:
    def __init__(self, name, process, log, running):
        self.name, self.process, self.log, self.running = name, process, log, running
        self.said = ()

    def read_first_line(self, pattern, seconds=120):
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        line = self.process.stdout.readline().decode() if ready else ""
        found = re.match(pattern, line)
        if not found:
            raise Trouble(f"{self.name} did not start: {self.complaint() or line.strip() or 'it said nothing'}")
        return found.groups()

    def complaint(self):
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else ""

    def check(self):
        if self.process.poll() is not None:
            raise Trouble(f"{self.name} ended with {self.process.returncode}: {self.complaint()}")

    def tree(self):
        """The fields of /proc/PID/stat from the state on, of this process and all below it."""
        stats = {}
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    stats[int(entry.name)] = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
        chosen, more = set(), {self.process.pid}
        while more:
            chosen |= more
            more = {pid for pid, fields in stats.items() if int(fields[1]) in more} - chosen
        return {pid: stats[pid] for pid in chosen if pid in stats}

    def cpu(self):
        """Seconds of user and system time so far, with those of children that have ended."""
        return sum(int(field) for fields in self.tree().values() for field in fields[11:15]) / TICK

    def rss(self):
        """Bytes in memory now; pages that processes share are counted for each."""
        return sum(int(fields[21]) * PAGE for fields in self.tree().values())

    def signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def end(self):
        if self in self.running:
            self.running.remove(self)
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def run(what, command, **options):
    """Runs to the end and returns stdout; a failure is a Trouble with the last line that was said."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, stdin=subprocess.DEVNULL, **options)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
        raise Trouble(f"{what} failed: {said[-1][:300]}")
    return done.stdout


def until(seconds, condition, complaint):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise Trouble(complaint())
        time.sleep(0.02)
