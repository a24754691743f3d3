"""The site as others see it: in a frame, on paper, installed, and without a network."""

import json

from playwright.sync_api import expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, go, heading, open_page, site
from tests.browser.own_films import KEY

__all__ = ["browser", "open_page", "site"]

# As the browser keeps them.
KEPT = {
    "version": 1,
    "films": [
        [101, "tt0000101", "Tokyo <b>1</b>", 1954, "JP", 9, 8.4, 1, ""],
        [201, "tt0000201", "Of Horses and Men", 2013, "IS", None, 7.0, 1, ""],
        [501, "tt0000501", "Stalker 1", None, "SU", None, 7.0, 0, ""],
    ],
    "files": [],
}


def test_the_map_in_a_frame_leads_to_the_site(open_page: OpenPage) -> None:
    page = open_page("/embed/")
    page.get_by_role("link", name="Japan: 25 rated films").focus()

    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")

    expect(heading(opened.value)).to_have_text("Japan")
    assert serious_findings(page) == []


def test_a_country_in_a_frame_can_be_read_by_everybody(open_page: OpenPage) -> None:
    page = open_page("/embed/countries/JP/", width=320)

    expect(page.get_by_role("listitem")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert serious_findings(page) == []


def test_on_paper_there_is_what_is_read_and_not_what_is_pressed(open_page: OpenPage) -> None:
    page = open_page("/countries/JP/")
    page.emulate_media(media="print")

    expect(heading(page)).to_be_visible()
    expect(page.get_by_role("link", name="Tokyo 1", exact=True)).to_be_visible()
    for pressed in ("#map", ".search", "nav", "#panel form", "button"):
        expect(page.locator(pressed).first).to_be_hidden()


def test_whoever_has_films_sees_them_without_a_network(open_page: OpenPage) -> None:
    page = open_page("/", service_workers="allow")
    page.evaluate("([key, films]) => localStorage.setItem(key, films)", [KEY, json.dumps(KEPT)])
    page.reload()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.context.set_offline(True)

    page.goto("/countries/JP/")

    expect(heading(page)).to_have_text("You are offline")
    expect(page.locator("#my-films-number")).to_have_text(
        "2 films seen, of 2 countries; 1 film wanted."
    )
    expect(page.get_by_role("listitem")).to_contain_text(
        ["Of Horses and Men 2013", "Tokyo <b>1</b> 1954", "Stalker 1"]
    )
    assert serious_findings(page) == []
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(heading(page)).to_have_text("Japan")


def test_pages_that_have_been_visited_are_there_without_a_network(open_page: OpenPage) -> None:
    page = open_page("/", service_workers="allow")
    expect(page.locator("#map [role=link]")).to_have_count(250)
    go(page, "/countries/JP/")  # who goes about has them kept
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.match('/countries/JP/').then((found) => found !== undefined)")
    go(page, "/countries/IS/")
    page.wait_for_function("caches.match('/countries/IS/').then((found) => found !== undefined)")
    page.context.set_offline(True)

    page.reload()
    expect(heading(page)).to_have_text("Iceland")
    expect(page.locator("#map [role=link]")).to_have_count(250)
    expect(page.locator("#films h3 a")).to_have_text("Of Horses and Men")
    expect(page.locator(".offline-note")).to_contain_text("You are offline")
    page.goto("/countries/JP/")
    expect(heading(page)).to_have_text("Japan")
    page.goto("/about/")
    expect(heading(page)).to_have_text("You are offline")


def test_what_is_nobodys_business_is_not_kept(open_page: OpenPage) -> None:
    page = open_page("/", service_workers="allow")
    go(page, "/countries/JP/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.match('/countries/JP/').then((found) => found !== undefined)")
    page.evaluate("fetch('/admin/login/').then((answer) => answer.text())")
    page.evaluate("fetch('/api/v1/best/JP/').then((answer) => answer.text())")
    page.evaluate("fetch('/api/v1/search/?name=tokyo').then((answer) => answer.text())")

    kept = page.evaluate(
        "caches.open('visited').then((all) => all.keys())"
        ".then((keys) => keys.map(({ url }) => new URL(url).pathname))"
    )
    assert not [path for path in kept if path.startswith(("/admin", "/api/v1/search"))]


def test_whoever_has_no_films_is_left_alone(open_page: OpenPage) -> None:
    page = open_page("/", service_workers="allow")
    expect(page.locator(".drop-cover")).to_be_attached()  # of the module that looks for films

    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )


def test_the_offline_page_says_so_where_nothing_is_kept(open_page: OpenPage) -> None:
    page = open_page("/offline/", width=320)

    expect(page.locator("#my-films-number")).to_have_text("This browser keeps no films.")
    assert serious_findings(page) == []
