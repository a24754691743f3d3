"""More than one machine, on one: two sites behind nginx, PgBouncer, a primary with a standby that
readers are answered from, and a shared cache; each is taken away under load and brought back."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import requests

from tools.postgres import EmbeddedPostgres
from tools.proofs.databases import CHECKOUT, migrated_database
from tools.proofs.imports import Importer, addresses, sandbox
from tools.proofs.outcome import say
from tools.proofs.restarts import own_server

READERS = 4
CALM_SECONDS = 3.0
AWAY_SECONDS = 8.0
# How soon after a part is back all has to be well again.
WELL_SECONDS = 30.0
PATHS = ("/api/v1/best/", "/countries/", "/api/v1/search/?name=the", "/", "/api/v1/countries/")
UPLOAD, CSV = "/api/v1/watched/", {"Content-Type": "text/csv"}
FILE = b"Const,Your Rating,Title\ntt0113277,8,Heat\n"
SECRET_KEY = "of-the-machines-and-of-nothing-else-in-the-world"  # noqa: S105
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  upstream sites {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://sites; proxy_set_header Host localhost; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_next_upstream error timeout http_502;
      proxy_connect_timeout 1s;
      proxy_set_header X-Forwarded-For $remote_addr;
    }}
  }}
}}
"""
PGBOUNCER = """
[databases]
* = host={host} port=5432 user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
auth_type = any
pool_mode = transaction
ignore_startup_parameters = options,extra_float_digits
unix_socket_dir =
"""


class Standby(EmbeddedPostgres):
    """A hot standby of another server."""

    def __init__(self, home: Path, primary: EmbeddedPostgres) -> None:
        super().__init__(home)
        self.primary = primary

    def _make_cluster(self) -> None:
        host = str(self.primary.socket.parent)
        self._run(
            *("pg_basebackup", "--pgdata=data", "--write-recovery-conf", "--checkpoint=fast"),
            f"--dbname=host={host} user=postgres",
        )


@dataclass
class Part:
    """A process that can be taken away and brought back."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command, cwd=CHECKOUT, env=self.environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
                return
            self.kill()


@dataclass
class Load:
    """Readers who ask without end, and what they are answered: the status, or the error's kind."""

    url: str
    answers: list[tuple[float, str]] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def read(self, number: int) -> None:
        session = requests.Session()
        turn = number
        while not self.is_over.is_set():
            turn += 1
            try:
                answer = session.get(self.url + PATHS[turn % len(PATHS)], timeout=15)
                said = str(answer.status_code)
            except requests.RequestException as error:
                said = type(error).__name__
            self.answers.append((time.monotonic(), said))
            time.sleep(0.02)

    def since(self, moment: float) -> Counter[str]:
        return Counter(said for at, said in self.answers if at >= moment)

    def last_failure(self, moment: float) -> float:
        """When the last answer came that was none, or `moment`."""
        failed = [at for at, said in self.answers if at >= moment and said != "200"]
        return max(failed, default=moment)


