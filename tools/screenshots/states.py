"""What there is to look at: addresses of the site, and what is done there before the picture."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tools.screenshots.pictured_site import NAME, PASSWORD

NARROW = 640


@dataclass(frozen=True)
class State:
    """A page as somebody sees it who has done something there."""

    name: str
    address: str
    prepare: Callable[[Page], None] | None = None
    # Whether the browser has somebody's films.
    has_films: bool = False
    # On a phone alone, or on larger screens alone.
    is_narrow: bool | None = None
    # Whether the site's database is away.
    is_broken: bool = False

    def fits(self, width: int) -> bool:
        return self.is_narrow is None or self.is_narrow == (width < NARROW)


def press(name: str) -> Callable[[Page], None]:
    """The button of this name."""
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def await_map(page: Page) -> None:
    page.locator("#map [role=link]").first.wait_for(state="attached")


def point_at_brazil(page: Page) -> None:
    await_map(page)
    page.locator("#map [data-code=BR]").hover(force=True)
    page.locator(".map-tip-films").wait_for()


def tap_brazil(page: Page) -> None:
    await_map(page)
    page.locator("#map [data-code=BR]").tap(force=True)
    page.locator(".map-sheet-films li").first.wait_for()


def type_into_search(page: Page) -> None:
    page.get_by_role("combobox").first.press_sequentially("seven")
    page.locator("#suggestions li").first.wait_for()


def open_regions(page: Page) -> None:
    page.locator(".watch summary").click()


def settle(page: Page) -> None:
    page.get_by_role("button", name="Persona", exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Search").click()


def share(page: Page) -> None:
    page.get_by_role("button", name="Share by a link").click()
    page.get_by_role("dialog").wait_for()


def make_image(page: Page) -> None:
    page.get_by_role("button", name="Make an image").click()
    page.locator(".shared-image").wait_for()


def open_country(page: Page) -> None:
    page.locator(".by-country summary").first.click()


def compare(page: Page) -> None:
    page.evaluate(
        """async () => {
            const { encodeMap } = await import(
                document.querySelector("link[rel=modulepreload]").href.replace(
                    /map\\/drawing[^/]*$/, "share/map-link.js"));
            const seen = new Set("JP SE NO US BR AR IN CN AU ZA KE FR DE IT CA".split(" "));
            location.hash = encodeMap({ seen, wanted: new Set(["MX", "PE"]) });
        }"""
    )
    page.reload()
    page.locator(".compared").wait_for()


def log_in(page: Page) -> None:
    if page.locator("#id_username").count():
        page.fill("#id_username", NAME)
        page.fill("#id_password", PASSWORD)
        page.locator("[type=submit]").click()
        page.wait_for_load_state()


def await_journey(page: Page) -> None:
    page.locator(".to-see").first.wait_for()


def tick(page: Page) -> None:
    await_journey(page)
    page.locator(".to-see [data-mark=seen]").first.click()


STATES = (
    State("home", "/", await_map),
    State("home-rated", "/", press("Best rated")),
    State("home-time", "/?from=1950&to=1970", await_map),
    State("home-mine", "/", press("Seen by me"), has_films=True),
    State("home-none-mine", "/", press("Seen by me")),
    State("home-card", "/", point_at_brazil, is_narrow=False),
    State("home-sheet", "/", tap_brazil, is_narrow=True),
    State("home-larger", "/", press("Larger"), is_narrow=True),
    State("suggestions", "/", type_into_search),
    State("country", "/countries/JP/"),
    State("country-mine", "/countries/JP/", has_films=True),
    State("country-narrowed", "/countries/FR/?genre=18&decade=1960"),
    State("country-partners", "/countries/FR/?by=co-productions"),
    State("country-small", "/countries/IS/"),
    State("country-former", "/countries/SU/"),
    State("country-none", "/countries/VU/"),
    State("film", "/films/129/"),
    State("film-regions", "/films/129/", open_regions),
    State("film-mine", "/films/129/", has_films=True),
    State("film-bare", "/films/5333/"),
    State("continent", "/continents/africa/"),
    State("person", "/people/564390554/"),
    State("search", "/search/?name=the"),
    State("search-nothing", "/search/?name=xqzzy+vwxq"),
    State("search-place", "/search/?name=japan+1950s"),
    State("search-form", "/search/"),
    State("my-films-empty", "/my-films/"),
    State("my-films", "/my-films/", open_country, has_films=True),
    State("my-films-settle", "/my-films/", settle, has_films=True),
    State("my-films-share", "/my-films/", share, has_films=True),
    State("my-films-image", "/my-films/", make_image, has_films=True),
    State("my-films-compare", "/my-films/", compare, has_films=True),
    State("year", "/my-films/2024/", has_films=True),
    State("year-empty", "/my-films/1999/"),
    State("next", "/next/", await_journey),
    State("next-mine", "/next/", tick, has_films=True),
    State("next-narrowed", "/next/?decade=1990&length=short", await_journey),
    State("about", "/about/"),
    State("ghibli", "/movies/"),
    State("embed", "/embed/"),
    State("embed-country", "/embed/countries/JP/"),
    State("offline", "/offline/"),
    State("offline-mine", "/offline/", has_films=True),
    State("error-404", "/nothing/here/"),
    State("error-410", "/films/999999999/"),
    State("error-503", "/about/", is_broken=True),
    State("admin", "/admin/", log_in),
    State("admin-movies", "/admin/movies/movie/?country=JP", log_in),
    State("admin-movie", "/admin/movies/movie/129/change/", log_in),
    State("api-docs", "/api/docs/"),
)
