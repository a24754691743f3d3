"""/movies/ in a browser: it follows what changes at the source without being loaded again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ghibli.conftest import film, person
from tests.serving import serving
from tools.sandbox.ghibli import Ghibli
from tools.sandbox.server import Sandbox

# Beyond the page's 3 seconds and the API's 3 at the worst.
SOON = 15_000


@pytest.fixture
def ghibli(sandbox: Sandbox) -> Ghibli:
    sandbox.ghibli = Ghibli(
        [film("a", "1"), film("b", "2"), film("c", "")], [person("1"), person("2")]
    )
    return sandbox.ghibli


@pytest.fixture
def site(ghibli: Ghibli, sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[str]:
    with serving(
        tmp_path / "gunicorn.log", DATABASE_URL=database_url, GHIBLI_API_URL=sandbox.ghibli_url
    ) as url:
        yield url


@pytest.fixture
def time_passes(database_url: str) -> Callable[[int], None]:
    def shift(seconds: int) -> None:
        with psycopg.connect(database_url) as connection:
            connection.execute(
                "UPDATE ghibli_refresh SET fetched_at = fetched_at - %(by)s * interval '1 s',"
                " failed_at = failed_at - %(by)s * interval '1 s'",
                {"by": seconds},
            )

    return shift


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The page as it was first loaded; nothing in it may go wrong, and it may not load again."""
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{site}/movies/")
    page.evaluate("window.isTheSame = true")
    yield page
    assert page.evaluate("window.isTheSame")
    assert wrong == []
    page.close()


def titles(page: Page) -> list[str]:
    return page.locator(".film h2").all_inner_texts()


def test_the_page_follows_the_source(
    page: Page, ghibli: Ghibli, time_passes: Callable[[int], None]
) -> None:
    assert titles(page) == ["Film a", "Film b", "Film c"]
    before = page.locator("time").inner_text()
    ghibli.films = [
        film("z", "1", release_date="1986", title="Brand new"),
        film("a", "3", title="Renamed"),
        film("c", ""),
    ]
    ghibli.people = [person("1"), person("3", name="<b>Somebody</b>")]
    time_passes(61)

    expect(page.locator(".film h2").first).to_have_text("Brand new", timeout=SOON)

    assert titles(page) == ["Brand new", "Film c", "Renamed"]
    assert page.locator("[data-id=a] .people li").all_inner_texts() == ["<b>Somebody</b>"]
    expect(page.locator("[data-id=z] .nobody")).to_be_hidden()
    expect(page.locator("[data-id=c] .nobody")).to_be_visible()
    expect(page.locator("#news")).to_contain_text("The list changed at")
    expect(page.locator("time")).not_to_have_text(before)


def test_what_has_not_changed_is_not_touched(
    page: Page, ghibli: Ghibli, time_passes: Callable[[int], None]
) -> None:
    page.evaluate("document.querySelector('[data-id=b]').isTheSame = true")
    page.locator("footer a").focus()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-id=b] h2'))")
    ghibli.films.insert(0, film("z", release_date="1986"))
    ghibli.films[1]["title"] = "Film d"
    time_passes(61)

    expect(page.locator(".film h2")).to_have_text(
        ["Film z", "Film b", "Film c", "Film d"], timeout=SOON
    )

    assert page.evaluate("document.querySelector('[data-id=b]').isTheSame")
    assert page.evaluate("getSelection().toString()") == "Film b"
    expect(page.locator("footer a")).to_be_focused()


def test_it_says_when_the_api_is_silent_and_when_it_speaks_again(
    page: Page, sandbox: Sandbox, time_passes: Callable[[int], None]
) -> None:
    warning = page.locator("#warning")
    expect(warning).to_have_text("")
    sandbox.faults.only["films"] = "500"
    time_passes(130)

    expect(warning).to_contain_text("The Studio Ghibli API does not answer.", timeout=SOON)
    expect(warning).to_contain_text("What you see is 2 minutes old.")
    assert titles(page) == ["Film a", "Film b", "Film c"]

    sandbox.faults.only.clear()
    time_passes(11)

    expect(warning).not_to_contain_text("API", timeout=SOON)


def test_an_unchanged_list_is_not_sent_again(page: Page, ghibli: Ghibli) -> None:
    for _ in range(2):
        with page.expect_response("**/api/v1/movies/", timeout=SOON) as answer:
            pass
        assert answer.value.status == 304


def test_a_hidden_page_asks_nothing_until_it_is_seen_again(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    page.goto(f"{site}/movies/")
    with page.expect_response("**/api/v1/movies/"):
        page.clock.run_for(3000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, "hidden")
    page.clock.run_for(600_000)
    assert asked == []

    with page.expect_request("**/api/v1/movies/"):
        show(page, "visible")
        page.clock.run_for(1)


def show(page: Page, state: str) -> None:
    """As if its tab were put behind another, or in front again: headless, it never is."""
    page.evaluate(
        "state => {"
        " Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange'));"
        "}",
        state,
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_of_the_window(
    browser: Browser, ghibli: Ghibli, site: str, width: int
) -> None:
    ghibli.films[0]["title"] = "x" * 10_000
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{site}/movies/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_all_of_it_is_there(
    browser: Browser, ghibli: Ghibli, site: str
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/movies/")

    expect(page.locator(".film h2")).to_have_text(["Film a", "Film b", "Film c"])
    expect(page.locator("[data-id=a] .people")).to_have_text("Person 1")
    expect(page.locator("[data-id=c] .nobody")).to_be_visible()
