"""The embedded PostgreSQL, each time on a folder of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import dj_database_url
import psycopg
import pytest
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGconn

from tests.conftest import eventually
from tools.postgres import CHECKOUT, EmbeddedPostgres, EmbeddedPostgresError, home_of

pytestmark = pytest.mark.slow

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="root's server runs as another account")
AS_USER = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
COUNT = b"SELECT count(*) FROM generate_series(1, 10000000)"
COUNTERS_AT_WORK = """
    SELECT count(*) FROM pg_stat_activity WHERE application_name = 'counter' AND state = 'active'
"""


@contextmanager
def open_folder() -> Iterator[Path]:
    """One that every account can get to, as pytest's own, below a private one, is not."""
    path = Path(tempfile.mkdtemp(prefix="world-in-movies-test-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as path:
        yield path


@pytest.fixture
def fresh(folder: Path) -> Iterator[EmbeddedPostgres]:
    """One that was never started."""
    server = EmbeddedPostgres(folder / "home")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def postgres() -> Iterator[EmbeddedPostgres]:
    """One that tests share, since a cluster takes a while to make: in any state."""
    with open_folder() as path:
        server = EmbeddedPostgres(path / "home")
        yield server
        server.stop()


@pytest.fixture
def checkout(folder: Path) -> Path:
    """Another checkout, as far as the command line needs one."""
    (folder / "tools").mkdir()
    shutil.copy(CHECKOUT / "tools" / "postgres.py", folder / "tools")
    return folder


def ask(server: EmbeddedPostgres, question: str) -> object:
    with psycopg.connect(server.url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def kill(server: EmbeddedPostgres) -> None:
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)


def test_a_start_makes_a_database_for_every_script_of_the_world(
    postgres: EmbeddedPostgres,
) -> None:
    url = postgres.start()

    assert url == postgres.url
    assert ask(postgres, "SELECT current_database()") == "world_in_movies"
    assert ask(postgres, "SELECT lower('ÅÐЖ')") == "åðж"
    assert ask(postgres, "SHOW server_encoding") == "UTF8"
    assert ask(postgres, "SHOW fsync") == "on"


def test_a_second_start_finds_the_first_ones_server(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    process = postgres.pid

    EmbeddedPostgres(postgres.home).start()

    assert process is not None
    assert postgres.pid == process


def test_what_was_committed_survives_kill_9(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE film AS SELECT 'Börn náttúrunnar' AS title")
    kill(postgres)

    postgres.start()

    assert ask(postgres, "SELECT title FROM film") == "Börn náttúrunnar"


def test_a_session_that_outlives_its_killed_server_is_waited_for(
    postgres: EmbeddedPostgres,
) -> None:
    postgres.start()
    with closing(psycopg.connect(postgres.url, application_name="counter")) as connection:
        # One that counts sees the death of its server only when it has counted to the end.
        eventually(lambda: is_counting(connection.pgconn, postgres))
        kill(postgres)

        postgres.start()

    assert ask(postgres, "SELECT 1") == 1


def is_counting(session: PGconn, server: EmbeddedPostgres) -> bool:
    """Whether it is seen at it; it begins, or begins again when it came to the end unseen."""
    session.consume_input()
    while not session.is_busy() and session.get_result():
        session.consume_input()
    if session.transaction_status == TransactionStatus.IDLE:
        session.send_query(COUNT)
    return bool(ask(server, COUNTERS_AT_WORK))


def test_six_processes_that_start_at_once_end_with_one_server(checkout: Path) -> None:
    starters = [
        subprocess.Popen(command(checkout, "start"), stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]

    said = [starter.communicate()[0].strip() for starter in starters]

    run(checkout, "stop")
    home = checkout / "var" / "postgres"
    assert said == [EmbeddedPostgres(home).url] * 6
    assert [starter.returncode for starter in starters] == [0] * 6
    assert (home / "server.log").read_text().count("starting PostgreSQL") == 1


def test_stop_ends_the_server_and_keeps_the_data(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE country (code text)")

    postgres.stop()

    assert postgres.pid is None
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres.url)
    postgres.start()
    assert ask(postgres, "SELECT count(*) FROM country") == 0


def test_stopping_what_was_never_started_does_nothing(folder: Path) -> None:
    EmbeddedPostgres(folder / "home").stop()

    assert list(folder.iterdir()) == []


def test_a_process_that_got_a_dead_servers_number_is_left_alone(
    postgres: EmbeddedPostgres,
) -> None:
    postgres.start()
    pid_file = postgres.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    owner = pid_file.owner()
    postgres.stop()
    with subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None) as bystander:
        pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]))

        postgres.stop()
        postgres.start()

        assert bystander.poll() is None
        assert postgres.pid not in {None, bystander.pid}
        bystander.kill()


def test_a_cluster_that_was_never_finished_is_made_again(fresh: EmbeddedPostgres) -> None:
    fresh.home.mkdir(mode=0o700)
    unfinished = fresh.home / "data.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")

    fresh.start()

    assert ask(fresh, "SELECT 1") == 1
    assert not unfinished.exists()


