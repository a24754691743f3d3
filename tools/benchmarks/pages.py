"""The pages in a slow browser: the processor slowed down fourfold, 1.6 Mbit/s, 150 ms.

Largest paint and layout shift are those of web.dev/vitals; an interaction lasts from the key or
click to the next frame, as Chromium's event timing has it. It needs Chromium and Playwright, which
`script/setup test` installs.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.benchmarks.catalogue import whole_catalogue
from tools.benchmarks.database import Database
from tools.benchmarks.machine import BenchmarkFailed
from tools.benchmarks.report import against, section, table, tell
from tools.benchmarks.site import site
from tools.postgres import CHECKOUT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

FILMS = 45_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SLOWED = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SIZES = {"1440 × 900": (1440, 900), "390 × 844": (390, 844)}
FIRST_LOADS = {
    "/": "/",
    "a country": "/countries/JP/",
    "a search": "/search/?name=japan+1950s",
    "a film": "/films/1/",
    "my films": "/my-films/",
    "what to see next": "/next/",
    "about": "/about/",
}
# Of somebody who has films, and so has been here before.
LATER_LOADS = {
    "my films, 10,000 of them": "/my-films/",
    "what to see next": "/next/",
}
MOST_PAINT_S, MOST_SHIFT, MOST_INTERACTION_MS = 2.5, 0.05, 200
MOST_REQUESTS, MOST_KILOBYTES = 25, 200
# Of somebody who has seen and rated so many.
OWN_FILMS = 10_000
KEY = "world-in-movies/my-films"
OBSERVED = """
window.found = { paint: 0, shift: 0, interaction: 0 };
function observe(type, use) {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(use));
    observer.observe({ type, buffered: true, durationThreshold: 16 });
}
observe("largest-contentful-paint", (entry) => (found.paint = entry.startTime));
observe("layout-shift", (entry) => (found.shift += entry.hadRecentInput ? 0 : entry.value));
observe("event", (entry) => (found.interaction = Math.max(found.interaction, entry.duration)));
"""
# The last module, and the map.
READY = """() => document.querySelector(".drop-cover")
    && document.querySelector("#map [role=link]")"""
# What a page is read for, where modules make it.
MADE = {"/next/": ".to-see"}
MADE_OF_FILMS = MADE | {"/my-films/": "h2.figures"}
NOTE = (
    "The catalogue holds {films:,} made-up films, without posters. Chromium beside gunicorn on "
    "the same cores, the processor slowed down fourfold, 1.6 Mbit/s, 150 ms. A first load is that "
    "of a browser that has nothing; after a first visit, and in the last row of what is done, it "
    "keeps {own:,} films."
)


@dataclass
class Loaded:
    """What a page's load came to."""

    paint_s: float
    shift: float
    requests: int
    kilobytes: float


def report(films: int) -> str:
    """Largest paint, layout shift, requests and bytes of each page, and interactions."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise BenchmarkFailed("Playwright is missing: script/setup test installs it") from None
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with (
        whole_catalogue("pages", films) as database,
        collected_files(database) as folder,
        site(database, STATIC_ROOT=folder) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        url = f"http://{address}"
        tables = [
            _loads(browser, url, FIRST_LOADS),
            _loads(browser, url, LATER_LOADS, has_films=True),
            _interactions(browser, url),
        ]
        browser.close()
    return section("In a slow browser", *tables, NOTE.format(films=films, own=OWN_FILMS))


@contextmanager
def collected_files(database: Database) -> Iterator[str]:
    """The folder of the pages' static files, compressed, as they are in the image."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
            cwd=CHECKOUT,
            env=database.environment | {"DEBUG": "0", "STATIC_ROOT": folder},
            check=True,
        )
        yield folder


def _loads(browser: "Browser", url: str, paths: dict[str, str], *, has_films: bool = False) -> str:
    rows = []
    for name, path in paths.items():
        tell(f"pages: {name}")
        sizes = [_load(browser, url, path, size, has_films) for size in SIZES.values()]
        first = sizes[0]
        rows.append(
            [
                name,
                *(against(one.paint_s, "s", most=MOST_PAINT_S) for one in sizes),
                against(max(one.shift for one in sizes), most=MOST_SHIFT),
                against(first.requests, most=MOST_REQUESTS),
                against(first.kilobytes, "KB", most=MOST_KILOBYTES),
            ]
        )
    load = "after a first visit" if has_films else "first load"
    head = [load, *(f"largest paint, {size}" for size in SIZES)]
    return table([*head, "layout shift", "requests", "transfer"], rows)


