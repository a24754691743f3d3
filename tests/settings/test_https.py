"""HTTPS_ONLY, on the site as it is served behind a proxy."""

from http.client import HTTPResponse
from pathlib import Path
from urllib.request import Request, urlopen

from tests.serving import serving


def login_page(log: Path, database_url: str, **environment: str) -> HTTPResponse:
    with serving(log, DATABASE_URL=database_url, TRUSTED_PROXIES="1", **environment) as url:
        request = Request(f"{url}/admin/login/", headers={"X-Forwarded-Proto": "https"})
        answer: HTTPResponse
        with urlopen(request, timeout=60) as answer:
            return answer


def test_cookies_go_by_https_alone_where_that_is_said(tmp_path: Path, database_url: str) -> None:
    answer = login_page(tmp_path / "log", database_url, HTTPS_ONLY="1")

    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_elsewhere_they_work_without(tmp_path: Path, database_url: str) -> None:
    answer = login_page(tmp_path / "log", database_url)

    assert "Secure" not in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in answer.headers
