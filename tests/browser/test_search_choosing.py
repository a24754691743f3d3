"""A film is chosen in the search box: by keys that may come before the list of the words typed."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.cinema_site import (
    address,
    browser,
    expect_on_the_map,
    heading,
    is_the_same,
    open_page,
    site,
)
from tests.browser.search_box import box, chosen, held, options, page

__all__ = ["browser", "open_page", "page", "site"]

SEARCH = "**/api/v1/search/*"


def test_a_film_is_chosen_with_the_keyboard(page: Page) -> None:
    box(page).press_sequentially("tokyo")
    expect(options(page)).to_have_count(8)
    # What is there for "toky" has as many.
    expect(options(page).first).to_contain_text("Tokyo 1")
    expect(chosen(page)).to_have_count(0)

    box(page).press("ArrowDown")
    expect(chosen(page)).to_contain_text("Tokyo 1")
    active = chosen(page).get_attribute("id") or ""
    expect(box(page)).to_have_attribute("aria-activedescendant", active)
    box(page).press("ArrowUp")
    expect(chosen(page)).to_have_count(0)
    box(page).press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    box(page).press("ArrowDown")
    box(page).press("ArrowDown")
    title = options(page).first.locator("b").inner_text()
    box(page).press("Enter")

    expect(heading(page)).to_have_text(title)
    expect(options(page)).to_have_count(0)
    expect_on_the_map(page, "JP")
    assert is_the_same(page)


def test_a_film_is_chosen_with_the_mouse(page: Page) -> None:
    box(page).press_sequentially("horses")

    options(page).click()

    expect(heading(page)).to_have_text("Of Horses and Men")
    expect(box(page)).to_have_value("")


def test_enter_without_a_choice_leads_to_all_that_was_found(page: Page) -> None:
    box(page).press_sequentially("tokyo")
    box(page).press("Enter")

    expect(heading(page)).to_have_text("Films called “tokyo”")
    assert address(page) == "/search/?name=tokyo"
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("tokyo")


def test_other_words_undo_the_choice(page: Page) -> None:
    box(page).press_sequentially("horses")
    expect(options(page)).to_have_count(1)
    box(page).press("ArrowDown")
    expect(options(page)).to_have_attribute("aria-selected", "true")

    box(page).fill("tokyo")
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box(page).press("Enter")

    expect(heading(page)).to_have_text("Films called “tokyo”")


def test_an_arrow_does_not_wait_for_the_pause_after_typing(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    box(page).fill("horses")
    box(page).press("ArrowDown")
    expect(options(page)).to_have_attribute("aria-selected", "true")

    page.clock.run_for(1_000)
    page.evaluate("fetch('/healthz').then(() => null)")

    expect(options(page)).to_have_attribute("aria-selected", "true")
    of_these = [path for path in asked if path in ("/api/v1/search/", "/healthz")]
    assert of_these == ["/api/v1/search/", "/healthz"]


def test_an_arrow_waits_for_an_answer_that_is_under_way(page: Page) -> None:
    waiting: list[Route] = []
    page.route(SEARCH, lambda route: waiting.append(route))
    with page.expect_request(SEARCH):
        box(page).fill("horses")
    box(page).press("ArrowDown")

    waiting[0].continue_()

    expect(options(page)).to_have_attribute("aria-selected", "true")
    assert len(waiting) == 1


def test_every_arrow_that_waits_counts_and_with_alt_it_only_opens_the_list(page: Page) -> None:
    with held(page, "horses") as answer:
        box(page).fill("horses")
        box(page).press("Alt+ArrowDown")
    answer()
    expect(options(page)).to_have_count(1)
    expect(options(page)).to_have_attribute("aria-selected", "false")

    with held(page, "tokyo") as answer:
        box(page).fill("tokyo")
        box(page).press("ArrowDown")
    box(page).press("ArrowDown")
    box(page).press("ArrowDown")
    answer()

    expect(options(page).nth(2)).to_have_attribute("aria-selected", "true")
    box(page).press("Alt+ArrowUp")
    expect(options(page)).to_have_count(0)


def test_a_list_of_other_words_is_not_chosen_from(page: Page) -> None:
    box(page).fill("tokyo")
    expect(options(page)).to_have_count(8)
    with held(page, "horses") as answer:
        box(page).fill("horses")
    box(page).press("ArrowDown")
    expect(options(page)).to_have_count(8)
    expect(chosen(page)).to_have_count(0)

    answer()

    expect(options(page)).to_have_count(1)
    expect(chosen(page)).to_contain_text("Of Horses and Men")
    box(page).press("Enter")
    expect(heading(page)).to_have_text("Of Horses and Men")


def test_enter_before_the_list_of_these_words_looks_for_them(page: Page) -> None:
    box(page).fill("tokyo")
    expect(options(page)).to_have_count(8)
    with held(page, "horses"):
        box(page).fill("horses")
    box(page).press("ArrowDown")

    box(page).press("Enter")

    expect(heading(page)).to_have_text("Films called “horses”")


def test_a_list_does_not_change_under_a_pointer_that_chooses(page: Page) -> None:
    box(page).fill("tokyo")
    expect(options(page)).to_have_count(8)
    title = options(page).first.locator("b").inner_text()
    with held(page, "horses"):
        box(page).fill("horses")
    options(page).first.hover()
    with page.expect_event("requestfailed", lambda request: "name=horses" in request.url):
        page.mouse.down()
    page.mouse.up()

    expect(heading(page)).to_have_text(title)


def test_words_whose_list_is_shown_are_not_asked_for_again(page: Page) -> None:
    box(page).fill("horses")
    expect(options(page)).to_have_count(1)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.clock.install(time=0)
    page.clock.pause_at(1_000)

    box(page).fill("horses ")
    page.clock.run_for(1_000)
    box(page).press("ArrowDown")
    page.evaluate("fetch('/healthz').then(() => null)")

    expect(chosen(page)).to_contain_text("Of Horses and Men")
    assert "/api/v1/search/" not in asked
