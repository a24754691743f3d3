"""Which countries count, and how the map is shaded by how many films of each are seen."""

import re

from playwright.sync_api import Page, expect

from tests.browser.cinema_site import OpenPage, browser, open_page
from tests.browser.own_films import imdb_ratings, page, rated, seen, site, upload

__all__ = ["browser", "open_page", "page", "site"]

SHADES = """async ([films, codes]) => {
    const { shadeOwn } = await import("/static/pages/js/my-films/shades.js");
    const own = shadeOwn(new Map(films.map((film, id) => [id, film])));
    const { shadeOf, textOf } = own(new Map(), codes);
    return codes.map((code) => `${shadeOf(code)}: ${textOf(code)}`);
}"""


def film(countries: str, partners: str = "", seen: bool = True) -> dict[str, object]:
    return {"countries": countries.split(), "partners": partners.split(), "seen": seen}


def test_a_country_is_darker_the_more_films_of_it_are_seen(page: Page) -> None:
    films = [
        *[film("SE", "FI DK")] * 12,
        *[film("JP")] * 3,
        film("DK"),
        film("NO", seen=False),
        film("FI", seen=False),
    ]
    assert page.evaluate(SHADES, [films, ["SE", "JP", "DK", "FI", "NO", "IS"]]) == [
        "seen-3: 12 seen",
        "seen-2: 3 seen",
        "seen-1: 1 seen",
        "partly: 12 seen that it had a part in, 1 wanted",
        "wanted: 1 wanted",
        "neither: none seen",
    ]


def test_which_countries_count_is_chosen_once(page: Page) -> None:
    upload(page, "ratings.csv", imdb_ratings(rated(1), rated(12)))
    seen(page, "1 of 5 countries, 2 films")

    choice = page.get_by_label("The world is")
    choice.select_option("the United Nations’ 193")
    seen(page, "2 of 193 countries, 2 films")
    expect(page.locator("#map")).to_contain_text("seen: 2 countries")
    page.get_by_label("The world is").select_option("all of ISO 3166")
    # TMDB's list of countries has not all of them.
    figures = page.locator("h2.figures")
    expect(figures).to_have_text(re.compile(r"^2 of 24\d countries, 2 films$"))
    counted = figures.inner_text()
    expect(page.locator("#map")).to_contain_text("seen: 2 countries")

    page.reload()
    seen(page, counted)
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.locator("#panel")).to_contain_text(
        re.compile(r"23\d of 24\d countries are still to be seen\.")
    )


def test_a_country_that_had_but_a_part_in_a_seen_film_is_lighter(
    open_page: OpenPage,
) -> None:
    page = open_page("/films/3/")
    facts = page.locator(".marks")
    # As a co-production has it.
    facts.evaluate(
        """(marks) => {
            const film = JSON.parse(marks.dataset.film);
            marks.dataset.film = JSON.stringify({ ...film, co_production_codes: ["KE", "FR"] });
        }"""
    )
    page.get_by_role("button", name="Seen", exact=True).click()
    kenya = page.locator("#map [role=link][data-code=KE]")
    expect(kenya).to_have_attribute("data-shade", "partly")
    expect(kenya).to_have_attribute("aria-label", "Kenya, 1 seen that it had a part in")
    page.get_by_role("link", name="My films", exact=True).click()
    expect(page.locator("[data-part=summary]")).to_contain_text(
        "1 country more had a part in one that you have seen."
    )