@contextmanager
def reading(url: str) -> Iterator[Load]:
    load = Load(url)
    threads = [threading.Thread(target=load.read, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.is_over.set()
        for thread in threads:
            thread.join()


def prove(films: int) -> Iterator[str]:
    """A table: the part, what readers saw meanwhile, and after how long all was well again."""
    missing = [name for name in ("nginx", "pgbouncer") if not shutil.which(name, path=paths())]
    cache = shutil.which("valkey-server") or shutil.which("redis-server")
    if missing or not cache:
        raise OSError(f"{', '.join(missing) or 'valkey-server'} is needed (apt-get install)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="machines-")))
        folder.chmod(0o755)
        primary = stack.enter_context(own_server(folder))
        database = stack.enter_context(migrated_database(primary.url, "machines"))
        settings = addresses(stack.enter_context(sandbox("--synthetic", str(films))))
        if Importer(database, folder / "import", settings).run("daily"):
            raise OSError("the films could not be imported")
        standby = Standby(folder / "standby", primary)
        standby.start()
        stack.callback(standby.stop)
        parts = make_parts(folder, primary, standby, database, cache)
        for part in parts.values():
            part.start()
            stack.callback(part.stop)
        url = parts["nginx"].environment["URL"]
        await_well(url, folder)
        say("| taken away | how | answers meanwhile and after | seconds until well again |")
        say("|---|---|---|---|")
        films_before = count_films(database)
        with reading(url) as load:
            time.sleep(CALM_SECONDS)
            for name, how, take, bring in disturbances(parts, primary, standby):
                yield from disturb(load, name, how, take, bring)
        if count_films(database) != films_before:
            yield "films were lost"
        if not load.since(0)["200"]:
            yield "nothing was answered"


Disturbance = tuple[str, str, Callable[[], object], Callable[[], object]]


def disturbances(
    parts: dict[str, Part], primary: EmbeddedPostgres, standby: EmbeddedPostgres
) -> Iterator[Disturbance]:
    yield "nothing", "", lambda: None, lambda: None
    for name in ("site 1", "site 2", "cache"):
        yield name, "killed", parts[name].kill, parts[name].start
    yield "standby", "shut down", standby.stop, standby.start
    yield "standby", "killed", lambda: kill_server(standby), standby.start
    yield "primary", "shut down", primary.stop, primary.start
    yield "primary", "killed", lambda: kill_server(primary), primary.start
    yield "pgbouncer", "killed", parts["pgbouncer"].kill, parts["pgbouncer"].start


def disturb(
    load: Load, name: str, how: str, take: Callable[[], object], bring: Callable[[], object]
) -> Iterator[str]:
    begun = time.monotonic()
    take()
    time.sleep(AWAY_SECONDS)
    back = time.monotonic()
    bring()
    time.sleep(CALM_SECONDS)
    while time.monotonic() - max(load.last_failure(begun), begun) < CALM_SECONDS:
        if time.monotonic() - back > WELL_SECONDS:
            yield f"{name}, {how}: not well {WELL_SECONDS:.0f} s after it was back"
            break
        time.sleep(0.2)
    answers = load.since(begun)
    well_after = max(load.last_failure(begun) - begun, 0)
    words = ", ".join(f"{count} × {said}" for said, count in answers.most_common())
    say(f"| {name} | {how} | {words} | {well_after:.1f} |")
    failed = sum(count for said, count in answers.items() if said != "200")
    # Whatever is read can be had without any of these, but for what was under way.
    if name in {"nothing", "cache", "standby"} and failed > READERS:
        yield f"{name}, {how}: {failed} readers saw an error"


def make_parts(
    folder: Path, primary: EmbeddedPostgres, standby: EmbeddedPostgres, database: str, cache: str
) -> dict[str, Part]:
    """By name, in the order in which they are started."""
    ports = [free_port() for _ in range(5)]
    bouncer_port, cache_port, first, second, port = ports
    name = database.rpartition("/")[2].partition("?")[0]
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://postgres@127.0.0.1:{bouncer_port}/{name}",
        "DATABASE_REPLICA_URL": standby.url.replace("/world_in_movies?", f"/{name}?"),
        "CACHE_URL": f"valkey://127.0.0.1:{cache_port}/0",
        "SECRET_KEY": SECRET_KEY,
        "DEBUG": "0",
        "API_RATE": "",
        "API_UPLOAD_RATE": "",
        "WEB_CONCURRENCY": "1",
        "GHIBLI_API_URL": "http://127.0.0.1:9",
        "TRUSTED_PROXIES": "1",
        "PATH": paths(),
    }
    servers = " ".join(f"server 127.0.0.1:{site} fail_timeout=1s;" for site in (first, second))
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, servers=servers, port=port))
    (folder / "pgbouncer.ini").write_text(
        PGBOUNCER.format(host=primary.socket.parent, port=bouncer_port)
    )
    (folder / "pgbouncer.ini").chmod(0o644)
    gunicorn = [sys.executable, "-m", "gunicorn", "--config=gunicorn.config.py", "settings.wsgi"]
    # It refuses to run as root, and has to get to the server's socket.
    account = [f"--user={primary.socket.parent.owner()}"] if os.geteuid() == 0 else []

    def part(called: str, *command: str, **more: str) -> tuple[str, Part]:
        log = folder / f"{called}.log"
        return called, Part(called, list(command), environment | more, log)

    return dict(
        [
            part("pgbouncer", "pgbouncer", *account, str(folder / "pgbouncer.ini")),
            part("cache", cache, "--port", str(cache_port), "--bind", "127.0.0.1", "--save", ""),
            part("site 1", *gunicorn, PORT=str(first)),
            part("site 2", *gunicorn, PORT=str(second)),
            part(
                "nginx", "nginx", "-c", str(folder / "nginx.conf"), URL=f"http://127.0.0.1:{port}"
            ),
        ]
    )


def await_well(url: str, folder: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(requests.RequestException):
            answers = [requests.get(url + path, timeout=10) for path in PATHS]
            answers.append(requests.post(url + UPLOAD, FILE, headers=CSV, timeout=10))
            if all(answer.ok for answer in answers):
                return
        time.sleep(0.2)
    words = [f"{path.name}: {path.read_text()[-1500:]}" for path in folder.glob("*.log")]
    raise OSError("the sites did not start:\n" + "\n".join(words))


def kill_server(server: EmbeddedPostgres) -> None:
    """As a crash of its machine would, without its parting words."""
    if server.pid:
        os.kill(server.pid, signal.SIGQUIT)
    while server.is_listening():
        time.sleep(0.05)


def count_films(database: str) -> int:
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT count(*) FROM movie").fetchone()
    return int(row[0]) if row else 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def paths() -> str:
    return os.environ["PATH"] + ":/usr/sbin"
