"""HTTPS_ONLY, on the site as it is served behind a proxy."""

from http.client import HTTPResponse
from pathlib import Path
from urllib.request import Request, urlopen

import requests

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


def test_who_comes_without_https_is_led_there_but_for_probes(
    tmp_path: Path, database_url: str
) -> None:
    own = {"DATABASE_URL": database_url, "SITE_HOST": "films.example"}
    with serving(tmp_path / "log", **own) as url:
        host = {"Host": "films.example", "X-Forwarded-Proto": "http"}
        answer = requests.get(f"{url}/search/?name=x", headers=host, allow_redirects=False)
        assert answer.status_code == 301
        assert answer.headers["Location"] == "https://films.example/search/?name=x"
        for probe in ("/healthz", "/readyz"):
            answer = requests.get(url + probe, headers={"Host": "10.0.0.7:8000"}, timeout=60)
            assert answer.status_code == 200
        secure = {"Host": "films.example", "X-Forwarded-Proto": "https"}
        page = requests.get(f"{url}/my-films/", headers=secure, timeout=60)
        assert page.ok
        assert "camera=()" in page.headers["Permissions-Policy"]
        assert requests.get(url, headers={**secure, "Host": "10.0.0.7"}).status_code == 400
