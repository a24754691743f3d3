"""Files are added to the own films, from any page: sent, matched, refused, tried again."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.cinema_site import browser, is_the_same, open_page
from tests.browser.own_films import (
    RATINGS,
    WATCHED,
    bar,
    drop,
    page,
    ready,
    seen,
    site,
    upload,
)

__all__ = ["browser", "open_page", "page", "site"]


def fulfilled(page: Page, **answer: Any) -> None:
    page.route(WATCHED, lambda route: route.fulfill(**answer))


def hang(route: Route) -> None:
    """Never answers."""


def test_a_file_can_be_dropped_on_any_page_and_the_page_stays(page: Page) -> None:
    page.goto("/")
    page.evaluate("window.isTheSame = true")

    drop(page, "ratings.csv", RATINGS)

    expect(bar(page)).to_contain_text("Added 3 films")
    expect(page.locator("#map")).to_contain_text("seen: 1 country")
    page.get_by_role("link", name="See my films").click()
    seen(page, "1 of 5 countries, 3 films")
    expect(bar(page)).to_be_hidden()
    assert is_the_same(page)


def test_a_cover_says_that_files_can_be_dropped_while_they_are_above_the_page(page: Page) -> None:
    cover = page.locator(".drop-cover")
    expect(cover).to_be_hidden()
    over = """(type) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["x"], "x.csv"));
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true }));
    }"""

    page.evaluate(over, "dragenter")
    expect(cover).to_be_visible()
    page.evaluate(over, "dragleave")
    expect(cover).to_be_hidden()

    # A poster of the page itself that is dragged about.
    page.evaluate(over, "dragstart")
    page.evaluate(over, "dragenter")
    expect(cover).to_be_hidden()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notes.txt", b"no export\nat all\n", "notes.txt, row 1: there is no header"),
        ("empty.csv", b"", "empty.csv: the file is empty."),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_the_servers_words(
    page: Page, name: str, content: bytes, words: str
) -> None:
    upload(page, name, content)

    expect(bar(page)).to_contain_text(words)
    expect(page.locator("#announcements")).to_contain_text(words)
    expect(bar(page).get_by_role("button", name="Try again")).to_have_count(0)
    bar(page).get_by_role("button", name="Close").click()
    expect(bar(page)).to_be_hidden()


def test_a_file_that_is_too_large_is_not_sent(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    ready(page)
    # Made in the page: to bring it there would take longer than the test.
    page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([new Uint8Array(32_100_000)], "huge.csv"));
            const how = { dataTransfer, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent("drop", how));
        }"""
    )

    expect(bar(page)).to_contain_text("huge.csv is too large: 32.1 MB, and 32 MB are taken.")
    assert "POST" not in sent


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 429, "headers": {"Retry-After": "42"}}, "Try again in 42 seconds."),
        ({"status": 429}, "Try again in a while."),
        ({"status": 500, "body": "<h1>Oops</h1>"}, "failed to match the films (500)"),
        ({"status": 200, "body": "<h1>Log in</h1>"}, "failed to match the films (200)"),
        ({"status": 200, "body": "{}"}, "failed to match the films (200)"),
    ],
)
def test_what_the_server_cannot_do_now_can_be_tried_again(
    page: Page, answer: dict[str, Any], words: str
) -> None:
    fulfilled(page, **answer)
    upload(page, "ratings.csv", RATINGS)
    expect(bar(page)).to_contain_text(words)

    page.unroute(WATCHED)
    bar(page).get_by_role("button", name="Try again").click()
    seen(page, "1 of 5 countries, 3 films")


def test_a_413_of_a_proxy_is_put_in_words(page: Page) -> None:
    fulfilled(page, status=413, body="<h1>Entity too large</h1>")
    upload(page, "ratings.csv", RATINGS)

    expect(bar(page)).to_contain_text("This is too large for the server.")


def test_offline_it_says_so(page: Page) -> None:
    page.context.set_offline(True)
    upload(page, "ratings.csv", RATINGS)

    expect(bar(page)).to_contain_text("You are offline")


def test_a_silent_server_is_given_up_and_a_slow_one_can_be_cancelled(page: Page) -> None:
    page.clock.install()
    page.reload()
    ready(page)
    page.route(WATCHED, hang)
    upload(page, "ratings.csv", RATINGS)
    bar(page).get_by_role("button", name="Cancel").click()
    expect(page.locator("#announcements")).to_have_text("Cancelled: nothing was added.")
    expect(bar(page)).to_be_hidden()

    with page.expect_request(WATCHED):
        upload(page, "ratings.csv", RATINGS)
    page.clock.run_for(61_000)
    expect(bar(page)).to_contain_text("takes too long to answer")


def test_files_that_wait_are_sent_although_those_before_them_fail(page: Page) -> None:
    held: list[Route] = []
    page.route(WATCHED, lambda route: held.append(route))
    with page.expect_request(WATCHED):
        upload(page, "first.csv", RATINGS)
    upload(page, "ratings.csv", RATINGS)
    page.unroute(WATCHED)
    held[0].fulfill(status=500)

    seen(page, "1 of 5 countries, 3 films")
    expect(bar(page)).to_contain_text("failed to match the films (500)")
    expect(bar(page)).to_contain_text("Added 3 films from 5 rows.")
    bar(page).get_by_role("button", name="Try again").click()
    expect(bar(page)).to_contain_text("Added 0 films from 5 rows. 3 were here already.")
    expect(bar(page)).not_to_contain_text("failed")