def _load(
    browser: "Browser", url: str, path: str, size: tuple[int, int], has_films: bool
) -> Loaded:
    page, session = _slow_page(browser, size, has_films=has_films)
    if has_films:
        _open(page, url, path, MADE_OF_FILMS)
        page.goto("about:blank")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    _open(page, url, path, MADE_OF_FILMS if has_films else MADE)
    page.wait_for_timeout(1_000)  # ms: for what is painted or moved after that
    found = page.evaluate("found")
    page.context.close()
    # What the browser has itself takes no bytes.
    sent = [size for size in sizes if size]
    return Loaded(found["paint"] / 1000, found["shift"], len(sent), sum(sent) / 1000)


def _open(page: "Page", url: str, path: str, made: dict[str, str]) -> None:
    page.goto(url + path)
    page.wait_for_function(READY)
    if path in made:
        page.locator(made[path]).first.wait_for()


def _slow_page(
    browser: "Browser", size: tuple[int, int], *, has_films: bool = False
) -> tuple["Page", "CDPSession"]:
    # What a service worker takes from the browser's own files is told as asked for once more.
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, service_workers="block"
    )
    context.add_init_script(OBSERVED)
    if has_films:
        kept = json.dumps([KEY, json.dumps(own_films(OWN_FILMS))])
        context.add_init_script(f"localStorage.setItem(...{kept})")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return page, session


def own_films(count: int) -> dict[str, Any]:
    """As the browser keeps them: pages/static/pages/js/store/format.js."""
    countries = ("SE", "JP")
    films = {
        str(number): {
            "seen": True,
            "rating": 1 + number % 10,
            "on": f"{2000 + number % 25}-{1 + number % 12:02}-01",
            "from": "imdb_ratings",
            "film": [
                f"tt{number:07}",
                f"A film with a name of ordinary length, the {number}th",
                1930 + number % 95,
                countries[number % 2],
                "",
                7.12,
                "",
            ],
        }
        for number in range(1, count + 1)
    }
    return {"version": 2, "films": films, "unplaced": [], "files": []}


def _interactions(browser: "Browser", url: str) -> str:
    rows = []
    for name, (path, act) in ACTS.items():
        tell(f"pages: {name}")
        page, _ = _slow_page(browser, SIZES["1440 × 900"], has_films=path == "/my-films/")
        _open(page, url, path, MADE_OF_FILMS)
        page.evaluate("found.interaction = 0")
        act(page)
        page.wait_for_timeout(500)  # ms: until the last frame's timing is told
        longest = page.evaluate("found.interaction")
        rows.append([name, against(longest, "ms", most=MOST_INTERACTION_MS)])
        page.context.close()
    return table(["what is done", "the longest interaction"], rows)


def _point(page: "Page") -> None:
    for code in ("CN", "BR"):
        page.locator(f"#map [data-code={code}]").hover(force=True)
        page.wait_for_timeout(300)  # ms: a card comes up, with its films


def _choose_decades(page: "Page") -> None:
    page.get_by_role("button", name="Best rated").click()
    page.get_by_label("From the decade").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")


def _mark(page: "Page") -> None:
    for kind in ("Seen", "Want"):
        page.get_by_role("button", name=kind, exact=True).nth(3).click()


def _mark_in_table(page: "Page") -> None:
    page.locator(".by-country summary").first.click()
    page.locator(".films-table .own").first.click()
    page.locator(".marks-row [data-mark=wanted]").click()
    page.locator(".marks-row [data-mark=rating]").select_option("4")


ACTS: dict[str, tuple[str, Callable[["Page"], None]]] = {
    "pointing at two countries": ("/", _point),
    "*Best rated*, four steps of a handle of the decades": ("/", _choose_decades),
    "*Seen* and *Want* on a country's page": ("/countries/JP/", _mark),
    "a country opened on My films, a film marked and rated": ("/my-films/", _mark_in_table),
}