@pytest.mark.parametrize("name", ["n" * 100, "It's a film, isn't it; Ü"])
def test_a_path_that_no_socket_can_have_gets_a_short_one(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    server = EmbeddedPostgres(folder / name / "home")
    try:
        server.start()

        assert ask(server, "SELECT 1") == 1
        assert server.socket.parent.stat().st_mode & 0o777 == 0o700
    finally:
        server.stop()
        shutil.rmtree(server.socket.parent)


def test_the_url_keeps_capitals_and_other_characters_for_django() -> None:
    server = EmbeddedPostgres(Path("/Srv/Films+TV"))

    database = dj_database_url.parse(server.url)

    assert database["NAME"] == "world_in_movies"
    assert database["OPTIONS"] == {"host": "/Srv/Films+TV"}


@AS_ROOT
def test_a_strangers_folder_is_refused(fresh: EmbeddedPostgres) -> None:
    fresh.home.mkdir()
    os.chown(fresh.home, 54321, 54321)

    with pytest.raises(
        EmbeddedPostgresError, match=r"home belongs to another user \(number 54321\)"
    ):
        fresh.start()


@AS_ROOT
def test_root_is_told_when_the_servers_account_cannot_get_to_the_folder(folder: Path) -> None:
    folder.chmod(0o700)

    with pytest.raises(
        EmbeddedPostgresError, match="world-in-movies, which PostgreSQL runs as, canno"
    ):
        EmbeddedPostgres(folder / "home").start()


@AS_ROOT
def test_roots_database_leaves_a_checkout_that_only_root_can_get_to(folder: Path) -> None:
    checkout = folder / "private" / "checkout"
    checkout.mkdir(parents=True)
    assert home_of(checkout) == checkout / "var" / "postgres"

    checkout.parent.chmod(0o700)

    assert home_of(checkout).parent == Path("/var/lib")


@AS_USER
def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(checkout: Path) -> None:
    checkout.chmod(0o500)

    said = run(checkout, "start")

    checkout.chmod(0o700)
    assert said.returncode == 1
    assert said.stderr == f"PostgreSQL cannot use {checkout / 'var'}: Permission denied.\n"


def test_the_command_starts_tells_and_stops(checkout: Path) -> None:
    at_first = run(checkout, "status")
    start = run(checkout, "start")
    status = run(checkout, "status")
    stop = run(checkout, "stop")
    at_last = run(checkout, "status")

    url = EmbeddedPostgres(checkout / "var" / "postgres").url
    assert (at_first.returncode, at_first.stdout) == (3, "stopped\n")
    assert (start.returncode, start.stdout) == (0, f"{url}\n")
    assert (status.returncode, status.stdout.split()[0]) == (0, "running")
    assert (stop.returncode, stop.stdout) == (0, "")
    assert (at_last.returncode, at_last.stdout) == (3, "stopped\n")


def run(checkout: Path, name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(checkout, name), capture_output=True, text=True)


def command(checkout: Path, name: str) -> list[str | Path]:
    return [sys.executable, checkout / "tools" / "postgres.py", name]
