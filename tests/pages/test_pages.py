"""What all pages have in common, and the first of them."""

import re
from contextlib import closing
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries, Settings

from api.errors import server_error
from tests.conftest import RunImport
from tests.films import film
from tests.html import Page, load
from tests.sample_films import MARKUP, sample_films
from tools.sandbox.sources import Films

SCRIPTS = Path(settings.BASE_DIR) / "pages" / "static" / "pages" / "js"
STATIC_IMPORT = re.compile(r'^(?:import|export)\s[^"]*"(\.[\w./-]+\.js)"', re.MULTILINE)
PAGES = [
    "/",
    "/countries/JP/",
    "/countries/MT/",
    "/countries/SU/",
    "/films/101/",
    "/films/601/",
    "/search/",
    "/search/?name=script",
    "/my-films/",
    "/next/",
    "/about/",
]


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def test_the_first_page_lists_the_countries_by_continent(client: Client, catalogue: None) -> None:
    page = load(client, "/")

    assert "/countries/JP/" in page.links
    asia, europe = page.texts.index("Asia"), page.texts.index("Europe")
    japan = page.texts.index("Japan", asia)
    assert asia < japan < europe
    assert page.texts[asia + 1] == "1 country, 25 rated films"
    assert page.texts[japan + 1 : japan + 3] == ["25", "Tokyo 1"]
    former = page.texts.index("Former states")
    assert page.texts[former + 1] == "1 state, 4 rated films"
    assert page.texts.index("Soviet Union", europe) > former > europe


def test_countries_without_a_rated_film_are_listed_apart(client: Client, catalogue: None) -> None:
    page = load(client, "/")

    europe = page.texts.index("Europe")
    [without] = [
        place
        for place, text in enumerate(page.texts)
        if place > europe and text.startswith("Without a rated film:")
    ][:1]
    assert europe < page.texts.index("Malta", europe) < without < page.texts.index("Sweden")
    assert "/countries/SE/" in page.links


def test_it_says_how_ratings_are_weighted_with_todays_numbers(
    client: Client, catalogue: None
) -> None:
    text = load(client, "/about/").text

    assert "is 8.02 today" in text
    assert "count alike, is 25,000." in text
    assert "Last worked out on" in text


def test_a_fraction_of_its_numbers_is_not_rounded_away(
    client: Client, settings: Settings, run_import: RunImport
) -> None:
    settings.RATING_MIN_VOTES = 2.5
    run_import("daily")

    assert "count alike, is 2.5." in load(client, "/about/").text


def test_without_a_vote_anywhere_there_is_no_mean_and_it_says_so(
    client: Client, source: Films, run_import: RunImport
) -> None:
    source.films = {1: film(1, vote_average=0, vote_count=0)}
    source.ratings = []
    run_import("daily")

    text = load(client, "/about/").text
    assert "count alike. No film has been rated yet." in text
    assert "Last worked out on" in text


@pytest.mark.django_db
def test_before_the_first_import_it_says_so(client: Client) -> None:
    assert "The catalogue is still empty" in load(client, "/").text
    assert "No ranking has been made yet." in load(client, "/about/").text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/my-films/", "/next/", "/nowhere/"])
def test_every_page_gives_credit_and_leads_to_what_there_is(client: Client, address: str) -> None:
    page = load(client, address, 404 if address == "/nowhere/" else 200)

    assert (
        "This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise"
        " approved by TMDB." in page.text
    )
    links = {"/", "/my-films/", "/next/", "/about/#weighting", "/api/docs/", "/movies/"}
    assert links <= set(page.links)
    sources = {"https://www.themoviedb.org/", "https://www.imdb.com/"}
    assert sources <= set(page.links)


def test_each_page_has_its_own_title_and_address(client: Client, catalogue: None) -> None:
    titles = {}
    for address in PAGES:
        html = client.get(address).content.decode()
        titles[address] = re.findall("<title>(.*)</title>", html.partition("</head>")[0])
        assert f'<link rel="canonical" href="http://testserver{address}">' in html

    assert all(len(found) == 1 for found in titles.values())
    assert len({found[0] for found in titles.values()}) == len(PAGES)
    assert titles["/countries/JP/"] == ["Japan · World in Movies"]


@pytest.mark.parametrize("address", PAGES)
def test_a_strict_content_security_policy_lets_all_of_it_through(
    client: Client, catalogue: None, address: str
) -> None:
    page = load(client, address)

    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name == "style" or name.startswith("on")}
    assert "style" not in {tag for tag, _ in page.elements}
    assert page.attributes("script", "src") == ["/static/pages/js/main.js"]
    assert not [src for src in page.attributes("img", "src") if not is_allowed(src)]


def is_allowed(src: str) -> bool:
    return src.startswith(("/static/", "https://image.tmdb.org/"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_read_only(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/nowhere/",
        "/countries/ZZ/",
        "/countries/%00/",
        "/films/99999/",
        f"/films/{'9' * 30}/",
        "/films/abc/",
    ],
)
def test_what_is_not_there_is_a_page_in_the_sites_look(client: Client, address: str) -> None:
    page = load(client, address, 404)

    assert "/" in page.links
    assert ("main", {"id": "panel", "tabindex": "-1"}) in page.elements


def test_when_the_site_is_broken_a_page_says_so(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))

    assert answer.status_code == 500
    page = Page(answer.content.decode())
    assert "Something is wrong with the site" in page.texts
    assert ("main", {"id": "panel", "tabindex": "-1"}) in page.elements


def test_what_is_there_under_another_address_is_led_to(client: Client, catalogue: None) -> None:
    assert client.get("/countries/jp/?by=production")["Location"] == (
        "/countries/JP/?by=production"
    )
    assert client.get("/films/101")["Location"] == "/films/101/"


def test_the_first_page_takes_seven_queries_however_many_countries_there_are(
    client: Client, catalogue: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        load(client, "/")


def test_the_modules_that_every_page_needs_are_loaded_at_once(client: Client, db: None) -> None:
    named = load(client, "/").elements
    preloaded = {
        str(found["href"]).removeprefix("/static/pages/js/")
        for tag, found in named
        if tag == "link" and found.get("rel") == "modulepreload"
    }
    needed = {"main.js", "map/world-map.js"}
    waiting = set(needed)
    while waiting:
        module = waiting.pop()
        source = (SCRIPTS / module).read_text(encoding="utf-8")
        names = STATIC_IMPORT.findall(source)
        found = {normpath(join(dirname(module), name)) for name in names} - needed
        needed |= found
        waiting |= found

    assert preloaded == needed - {"main.js"}


def test_the_modules_know_where_the_api_is_and_that_is_loaded_at_once(
    client: Client, db: None
) -> None:
    source = (SCRIPTS / "shell" / "site.js").read_text(encoding="utf-8")
    known = dict(re.findall(r"\b(API_\w+|api\w+Url)\b[^/]*\$\{SITE\}(/[\w/-]+)", source))

    assert {name: resolve(path).view_name for name, path in known.items()} == {
        "apiBestUrl": "api:best",
        "API_COUNTRIES": "api:countries",
        "API_WATCHED": "api:watched",
        "apiSearchUrl": "api:search",
    }
    assert known["API_COUNTRIES"] in load(client, "/").attributes("link", "href")


def test_names_are_text_and_never_markup(client: Client, catalogue: None) -> None:
    for address in ("/", "/countries/MT/", "/films/601/", "/search/?name=script"):
        assert MARKUP in load(client, address).texts


def test_there_is_an_icon(client: Client, db: None) -> None:
    with closing(client.get("/favicon.ico", follow=True)) as response:
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "image/svg+xml"
