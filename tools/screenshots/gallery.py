"""Takes the pictures: every state at every size, in light and in dark colours."""

import csv
import io
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tools.benchmarks.report import tell
from tools.screenshots.pictured_site import PicturedSite
from tools.screenshots.states import STATES, State

SIZES = {
    "320": (320, 640),
    "390": (390, 844),
    "844": (844, 390),
    "1440": (1440, 900),
    "3840": (3840, 2160),
}
# As the user's own colours and wishes have it.
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 10_000
SETTLED_MS = 300  # what is laid out after that is late
# How many films somebody has seen of countries with many; of all others two.
SEEN = {"US": 10, "FR": 8, "JP": 6, "GB": 5, "SE": 4}
# The last module of the site's own pages, the map's countries, and the posters in sight. An idle
# network is no sign of it: what a preload has answered is told as a request that never ends.
COMPLETE = """() => {
    const isOurs = document.documentElement.hasAttribute("data-site");
    const isReady = document.querySelector(".drop-cover") && document.querySelector("#map svg");
    const isThere = (one) => {
        const { left, top } = one.getBoundingClientRect();
        return one.complete || top > innerHeight || left > innerWidth;
    };
    return (!isOurs || isReady) && [...document.images].every(isThere);
}"""


@dataclass(frozen=True)
class Chosen:
    """What is asked for; a picture may be of the whole page or of the window alone."""

    folder: Path
    states: tuple[str, ...]
    sizes: tuple[str, ...]
    looks: tuple[str, ...]
    is_whole: bool
    seconds: float


def take(site: PicturedSite, chosen: Chosen) -> Iterator[Path]:
    """The pictures' files as they are made; says what is left out when the time is over."""
    end = time.monotonic() + chosen.seconds
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS)), None),
            args=["--no-sandbox", "--hide-scrollbars"],
        )
        films = somebodys_films(browser, site.url)
        for state in STATES:
            if chosen.states and state.name not in chosen.states:
                continue
            if time.monotonic() > end:
                tell(f"no time is left for {state.name} and what comes after it")
                break
            for size in chosen.sizes:
                for look in chosen.looks:
                    if state.fits(SIZES[size][0]):
                        yield picture(browser, site, films, state, size, look, chosen)
        browser.close()


def picture(
    browser: Browser,
    site: PicturedSite,
    films: Any,
    state: State,
    size: str,
    look: str,
    chosen: Chosen,
) -> Path:
    """Of one state. What cannot be brought about is said, and shown as far as it came."""
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=site.broken_url if state.is_broken else site.url,
        viewport={"width": width, "height": height},
        has_touch=state.is_narrow is True,
        reduced_motion="reduce",
        locale="en-GB",
        storage_state=films if state.has_films else None,
        **LOOKS[look],
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("pageerror", lambda error: tell(f"{state.name}: {error}"))
    page.goto(state.address)
    try:
        if state.prepare:
            state.prepare(page)
        page.wait_for_function(COMPLETE)
        page.wait_for_timeout(SETTLED_MS)
    except Error as error:
        tell(f"{state.name} at {size}: {error.message.splitlines()[0]}")
    tell_what_is_too_wide(page, f"{state.name} at {size}")
    path = chosen.folder / f"{state.name}-{size}-{look}.png"
    page.screenshot(path=path, full_page=chosen.is_whole)
    context.close()
    return path


def tell_what_is_too_wide(page: Page, where: str) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        tell(f"{where}: the page is {wide} px wider than the window")


def somebodys_films(browser: Browser, url: str) -> Any:
    """What a browser has kept after an export was added there."""
    page = browser.new_page(base_url=url)
    page.goto("/my-films/")
    page.locator(".drop-cover").wait_for(state="attached")
    file: Any = {"name": "ratings.csv", "mimeType": "text/csv", "buffer": export_of(url)}
    page.set_input_files("#film-files", file)
    page.locator("h2.figures").wait_for()
    kept = page.context.storage_state()
    page.context.close()
    return kept


def export_of(url: str) -> bytes:
    """IMDb's ratings of somebody who has seen something of every other country, and two films
    that cannot be placed."""
    lists = requests.get(f"{url}/api/v1/best/?limit=10", timeout=60).json()["countries"]
    rows: list[list[object]] = [
        ["Const", "Your Rating", "Date Rated", "Title", "Title Type", "Year"]
    ]
    for one in lists[::2]:
        for film in one["movies"][: SEEN.get(one["country_code"], 2)]:
            if film["imdb_id"]:
                number = len(rows)
                day = f"{2023 + number % 3}-{1 + number * 7 % 12:02}-{1 + number * 5 % 28:02}"
                row = [film["imdb_id"], 3 + number % 8, day, film["name"], "Movie", film["year"]]
                rows.append(row)
    rows.append(["tt99", 5, "2024-01-01", "A film that nobody knows", "Movie", 1999])
    rows.append(["tt9999999", 5, "2024-01-01", "Persona", "Movie", 1999])
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
