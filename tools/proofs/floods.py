"""Whoever takes the site from its readers: by trying passwords, by silence, by large files."""

import os
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import requests

from tools.proofs.attacked_site import NAME, PASSWORD, SECRET_KEY, TMDB_KEY, Site
from tools.proofs.outcome import say

READS = 40
ATTACKERS = 12
LOGINS = 358
LOCKED_OUT = 429
CONNECTIONS = 50
# How slow a reader may be under attack.
MOST_SECONDS = 0.5
# Of two cores, by one address within its limits.
MOST_SHARE = 0.25
UPLOAD_SECONDS = 40.0
ROWS = 60_000
READ = "/countries/"
TICKS = os.sysconf("SC_CLK_TCK")


def tried_passwords(site: Site) -> Iterator[str]:
    """358 wrong logins by twelve at once: locked out, logged, readers do not notice"""
    before = median_read(site)
    codes: list[int] = []

    def attack() -> None:
        session = requests.Session()
        session.get(f"{site.url}/admin/login/", timeout=60)
        while len(codes) < LOGINS:
            form = {
                "username": NAME,
                "password": f"wrong {len(codes)}",
                "csrfmiddlewaretoken": str(session.cookies.get("csrftoken")),
            }
            answer = session.post(f"{site.url}/admin/login/", form, timeout=60)
            codes.append(answer.status_code)

    with attackers(attack, ATTACKERS):
        during = median_read(site)
    tried = sum(code != LOCKED_OUT for code in codes)
    say(f"  {len(codes)} logins, {tried} passwords looked at; readers {ms(before)} → {ms(during)}")
    if tried > 20:
        yield f"{tried} passwords were looked at"
    if during > MOST_SECONDS:
        yield f"readers wait {ms(during)}"
    if "Locking out" not in site.log.read_text():
        yield "the log does not say so"


def silent_connections(site: Site) -> Iterator[str]:
    """50 connections that say nothing, half of a head, half of a form, or read no answer"""
    form = "POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n"
    asking = "GET /static/pages/world.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for name, first, most in (
        ("nothing", "", MOST_SECONDS),
        ("half a head", "GET / HTTP/1.1\r\nHost: lo", MOST_SECONDS),
        ("half a form", form, 75.0),
        ("no reading", asking * 50, 75.0),
    ):
        with ExitStack() as stack:
            for _ in range(CONNECTIONS):
                connection = socket.create_connection((site.host, site.port), timeout=30)
                stack.enter_context(connection)
                connection.setblocking(False)
                with suppress(OSError):
                    connection.send(first.encode())
            begun = time.monotonic()
            with suppress(requests.RequestException):
                site.get(READ)
            waited = time.monotonic() - begun
            say(f"  {name}: a reader waits {ms(waited)}")
            if waited > most:
                yield f"{name}: a reader waits {waited:.1f} s"


def large_uploads(site: Site) -> Iterator[str]:
    """one address that uploads as large files as it may, as often as it may"""
    rows = [f"tt{number:07d},7,Name {number},{1950 + number % 70}" for number in range(ROWS)]
    content = ("Const,Your Rating,Title,Year\n" + "\n".join(rows)).encode()
    codes: list[int] = []
    end = time.monotonic() + UPLOAD_SECONDS

    def attack() -> None:
        while time.monotonic() < end:
            with suppress(requests.RequestException):
                answer = site.post(
                    "/api/v1/watched/", data=content, headers={"Content-Type": "text/csv"}
                )
                codes.append(answer.status_code)
            time.sleep(0.05)

    begun, used = time.monotonic(), processor_seconds(site)
    with attackers(attack, 4):
        during = median_read(site)
    seconds = time.monotonic() - begun
    share = (processor_seconds(site) - used) / (2 * seconds)
    say(
        f"  {codes.count(200)} of {len(codes)} uploads of {ROWS:,} rows taken in {seconds:.0f} s; "
        f"{share:.0%} of two cores; readers {ms(during)}"
    )
    if share > MOST_SHARE:
        yield f"{share:.0%} of two cores"


def secrets_in_the_log(site: Site) -> Iterator[str]:
    """no secret is in the log, after all of this"""
    text = site.log.read_text()
    for secret in (PASSWORD, SECRET_KEY, TMDB_KEY, "wrong 1"):
        if secret in text:
            yield f"the log has {secret!r}"
    if "Traceback" in text:
        yield "the log has a traceback: " + text[text.index("Traceback") :][:1500]


@contextmanager
def attackers(attack: Callable[[], None], number: int) -> Iterator[None]:
    threads = [threading.Thread(target=attack) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()


def median_read(site: Site) -> float:
    seconds = []
    for _ in range(READS):
        begun = time.monotonic()
        site.get(READ)
        seconds.append(time.monotonic() - begun)
    return statistics.median(seconds)


def processor_seconds(site: Site) -> float:
    """Of gunicorn's processes, without PostgreSQL's."""
    children = Path(f"/proc/{site.process_id}/task/{site.process_id}/children").read_text()
    ticks = 0
    for child in children.split():
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
