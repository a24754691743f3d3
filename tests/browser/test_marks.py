"""Films are marked as seen, wanted or rated wherever they are, without a file, and unmarked."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, go, open_page
from tests.browser.own_films import BOLD, KEY, MY_FILMS, country, seen, site

__all__ = ["browser", "open_page", "site"]

SWEDEN = "/countries/SE/"
HEAVY = "**/own-films*.js"


def marks(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=f"Your marks: {name}")


def mark(page: Page, film: str, kind: str) -> Locator:
    """The button of a film that says Seen, or Want."""
    return marks(page, film).get_by_role("button", name=kind, exact=True)


def undo_bar(page: Page) -> Locator:
    return page.get_by_role("region", name="What you have just done")


@pytest.mark.parametrize("path", [SWEDEN, "/films/2/", "/search/?name=persona"])
def test_a_film_can_be_marked_on_every_page_that_has_it(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    mark(page, "Persona", "Seen").click()

    expect(mark(page, "Persona", "Seen")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#map")).to_contain_text("seen: 1 country")
    expect(undo_bar(page)).to_contain_text("Persona: seen.")
    page.reload()
    expect(mark(page, "Persona", "Seen")).to_have_attribute("aria-pressed", "true")
    go(page, MY_FILMS)
    seen(page, "1 of 5 countries, 1 film")


def test_one_module_is_loaded_before_anybody_has_films_and_the_first_click_counts(
    open_page: OpenPage,
) -> None:
    page = open_page("/nowhere/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(SWEDEN)
    page.locator(".drop-cover").wait_for(state="attached")
    assert not [url for url in asked if "/store/" in url or "/marks/" in url]

    marks(page, "Persona").get_by_label("Your rating").select_option("9")
    expect(mark(page, "Persona", "Seen")).to_have_attribute("aria-pressed", "true")
    expect(marks(page, "Persona").get_by_label("Your rating")).to_have_value("9")


def test_a_mark_says_which_countries_are_new_on_ones_map(open_page: OpenPage) -> None:
    page = open_page(SWEDEN)
    mark(page, "Persona", "Seen").click()
    expect(undo_bar(page)).to_contain_text("New on your map: Sweden.")
    mark(page, "The Seventh Seal", "Seen").click()
    expect(undo_bar(page)).to_contain_text("The Seventh Seal: seen.")
    expect(undo_bar(page)).not_to_contain_text("New on your map")


def test_films_are_found_and_marked_on_my_films_without_a_file(open_page: OpenPage) -> None:
    page = open_page(MY_FILMS)
    field = page.get_by_label("Type a film that you have seen")
    field.press_sequentially("person")
    page.locator(".found-films").get_by_role("button", name="Seen").click()

    seen(page, "1 of 5 countries, 1 film")
    expect(field).to_have_value("person")
    expect(mark(page, "Persona", "Seen")).to_be_focused()
    field.fill("no such film at all")
    expect(page.locator(".found-films")).to_have_text("No film is known by this name.")


def test_when_the_rest_cannot_be_loaded_it_says_so_and_works_later(open_page: OpenPage) -> None:
    page = open_page(SWEDEN)
    page.route(HEAVY, lambda route: route.abort())
    mark(page, "Persona", "Seen").click()
    expect(page.locator(".not-loaded")).to_contain_text("could not be loaded")

    page.unroute(HEAVY)
    page.reload()
    mark(page, "Persona", "Seen").click()
    expect(mark(page, "Persona", "Seen")).to_have_attribute("aria-pressed", "true")


def test_who_has_rated_a_film_has_seen_it_and_wants_it_no_more(open_page: OpenPage) -> None:
    page = open_page(SWEDEN)
    mark(page, "Persona", "Want").click()
    expect(mark(page, "Persona", "Want")).to_have_attribute("aria-pressed", "true")

    rating = marks(page, "Persona").get_by_label("Your rating")
    rating.select_option("8")
    expect(mark(page, "Persona", "Seen")).to_have_attribute("aria-pressed", "true")
    expect(mark(page, "Persona", "Want")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-film-id='2'] .badge")).to_have_text("seen, you gave it 8")

    mark(page, "Persona", "Seen").click()
    expect(rating).to_have_value("")
    expect(page.locator("[data-film-id='2'] .badge")).to_have_count(0)
    assert page.evaluate("key => localStorage.getItem(key)", KEY) is None


def test_what_was_done_can_be_undone_by_button_by_key_and_later(open_page: OpenPage) -> None:
    page = open_page(SWEDEN)
    for name in ("Persona", "The Seventh Seal"):
        mark(page, name, "Seen").click()
        expect(mark(page, name, "Seen")).to_have_attribute("aria-pressed", "true")

    undo_bar(page).get_by_role("button", name="Undo").click()
    expect(mark(page, "The Seventh Seal", "Seen")).to_have_attribute("aria-pressed", "false")
    expect(undo_bar(page)).to_contain_text("Undone: The Seventh Seal: seen")
    page.keyboard.press("Control+z")
    expect(mark(page, "Persona", "Seen")).to_have_attribute("aria-pressed", "false")

    mark(page, "Persona", "Want").click()
    page.get_by_role("link", name="My films", exact=True).click()
    page.get_by_role("button", name="Undo: Persona: wanted").click()
    expect(page.get_by_role("button", name="Clear my films")).to_have_count(0)


def test_keys_are_left_to_fields_that_are_typed_in(open_page: OpenPage) -> None:
    page = open_page(SWEDEN)
    mark(page, "Persona", "Seen").click()
    page.locator("#search").focus()
    page.keyboard.type("abc")
    page.keyboard.press("Control+z")
    expect(mark(page, "Persona", "Seen")).to_have_attribute("aria-pressed", "true")


def test_by_keyboard_alone_and_said_to_those_who_do_not_see_it(open_page: OpenPage) -> None:
    page = open_page(SWEDEN)
    mark(page, "Persona", "Seen").focus()
    page.keyboard.press("Space")
    expect(mark(page, "Persona", "Seen")).to_have_attribute("aria-pressed", "true")
    expect(mark(page, "Persona", "Seen")).to_be_focused()
    expect(page.locator("#announcements")).to_have_text("Persona: seen. Control and Z undo it.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(marks(page, "Persona").get_by_label("Your rating")).to_be_focused()


def test_another_tab_follows_and_neither_loses_the_others_marks(open_page: OpenPage) -> None:
    page = open_page(SWEDEN)
    other = page.context.new_page()
    other.goto(SWEDEN)
    mark(page, "Persona", "Seen").click()
    expect(mark(other, "Persona", "Seen")).to_have_attribute("aria-pressed", "true")

    mark(other, "The Seventh Seal", "Seen").click()
    expect(mark(page, "The Seventh Seal", "Seen")).to_have_attribute("aria-pressed", "true")
    # Undone here, what the other tab has done since stays.
    page.keyboard.press("Control+z")
    expect(mark(other, "Persona", "Seen")).to_have_attribute("aria-pressed", "false")
    expect(mark(page, "The Seventh Seal", "Seen")).to_have_attribute("aria-pressed", "true")


def test_a_films_page_says_when_it_was_seen_and_lets_it_be_changed(open_page: OpenPage) -> None:
    page = open_page("/films/2/")
    day = page.get_by_label("on", exact=True)
    expect(day).to_be_hidden()
    mark(page, "Persona", "Seen").click()
    today = page.evaluate("new Date().toLocaleDateString('sv-SE')")
    expect(day).to_have_value(today)

    day.fill("1999-12-31")
    expect(undo_bar(page)).to_contain_text("seen on 1999-12-31")
    page.reload()
    expect(day).to_have_value("1999-12-31")


def test_films_that_are_put_into_the_page_later_have_their_marks(open_page: OpenPage) -> None:
    page = open_page(SWEDEN)
    mark(page, "Persona", "Want").click()
    page.get_by_role("link", name="Next", exact=True).click()
    page.locator(".continent").filter(has_text="Europe").locator("summary").click()
    expect(mark(page, "Persona", "Want")).to_have_attribute("aria-pressed", "true")


def test_a_name_with_markup_is_text(open_page: OpenPage) -> None:
    page = open_page("/countries/IS/")
    mark(page, BOLD, "Seen").click()
    expect(undo_bar(page)).to_contain_text(f"{BOLD}: seen.")
    page.get_by_role("link", name="My films", exact=True).click()
    country(page, "Iceland").locator("summary").click()
    expect(country(page, "Iceland").locator("tbody a")).to_have_text(BOLD)
    assert page.locator("img[src=x]").count() == 0


def test_without_javascript_there_is_nothing_to_press(open_page: OpenPage) -> None:
    page = open_page(SWEDEN, java_script_enabled=False)
    expect(page.locator(".marks").first).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_marks_fit_and_have_no_serious_findings(open_page: OpenPage, width: int) -> None:
    page = open_page(SWEDEN, width)
    marks(page, "Persona").get_by_label("Your rating").select_option("10")
    expect(undo_bar(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_findings(page, without=".map-world") == []
    go(page, "/films/2/")
    expect(page.get_by_label("on", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_findings(page, without="#map") == []
