"""Holds processes to a part of a processor, by a cgroup of its own: version 1 or 2, whichever has the controller."""
import contextlib, os, pathlib, re

PREFIX = "modgate-bench-"

# A process that has used up its part stands still until the period is over. The kernel takes no shorter quota than 1 ms.
PERIOD = 10_000  # µs


class NoQuota(Exception):
    """No such cgroup can be made here; its text says what is needed."""


class Quota:
    """Of one processor. It holds nobody until take() names a process."""

    def __init__(self, part):
        self.part = part
        self.root, self.is_v1 = find()
        clear(self.root)
        self.folder = self.root / f"{PREFIX}{os.getpid()}"
        try:
            self.folder.mkdir()
            self.limit(int(part * PERIOD))
        except OSError as e:
            self.close()
            raise NoQuota(f"a cgroup with a CPU quota ({e.strerror}: {self.folder}); root can make one") from e

    def limit(self, quota):
        if self.is_v1:
            (self.folder / "cpu.cfs_period_us").write_text(f"{PERIOD}")
            (self.folder / "cpu.cfs_quota_us").write_text(f"{quota}")
        else:
            (self.folder / "cpu.max").write_text(f"{quota} {PERIOD}")

    def take(self, pid):
        """The process, with all threads that it has and will have."""
        (self.folder / "cgroup.procs").write_text(f"{pid}")

    def stood_still(self):
        """In how many periods the quota was used up, and in how many anything ran, since the beginning."""
        text = (self.folder / "cpu.stat").read_text()
        return tuple(int(re.search(rf"^{key} (\d+)", text, re.M).group(1)) for key in ("nr_throttled", "nr_periods"))

    def close(self):
        """Lets go whoever is still in it; a cgroup with processes can't be removed."""
        remove(self.folder)


def find():
    """Where cgroups for the CPU are made, and whether they are of version 1."""
    hierarchies = []
    for line in pathlib.Path("/proc/self/mounts").read_text().splitlines():
        _, folder, kind, options, *_ = line.split(" ")
        if kind == "cgroup" and "cpu" in options.split(","):
            return pathlib.Path(folder), True
        if kind == "cgroup2":
            hierarchies.append(pathlib.Path(folder))
    for folder in hierarchies:
        with contextlib.suppress(OSError):
            if "cpu" in (folder / "cgroup.subtree_control").read_text().split():
                return folder, False
    raise NoQuota("cgroups with the controller `cpu` (version 1, or version 2 with `cpu` in cgroup.subtree_control of its root)")


def clear(root):
    """What a run left that was killed."""
    for folder in root.glob(f"{PREFIX}*"):
        if not os.path.exists(f"/proc/{folder.name[len(PREFIX):]}"):
            remove(folder)


def remove(folder):
    with contextlib.suppress(OSError):
        for pid in (folder / "cgroup.procs").read_text().split():
            with contextlib.suppress(OSError):
                (folder.parent / "cgroup.procs").write_text(pid)
        folder.rmdir()
