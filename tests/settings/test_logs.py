"""What a served site writes down: a line for what can happen often, and who asked for what."""

import http.client
import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import requests
from django.db import OperationalError

from importer import run_id
from importer.run_id import RunIdFilter
from settings.logs import BackOffFilter, JsonFormatter, OneLineFormatter
from tests.conftest import eventually
from tests.serving import serving

NO_DATABASE = "postgresql://postgres@127.0.0.1:9/films"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000"
ACCESS = re.compile(
    rf'{TIME} (?P<client>\S+) "(?P<request>[A-Z]+ [^" ]+)" (?P<status>\d+) \d+ \d+ms (?P<id>\S+)'
)
OURS = re.compile(rf"{TIME} (?:ERROR|WARNING) ")


class Log:
    """What a site writes down."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._at_start = len(self._lines)

    @property
    def accesses(self) -> list[re.Match[str]]:
        return [found for line in self._lines if (found := ACCESS.fullmatch(line))]

    @property
    def last_access(self) -> re.Match[str]:
        """Of one request more than the first, which asked whether the site is there."""
        eventually(lambda: len(self.accesses) > 1)  # a line is written after the answer
        return self.accesses[-1]

    @property
    def rest(self) -> list[str]:
        """All other lines, without those of starting."""
        later = self._lines[self._at_start :]
        return [line for line in later if not ACCESS.fullmatch(line)]

    @property
    def _lines(self) -> list[str]:
        return self.path.read_text().splitlines()


@contextmanager
def site(folder: Path, database_url: str, **environment: str) -> Iterator[tuple[str, Log]]:
    """One process, so that it is one who counts."""
    own = {"DATABASE_URL": database_url, "WEB_CONCURRENCY": "1", "API_RATE": ""}
    with serving(folder / "log", **own | environment) as url:
        yield url, Log(folder / "log")


@pytest.mark.slow
class TestOutages:
    def test_many_requests_without_a_database_are_one_line(self, tmp_path: Path) -> None:
        paths = ["/api/v1/best/", "/api/v1/films/1/", "/", "/countries/JP/", "/movies/"]
        with site(tmp_path, NO_DATABASE) as (url, log):
            answers = [requests.get(url + path, timeout=60) for path in paths * 11]

            assert {answer.status_code for answer in answers} == {503}
            (line,) = log.rest
        assert OURS.match(line)
        assert "/api/v1/best/" in line
        assert "Connection refused" in line
        assert line.endswith(f"[{answers[0].headers['X-Request-ID']}]")

    def test_many_requests_for_a_foreign_host_are_one_line(self, tmp_path: Path) -> None:
        with site(tmp_path, NO_DATABASE) as (url, log):
            for _ in range(15):
                answer = requests.get(url, headers={"Host": "evil.example"}, timeout=60)
                assert answer.status_code == 400
            (line,) = log.rest
        assert OURS.match(line)
        assert "evil.example" in line

    def test_a_mistake_has_its_traceback_each_time(
        self, tmp_path: Path, database_url: str
    ) -> None:
        with (
            site(tmp_path, database_url) as (url, log),
            psycopg.connect(database_url, autocommit=True) as connection,
        ):
            connection.execute("ALTER TABLE genre RENAME TO elsewhere")
            try:
                answers = [requests.get(f"{url}/api/v1/genres/", timeout=60) for _ in range(2)]
            finally:
                connection.execute("ALTER TABLE elsewhere RENAME TO genre")

            heads = [line for line in log.rest if OURS.match(line)]
            assert [answer.status_code for answer in answers] == [500, 500]
            assert len(heads) == 2
            for head, answer in zip(heads, answers, strict=True):
                assert head.endswith(f"[{answer.headers['X-Request-ID']}]")
            assert log.rest.count("Traceback (most recent call last):") >= 2


class TestBackOff:
    """Of the filter and the formatter, for records at times that the tests choose."""

    FILTER_SECONDS = 60.0

    def write(self, *times: float, error: Exception | None = None) -> list[str]:
        """The lines that are left of equal errors at these times."""
        back_off, formatter = BackOffFilter(self.FILTER_SECONDS), OneLineFormatter("%(message)s")
        lines = []
        for time in times:
            outage = error or OperationalError("connection refused\n\tIs the server running?")
            record = logging.LogRecord(
                "django.request", logging.ERROR, "", 0, "Service Unavailable: %s", ("/",),
                (type(outage), outage, None),
            )  # fmt: skip
            record.created = time
            if back_off.filter(record):
                # Outside of any request, also of one that another test has made.
                lines.append(Context().run(formatter.format, record))
        return lines

    def test_the_first_is_told_and_the_others_counted_once_a_minute(self) -> None:
        first, second, third = self.write(*range(0, 130, 2))

        words = "Service Unavailable: /: connection refused Is the server running?"
        assert first == words
        assert second == third == f"{words} (and 29 more like it in the last 60 s)"

    def test_what_comes_again_after_a_long_time_counts_nothing(self) -> None:
        first, second = self.write(0, 3600)
        assert first == second

    def test_a_clock_that_is_put_back_keeps_nothing_quiet(self) -> None:
        assert len(self.write(3600, 0, 1)) == 2

    def test_a_mistake_is_never_quiet(self) -> None:
        lines = self.write(0, 1, 2, error=ZeroDivisionError("by zero"))
        assert len(lines) == 3
        assert all("ZeroDivisionError: by zero" in line for line in lines)

    def test_kinds_are_counted_apart(self) -> None:
        timeout = OperationalError("canceling statement")
        timeout.__cause__ = psycopg.errors.QueryCanceled("canceling statement")
        back_off = BackOffFilter(self.FILTER_SECONDS)
        passed = []
        for error in (OperationalError("gone"), timeout, timeout):
            record = logging.LogRecord(
                "django.request", logging.ERROR, "", 0, "x", (), (type(error), error, None)
            )
            passed.append(bool(back_off.filter(record)))
        assert passed == [True, True, False]


@pytest.mark.slow
class TestAccessLog:
    FORWARDED = {"X-Forwarded-For": "192.0.2.66, 203.0.113.7"}

    def test_tells_when_who_asked_for_what_and_how_it_went(
        self, tmp_path: Path, database_url: str
    ) -> None:
        with site(tmp_path, database_url) as (url, log):
            answer = requests.get(
                f"{url}/search/?name=private", headers=self.FORWARDED, timeout=60
            )
            last = log.last_access

            assert last["client"] == "127.0.0.1"
            assert last["request"] == "GET /search/"
            assert last["status"] == "200"
            assert last["id"] == answer.headers["X-Request-ID"]
            assert "private" not in log.path.read_text()

    @pytest.mark.parametrize(
        ("proxies", "client"), [("1", "203.0.113.7"), ("2", "192.0.2.66"), ("3", "192.0.2.66")]
    )
    def test_believes_as_many_proxies_as_there_are(
        self, tmp_path: Path, proxies: str, client: str
    ) -> None:
        with site(tmp_path, NO_DATABASE, TRUSTED_PROXIES=proxies) as (url, log):
            requests.get(f"{url}/healthz", headers=self.FORWARDED, timeout=60)
            assert log.last_access["client"] == client

    @pytest.mark.parametrize(
        "head",
        [
            "GET /search/?name=private",
            "GET /search/?name=private x HTTP/1.1",
            "GET /search/?name=private HTTP/9.9",
            "get /search/?name=private HTTP/1.1",
            "GET /search/?name=private HTTP/1.1\r\nno header",
            f"GET /search/?name=private{'x' * 9000} HTTP/1.1",
        ],
    )
    def test_nor_is_what_is_no_request_written_down_with_its_query(
        self, tmp_path: Path, head: str
    ) -> None:
        with site(tmp_path, NO_DATABASE) as (url, log):
            connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
            connection.connect()
            connection.sock.sendall(f"{head}\r\n\r\n".encode())
            assert connection.sock.recv(100).startswith(b"HTTP/1.1 4")
            connection.close()
            assert "private" not in log.path.read_text()


@pytest.fixture(scope="module")
def behind_a_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with site(tmp_path_factory.mktemp("site"), NO_DATABASE, TRUSTED_PROXIES="1") as (url, _):
        yield url


def id_for(url: str, given: str) -> str:
    headers = {"X-Request-ID": given}
    return requests.get(f"{url}/healthz", headers=headers, timeout=60).headers["X-Request-ID"]


@pytest.mark.slow
class TestRequestId:
    def test_is_that_of_the_proxy(self, behind_a_proxy: str) -> None:
        assert id_for(behind_a_proxy, "proxy-1.of:2") == "proxy-1.of:2"

    @pytest.mark.parametrize("given", ["", "a b", "x" * 129, "<script>", '"'])
    def test_is_made_where_the_proxys_is_none(self, behind_a_proxy: str, given: str) -> None:
        assert re.fullmatch("[0-9a-f]{32}", id_for(behind_a_proxy, given))

    def test_is_made_where_there_is_no_proxy(self, tmp_path: Path) -> None:
        with site(tmp_path, NO_DATABASE) as (url, _):
            assert re.fullmatch("[0-9a-f]{32}", id_for(url, "made-up"))


class TestJson:
    def line(self, record: logging.LogRecord) -> dict[str, object]:
        words = Context().run(JsonFormatter().format, record)  # of no request
        found: dict[str, object] = json.loads(words)
        return found

    def test_a_line_is_an_object(self) -> None:
        record = logging.makeLogRecord({"name": "importer", "levelname": "INFO", "msg": 'a\n"b"'})

        line = self.line(record)
        assert line.pop("time")
        assert line == {"level": "INFO", "logger": "importer", "message": 'a\n"b"'}

    def test_it_has_the_runs_id(self) -> None:
        record = logging.makeLogRecord({"name": "importer", "msg": "x"})
        with run_id.of(7):
            RunIdFilter().filter(record)

        assert self.line(record)["run_id"] == 7

    def test_it_has_the_exception(self) -> None:
        try:
            int("odd")
        except ValueError:
            record = logging.makeLogRecord(
                {"name": "importer", "msg": "x", "exc_info": sys.exc_info()}
            )

        assert "ValueError: odd" in str(self.line(record)["exception"])

    @pytest.mark.slow
    def test_all_that_the_site_says_is_json(self, database_url: str, tmp_path: Path) -> None:
        log = tmp_path / "log"
        with serving(log, DATABASE_URL=database_url, LOG_FORMAT="json") as url:
            requests.get(f"{url}/healthz?secret=1", timeout=60)
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        access = next(line for line in lines if line["logger"] == "access")
        assert access["path"] == "/healthz"
        assert access["status"] == "200"
        assert len(access["request_id"]) == 32
        assert "secret=1" not in log.read_text()
