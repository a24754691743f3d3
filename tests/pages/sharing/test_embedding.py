"""Pages for other sites' frames, and the files that make the site an app."""

import json
import re
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from pages.sharing.install import OFFLINE_FILES
from tests.html import Page, load
from tests.sample_films import ENTITIES, MARKUP, sample_films
from tools.sandbox.sources import Films

EMBEDDED = ["/embed/", "/embed/countries/JP/"]
STATIC_IMPORT = re.compile(r'^(?:import|export)\s[^"]*"(\.[\w./-]+\.js)"', re.MULTILINE)


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


@pytest.mark.parametrize("address", EMBEDDED)
def test_only_these_pages_may_be_framed_by_anybody(
    client: Client, catalogue: None, address: str
) -> None:
    framed, other = client.get(address), client.get("/countries/JP/")

    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", EMBEDDED)
def test_they_need_no_script_and_no_inline_style(
    client: Client, catalogue: None, address: str
) -> None:
    page = load(client, address)
    names = {name for _, attributes in page.elements for name in attributes}

    assert not {"script", "style", "form"} & {tag for tag, _ in page.elements}
    assert "style" not in names
    links = [found for tag, found in page.elements if tag == "a"]
    assert {(link["target"], link["rel"]) for link in links} == {("_blank", "noopener")}


def test_the_map_leads_to_every_country_and_says_how_many_films(
    client: Client, catalogue: None
) -> None:
    page = load(client, "/embed/")

    assert "/countries/JP/" in page.links
    assert "Japan: 25 rated films" in page.texts
    assert "Iceland: 1 rated film" in page.texts
    assert "Sweden: 0 rated films" in page.texts
    shades = page.attributes("path", "class")
    assert {"others", "shade-0", "shade-1", "shade-5"} <= set(shades)


def test_a_country_has_its_best_films(client: Client, catalogue: None) -> None:
    page = load(client, "/embed/countries/JP/")

    assert page.texts[page.texts.index("25 films") :][1] == "Tokyo 1"
    assert [link for link in page.links if link.startswith("/films/")] == [
        f"/films/{100 + number}/" for number in range(1, 6)
    ]


def test_names_are_text_and_never_markup(client: Client, catalogue: None) -> None:
    assert {MARKUP, ENTITIES} <= set(load(client, "/embed/countries/MT/").texts)


@pytest.mark.parametrize("code", ["ZZ", "jp", "%00", "'", "x" * 300])
def test_what_is_not_there_cannot_be_embedded(client: Client, catalogue: None, code: str) -> None:
    assert client.get(f"/embed/countries/{code}/").status_code == 404


@pytest.mark.django_db
def test_an_empty_catalogue_has_a_map_too(client: Client) -> None:
    assert load(client, "/embed/").links == ["/"]


@pytest.mark.django_db
def test_the_manifest_has_what_installing_needs(client: Client) -> None:
    page = Page(client.get("/").content.decode())
    [address] = [
        str(found["href"]) for tag, found in page.elements if found.get("rel") == "manifest"
    ]
    answer = client.get(address)
    manifest = answer.json()

    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["display"], manifest["start_url"], manifest["scope"]) == (
        "standalone", "/", "/"
    )  # fmt: skip
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        assert path
        with Image.open(path) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
    for shortcut in manifest["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200


def test_the_service_worker_keeps_all_that_the_offline_page_needs(client: Client) -> None:
    answer = client.get("/service-worker.js")
    [kept] = re.findall(r"const FILES = (\[.*\]);", answer.content.decode())
    page = load(client, "/offline/")
    needed = {
        *page.attributes("link", "href"),
        *page.attributes("script", "src"),
        *page.attributes("img", "src"),
    }

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert {"/offline/", *needed} <= set(json.loads(kept))


def test_all_that_its_modules_import_is_kept() -> None:
    modules = [name for name in OFFLINE_FILES if name.endswith(".js")]
    imported = {
        normpath(join(dirname(name), found))
        for name in modules
        for found in STATIC_IMPORT.findall(Path(str(finders.find(name))).read_text("utf-8"))
    }

    assert imported <= set(modules)
    assert set(modules) - imported == {"pages/js/offline/page.js"}
