"""SITE_PATH: the site below a path of its host, whose proxy takes the path off."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured

from settings.environment import path_setting
from tests.serving import CHECKOUT, serving

SITE = "/films/"
LINKS = re.compile(r"""(?:href|src|action|data-world|data-site)=["'](/[^"']*)["']""")


@pytest.mark.slow
def test_every_address_that_a_page_names_is_below_it(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path / "log", DATABASE_URL=database_url, SITE_PATH=SITE) as url:
        for path in (
            "/",
            "/about/",
            "/next/",
            "/search/?name=x",
            "/my-films/",
            "/admin/login/",
            "/api/docs/",
        ):
            page = requests.get(url + path, timeout=60)
            assert page.ok, path
            links = LINKS.findall(page.text)
            assert links, path
            assert [link for link in links if not f"{link}/".startswith(SITE)] == []
            for link in {link for link in links if "/static/" in link}:
                answer = requests.get(url + link.removeprefix(SITE.rstrip("/")), timeout=60)
                assert answer.ok, link
        answer = requests.get(f"{url}/about", timeout=60, allow_redirects=False)
        assert urlsplit(answer.headers["Location"]).path == "/films/about/"
        answer = requests.get(f"{url}/admin/", timeout=60, allow_redirects=False)
        assert answer.headers["Location"].startswith("/films/admin/login/")
        login = requests.get(f"{url}/admin/login/", timeout=60)
        assert "Path=/films/" in login.headers["Set-Cookie"]
        for probe in ("/healthz", "/readyz"):
            assert requests.get(url + probe, headers={"Host": "10.0.0.7"}, timeout=60).ok


def test_no_module_makes_an_address_from_the_hosts_root() -> None:
    modules = list(CHECKOUT.glob("*/static/**/*.js"))
    assert len(modules) > 50

    assert [path.name for path in modules if re.search("`/[a-z]", path.read_text())] == []


@pytest.mark.parametrize(("given", "path"), [("", "/"), ("/", "/"), ("/a/b-c/", "/a/b-c/")])
def test_a_path_has_a_slash_at_both_ends(
    monkeypatch: pytest.MonkeyPatch, given: str, path: str
) -> None:
    monkeypatch.setenv("SITE_PATH", given)

    assert path_setting("SITE_PATH") == path


@pytest.mark.parametrize("given", ["films", "/films", "films/", "//", "/a b/", "/../"])
def test_another_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SITE_PATH", given)

    with pytest.raises(ImproperlyConfigured, match="SITE_PATH"):
        path_setting("SITE_PATH")
