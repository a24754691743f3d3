"""A site as production has it, to be attacked: gunicorn with two processes on a database of its
own, whose films have hostile titles, and whoever attacks it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import requests

from tools.proofs.databases import CHECKOUT, migrated_database

LISTENING = re.compile(r"Listening at: http://([\d.]+):(\d+)")
START_SECONDS = 60.0
NAME = "operator"
HELPER = "helper"  # of the staff, without any permission
PASSWORD = "correct-horse-battery-staple-of-the-proof"  # noqa: S105
SECRET_KEY = "of-the-attacks-and-of-nothing-else-in-the-whole-world"  # noqa: S105
TMDB_KEY = "distinctive-key-of-the-attacks"
ACCOUNTS = f"""
from django.contrib.auth.models import User
User.objects.create_superuser({NAME!r}, password={PASSWORD!r})
User.objects.create_user({HELPER!r}, password={PASSWORD!r}, is_staff=True)
"""
# What a page or a program could take for markup, script, formula or template.
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<body onload=alert(1)>",
    "<math><mi xlink:href=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<style>@import'//evil.example'</style>",
    "<base href=//evil.example/>",
    "<!--<script>alert(1)//-->",
    "{{ 7*7 }}{% debug %}",
    "`${alert(1)}`",
    '=HYPERLINK("//evil.example")<b>',
)
FIRST_ID = 1_000_000
# Films of these names, each with the words that a search finds it by.
FILMS = f"""
from movies.models import Movie, Title
for number, name in enumerate({PAYLOADS!r}, {FIRST_ID + 1}):
    movie = Movie.objects.create(
        id=number, title=name, original_title=name, original_language="en", status="Released",
        overview=name, tagline=name, popularity=1, tmdb_votes=1, origin_countries=[],
        production_countries=[], genre_ids=[], spoken_languages=[],
    )
    Title.objects.create(
        movie=movie, name=name, key="alert", words=["alert"], weight=1, is_own=True
    )
"""


@dataclass
class Site:
    """Where it is, its log, and sessions of those who use it."""

    host: str
    port: int
    database: str
    log: Path
    environment: dict[str, str]
    process_id: int
    sessions: dict[str, requests.Session] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def get(self, path: str, **more: object) -> requests.Response:
        """By nobody in particular; redirects are not followed."""
        return requests.get(self.url + path, timeout=60, allow_redirects=False, **more)  # type: ignore[arg-type]

    def post(self, path: str, **more: object) -> requests.Response:
        return requests.post(self.url + path, timeout=60, allow_redirects=False, **more)  # type: ignore[arg-type]

    def session(self, name: str) -> requests.Session:
        """Of one of the staff, who has logged in once."""
        if name not in self.sessions:
            self.sessions[name] = session = requests.Session()
            session.get(f"{self.url}/admin/login/", timeout=60)
            answer = session.post(
                f"{self.url}/admin/login/?next=/admin/",
                {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token(session)},
                timeout=60,
            )
            assert answer.ok, answer.status_code  # noqa: S101
        return self.sessions[name]

    def query(self, statement: str) -> object:
        with psycopg.connect(self.database) as connection:
            row = connection.execute(statement).fetchone()
        return row[0] if row else None


def token(session: requests.Session) -> str:
    return str(session.cookies.get("csrftoken", ""))


@contextmanager
def attacked_site(server: str, folder: Path, **settings: str) -> Iterator[Site]:
    """Runs while the block lasts; the settings are a production's, but for those named."""
    with migrated_database(server, "attacks") as database:
        environment = os.environ | {
            "DATABASE_URL": database,
            "DEBUG": "0",
            "SECRET_KEY": SECRET_KEY,
            "TMDB_API_KEY": TMDB_KEY,
            "PORT": "0",
            "WEB_CONCURRENCY": "2",
            "GHIBLI_API_URL": "http://127.0.0.1:9",
            "TMDB_API_URL": "http://127.0.0.1:9/3",
            "MALLOC_ARENA_MAX": "1",
            **settings,
        }
        for words in (ACCOUNTS, FILMS):
            run_python(environment, "manage.py", "shell", "--verbosity=0", "--command", words)
        log = folder / "site.log"
        command = ["-m", "gunicorn", "--config=gunicorn.config.py", "settings.wsgi"]
        with log.open("w") as said:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, *command],
                cwd=CHECKOUT,
                env=environment,
                stdout=said,
                stderr=said,
            )
        try:
            host, port = await_address(log, process)
            site = Site(host, port, database, log, environment, process.pid)
            site.get("/readyz")
            yield site
        finally:
            process.terminate()
            process.wait()


def run_python(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=CHECKOUT, env=environment, check=True)  # noqa: S603


def await_address(log: Path, process: "subprocess.Popen[bytes]") -> tuple[str, int]:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := LISTENING.search(log.read_text()):
            return found[1], int(found[2])
        time.sleep(0.1)
    raise OSError(f"the site did not start: {log.read_text()[-2000:]}")
