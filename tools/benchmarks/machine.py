"""The machine that is measured on, and what a command takes of it: time, CPU and memory."""

import os
import platform
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Between two looks at a process's memory; its highest is kept by the kernel itself, so that only
# what happens in its very last moment can be missed.
LOOK_SECONDS = 0.05
LONGEST_SECONDS = 900.0
MEGABYTE = 1_000_000


class BenchmarkFailed(Exception):  # noqa: N818 - says what, not that it is an error
    """Nothing can be measured, for the reason given."""


@dataclass
class Measured:
    """What a command took, from its start to its end."""

    begun: float  # as time.monotonic() has it, which all processes share
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_bytes: int = 0
    # What it wrote, and `samples` of (probe's answer, resident bytes), each with the seconds
    # since its start.
    lines: list[tuple[float, str]] = field(default_factory=list)
    samples: list[tuple[float, int, int]] = field(default_factory=list)

    def when(self, words: str, otherwise: float | None = None) -> float:
        """Seconds from the start to the first line with these words; `otherwise` without one."""
        for seconds, line in self.lines:
            if words in line:
                return seconds
        if otherwise is None:
            raise BenchmarkFailed(f"the command never wrote {words!r}")
        return otherwise


def description() -> str:
    """`2 cores (Some CPU), 24 GB of memory, Linux 6.1, Python 3.11.7`"""
    if not Path("/proc/self/status").exists():
        raise BenchmarkFailed("memory is measured in Linux's /proc, and there is none here")
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    return (
        f"{cores} cores ({_model()}), {memory:.0f} GB of memory, {system}, "
        f"Python {platform.python_version()}"
    )


def load() -> float:
    """How many processes have wanted a core in the last minute, as a share of the cores."""
    return os.getloadavg()[0] / len(os.sched_getaffinity(0))


def _model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def measure(
    command: Sequence[str],
    environment: Mapping[str, str],
    probe: Callable[[], int] | None = None,
) -> Measured:
    """Run it without a terminal to its end. `probe` is asked for a sample every second.

    BenchmarkFailed, with its last words, when it fails or takes over LONGEST_SECONDS.
    """
    measured = Measured(begun=time.monotonic())
    process = subprocess.Popen(  # noqa: S603
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watch = Watch(process, measured, probe)
    watch.start()
    try:
        for line in process.stdout or ():
            measured.lines.append((time.monotonic() - measured.begun, line.rstrip()))
        watch.end()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        watch.end()
        if process.returncode is None:
            process.kill()
            process.wait()
    measured.seconds = time.monotonic() - measured.begun
    measured.cpu_seconds = usage.ru_utime + usage.ru_stime
    if process.returncode:
        words = "\n".join(line for _, line in measured.lines[-20:])
        raise BenchmarkFailed(f"{' '.join(command)} ended with {process.returncode}:\n{words}")
    return measured


class Watch(threading.Thread):
    """Looks at a process's memory while it runs, and kills it when it takes too long.

    What wait4() tells of its memory would not do: it counts the parent's before the exec as well.
    """

    def __init__(
        self,
        process: "subprocess.Popen[str]",
        measured: Measured,
        probe: Callable[[], int] | None,
    ) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.measured = measured
        self.probe = probe
        self.ended = threading.Event()

    def end(self) -> None:
        """Stop looking, which is to be before the process is waited for."""
        self.ended.set()
        self.join()

    def run(self) -> None:
        next_sample = self.measured.begun
        while not self.ended.wait(LOOK_SECONDS):
            now = time.monotonic()
            if now - self.measured.begun > LONGEST_SECONDS:
                self.process.kill()
            peak, resident = _memory(self.process.pid)
            self.measured.peak_bytes = max(self.measured.peak_bytes, peak)
            if self.probe and resident and now >= next_sample:
                next_sample = now + 1
                sample = now - self.measured.begun, self.probe(), resident
                self.measured.samples.append(sample)


def _memory(pid: int) -> tuple[int, int]:
    """The highest and the present resident bytes of a process; 0 when it has just ended."""
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines()
    )
    highest, present = (status.get(name, "0").split()[0] for name in ("VmHWM", "VmRSS"))
    return int(highest) * 1024, int(present) * 1024
