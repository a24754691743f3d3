"""The site behind the proxies of deploy/: what they answer by themselves, how often they ask the
site, and what readers see when a ranking changes it or it is away. wrk asks."""

import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from tools.benchmarks.catalogue import whole_catalogue
from tools.benchmarks.database import Database
from tools.benchmarks.http import GZIP, KEPT
from tools.benchmarks.importing import Importer
from tools.benchmarks.machine import BenchmarkFailed
from tools.benchmarks.report import against, rounded, section, table, tell
from tools.benchmarks.site import READERS, Reader, site
from tools.ports import free_port, is_listening
from tools.proxies import PATH, nginx_command, varnish_command

FILMS = 45_000
SECONDS = 3
LEAST = 5_000
PATHS = [*KEPT, "/films/5/"]
UNCHANGED = "/countries/JP/"
# What a thousand read while a ranking changes it; nothing else asks for it before.
SWAPPED, CONNECTIONS = "/countries/FR/", 1_000
SWAP_SECONDS = 20
# For each edition once by its readers and once by the one who watches, at another name.
AT_MOST_ASKED = 4
MOST_SWAP_SECONDS = 60.0
AWAY_SECONDS = 75
START_SECONDS = 10.0
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
REQUESTS = re.compile(r"(\d+) requests in")
NOTE = (
    "{films:,} films, gunicorn with 2 workers of 4 threads and the proxy on the same cores; `wrk` "
    "with {readers} connections for {seconds} s each, gzip accepted."
)


class Load(NamedTuple):
    """What wrk has got."""

    requests: int
    rate: float


def report(films: int) -> str:
    """A column for each proxy that is installed."""
    names = [name for name in ("nginx", "varnishd") if shutil.which(name, path=PATH)]
    if not names or shutil.which("wrk") is None:
        raise BenchmarkFailed("this needs wrk, and nginx or Varnish")
    with whole_catalogue("proxies", films) as database:
        columns = [list(measure(name, database)) for name in names]
    rows = [
        [cells[0][0], *(figure for _, figure in cells)] for cells in zip(*columns, strict=True)
    ]
    note = NOTE.format(films=films, readers=READERS, seconds=SECONDS)
    return section("Behind a proxy", table(["", *names], rows), note)


def measure(name: str, database: Database) -> Iterator[tuple[str, str]]:
    """What each figure is, and the figure."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as behind:
        # nginx leaves root's rights when it has read its configuration.
        Path(folder).chmod(0o755)
        log = Path(folder) / "access.log"
        origin = behind.enter_context(site(database, access_log=str(log), TRUSTED_PROXIES="1"))
        with proxy(name, Path(folder), origin) as address:
            yield from rates(name, address)
            yield from over_a_ranking(name, address, database, log)
            behind.close()
            yield while_away(name, address)


def rates(name: str, address: str) -> Iterator[tuple[str, str]]:
    for path in PATHS:
        tell(f"{name}: {path}")
        yield f"`{path}`", against(wrk(address, path, GZIP).rate, least=LEAST)
    unchanged = GZIP | {"If-None-Match": head_of(address, UNCHANGED)["etag"]}
    yield (
        f"`{UNCHANGED}`, unchanged",
        against(wrk(address, UNCHANGED, unchanged).rate, least=LEAST),
    )


def over_a_ranking(
    name: str, address: str, database: Database, log: Path
) -> Iterator[tuple[str, str]]:
    tell(f"{name}: {CONNECTIONS:,} readers over a ranking")
    old = head_of(address, SWAPPED)["etag"]
    loads: list[Load] = []
    readers = threading.Thread(
        target=lambda: loads.append(
            wrk(address, SWAPPED, GZIP, connections=CONNECTIONS, seconds=SWAP_SECONDS)
        )
    )
    readers.start()
    with tempfile.TemporaryDirectory() as exports:
        Importer(database, "http://127.0.0.1:9", Path(exports)).run("ranking")
    ended = time.monotonic()
    while head_of(address, SWAPPED)["etag"] == old:
        if time.monotonic() - ended > 2 * MOST_SWAP_SECONDS:
            raise BenchmarkFailed(f"{name} answers with the old edition")
        time.sleep(0.01)
    seen = time.monotonic() - ended
    readers.join()
    asked = log.read_text().count(f'"GET {SWAPPED}"')
    yield f"`{SWAPPED}`, {CONNECTIONS:,} connections over a ranking", rounded(loads[0].rate)
    yield "how often they asked", f"{loads[0].requests:,}"
    yield "how often the site was asked", against(asked, most=AT_MOST_ASKED)
    yield "until the new edition was seen", against(seen, "s", most=MOST_SWAP_SECONDS)


def while_away(name: str, address: str) -> tuple[str, str]:
    """What was asked for lately is still answered, though it is older than it may be."""
    tell(f"{name}: {AWAY_SECONDS} s without the site")
    time.sleep(AWAY_SECONDS)
    found = wrk(address, SWAPPED, GZIP, seconds=1)  # which takes nothing but 200
    return f"{AWAY_SECONDS} s after the site was ended", f"{rounded(found.rate)} a second"


@contextmanager
def proxy(name: str, folder: Path, behind: str) -> Iterator[str]:
    """`host:port` of the proxy, for as long as the block lasts."""
    port = free_port()
    address = f"127.0.0.1:{port}"
    command = {
        "nginx": lambda: nginx_command(folder, address, [behind], connections=4 * CONNECTIONS),
        "varnishd": lambda: varnish_command(folder, address, behind),
    }[name]()
    command[0] = shutil.which(command[0], path=PATH) or command[0]
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(port, name)
            yield address
        finally:
            process.terminate()


def wait_for(port: int, name: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if is_listening(port):
            return
        time.sleep(0.05)
    raise BenchmarkFailed(f"{name} did not start")


def head_of(address: str, path: str, headers: Mapping[str, str] | None = None) -> dict[str, str]:
    """The header's fields of an answer, by their names in small letters."""
    with Reader(address) as reader:
        head, _ = reader.get(path, headers or {})
    lines = [line.partition(": ") for line in head.decode().split("\r\n")]
    return {name.lower(): value for name, _, value in lines}


def wrk(
    address: str,
    path: str,
    headers: dict[str, str],
    *,
    connections: int = READERS,
    seconds: int = SECONDS,
) -> Load:
    options = [f"-c{connections}", "-t1", f"-d{seconds}s"]
    for name, value in headers.items():
        options += ["-H", f"{name}: {value}"]
    done = subprocess.run(  # noqa: S603
        ["wrk", *options, f"http://{address}{path}"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    requests, rate = REQUESTS.search(done.stdout), RATE.search(done.stdout)
    if not requests or not rate or "Non-2xx" in done.stdout:
        raise BenchmarkFailed(f"wrk says of {path}: {done.stdout or done.stderr}")
    return Load(int(requests[1]), float(rate[1]))
