"""/countries/{code}/: the best films of a country, narrowed and paged."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.conftest import RunImport
from tests.films import film
from tests.html import Page, load
from tests.sample_films import ANIMATION, made_in, sample_films
from tools.sandbox.sources import Films

JAPAN = "/countries/JP/"

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def films(page: Page) -> list[str]:
    """The addresses of the films in their order."""
    return [link for link in page.links if link.startswith("/films/")]


def numbered(first: int, last: int) -> list[str]:
    return [f"/films/{100 + number}/" for number in range(first, last + 1)]


def test_it_has_the_ten_best_with_all_that_is_known_of_them(client: Client) -> None:
    page = load(client, JAPAN)

    assert films(page) == numbered(1, 10)
    assert page.countries == "JP"
    assert "25 films, all rated" in page.texts
    for text in ("Tokyo 1", "東京1", "1954", "9.4", "50,000 votes"):
        assert text in page.texts, text
    assert not [text for text in page.texts if text.startswith("weighted 8")]
    assert ("p", {"class": "original", "lang": "ja", "dir": "auto"}) in page.elements


def test_a_film_in_a_list_has_what_helps_to_choose_it(client: Client) -> None:
    page = load(client, "/countries/IS/")

    assert "2013 · 1 h 21 min · Drama" in page.text
    assert "/people/51/" in page.links
    assert "Benedikt Erlingsson" in page.texts
    assert "Horses carry their riders where these would rather not go." in page.texts


def test_other_sites_are_linked_to_from_the_film_and_not_from_lists(client: Client) -> None:
    links = ("https://www.themoviedb.org/movie/101", "https://www.imdb.com/title/tt0000101/")
    assert not set(links) & set(load(client, JAPAN).links)

    page = load(client, "/films/101/")
    for link in links:
        assert ("a", "noreferrer") in [
            (tag, found.get("rel")) for tag, found in page.elements if found.get("href") == link
        ]


def test_it_says_why_a_film_stands_below_one_that_is_rated_lower(
    client: Client, source: Films, run_import: RunImport
) -> None:
    source.films[126] = film(
        126, title="Loved by few", vote_average=9.9, vote_count=60, imdb_id=None,
        **made_in("JP", "Japan"),
    )  # fmt: skip
    run_import("movies", "--ids", 126)
    run_import("ranking")
    page = load(client, f"{JAPAN}?page=2")

    assert "A rating counts the more, the more votes it is made of." in page.text
    assert "stands above Loved by few (9.9 from 60)." in page.text
    assert "stands above" not in load(client, JAPAN).text


def test_the_co_productions_are_counted_as_such(client: Client) -> None:
    page = load(client, "/countries/FI/?by=co-productions")

    assert "1 co-production" in page.texts
    assert page.texts.count("Co-productions") == 2
    assert "The best films" not in page.texts


def test_a_country_with_co_productions_alone_is_not_said_to_have_no_film(client: Client) -> None:
    assert "Finland (co-productions only)" in load(client, "/countries/SE/").text


def test_an_empty_country_has_no_filters_and_leads_on(client: Client) -> None:
    page = load(client, "/countries/KR/")

    assert "The catalogue has no film from South Korea." in page.texts
    assert page.attributes("select", "name") == []
    assert "The best of Asia" in page.texts
    assert films(page) == numbered(1, 5)
    assert "/continents/asia/" in page.links
    assert "The best of Asia" not in load(client, JAPAN).texts


def test_a_name_has_its_article_in_a_sentence(client: Client) -> None:
    page = load(client, "/countries/NL/")

    assert "The catalogue has no film from the Netherlands." in page.texts


def test_posters_are_fetched_as_large_as_they_are_shown_and_when_they_are(client: Client) -> None:
    page = load(client, JAPAN)

    poster = next(found for tag, found in page.elements if tag == "img" and "srcset" in found)
    assert poster["src"] == "https://image.tmdb.org/t/p/w154/poster.jpg"
    assert "https://image.tmdb.org/t/p/w92/poster.jpg 92w" in str(poster["srcset"])
    assert (poster["loading"], poster["width"], poster["height"]) == ("lazy", "92", "138")


def test_the_rest_is_on_further_pages(client: Client) -> None:
    first = load(client, JAPAN)
    second = load(client, f"{JAPAN}?page=2")
    third = load(client, f"{JAPAN}?page=3")

    assert f"{JAPAN}?page=2" in first.links
    assert films(second) == numbered(11, 20)
    assert films(third) == numbered(21, 25)
    assert not [link for link in third.links if link.endswith("page=4")]


def test_genre_and_decade_narrow_it(client: Client) -> None:
    assert films(load(client, f"{JAPAN}?genre={ANIMATION}&decade=")) == numbered(1, 5)
    assert films(load(client, f"{JAPAN}?decade=2000")) == numbered(6, 15)
    page = load(client, f"{JAPAN}?genre={ANIMATION}&decade=1950")
    assert films(page) == numbered(1, 5)
    assert "5 films · Animation · 1950s" in page.texts
    assert "Japan, Animation, 1950s · World in Movies" in page.texts


def test_what_it_is_narrowed_by_stays_from_page_to_page(client: Client) -> None:
    page = load(client, f"{JAPAN}?by=production&decade=2000&shorts=on")

    assert f"{JAPAN}?by=production&decade=2000&shorts=on&page=2" in page.links
    assert f"{JAPAN}?decade=2000&shorts=on" in page.links
    assert ("input", {"type": "hidden", "name": "by", "value": "production"}) in page.elements


def test_a_film_is_listed_by_origin_or_by_production(client: Client) -> None:
    assert films(load(client, "/countries/IS/")) == ["/films/201/"]
    finland = load(client, "/countries/FI/?by=origin")
    assert films(finland) == []
    assert "The catalogue has no film from Finland." in finland.texts
    assert films(load(client, "/countries/FI/?by=production")) == ["/films/201/"]


def test_a_country_without_a_film_of_its_own_shows_its_co_productions_and_says_so(
    client: Client,
) -> None:
    words = (
        "The catalogue has no film from Finland."
        " These are films of other countries that it had a part in."
    )
    page = load(client, "/countries/FI/")

    assert films(page) == ["/films/201/"]
    assert words in page.texts
    asked = load(client, "/countries/FI/?by=co-productions")
    assert films(asked) == ["/films/201/"]
    assert words not in asked.texts


def test_a_country_has_its_own_films_and_its_co_productions(client: Client) -> None:
    page = load(client, "/countries/IS/")

    assert {"Films from Iceland", "Co-productions"} <= set(page.texts)
    assert "/countries/IS/?by=co-productions" in page.links
    assert films(load(client, "/countries/IS/?by=co-productions")) == []


def test_what_has_too_few_votes_stands_under_a_heading_without_a_number(
    client: Client, catalogue: None, settings: Settings, run_import: RunImport
) -> None:
    settings.RATING_MIN_LISTED = 50_001
    run_import("ranking")

    page = load(client, JAPAN)

    assert page.texts.count("Too few votes to rank yet") == 1
    assert page.texts.index("Too few votes to rank yet") < page.texts.index("Tokyo 1")
    assert "Number" not in page.texts
    assert "Too few votes to rank yet" in load(client, f"{JAPAN}?page=2").texts
    settings.RATING_MIN_LISTED = 50
    run_import("ranking")
    assert "Too few votes to rank yet" not in load(client, JAPAN).texts


@pytest.mark.parametrize("name", ["Japan", "nippon", "JAPAN", "jp"])
def test_an_address_with_a_name_leads_to_the_country(client: Client, name: str) -> None:
    assert client.get(f"/countries/{name}/?shorts=on")["Location"] == f"{JAPAN}?shorts=on"


def test_the_code_that_people_take_for_britains_is_corrected(client: Client) -> None:
    page = load(client, "/countries/UK/", 404)

    assert "United Kingdom has the code GB." in page.texts


def test_a_successor_offers_the_films_of_the_former_state(client: Client) -> None:
    page = load(client, "/countries/GE/")

    assert films(page) == [f"/films/{number}/" for number in (501, 502, 503)]
    assert "Before: Soviet Union" in page.texts
    assert "All 4 rated films of the Soviet Union" in page.texts
    assert "/countries/SU/" in page.links


def test_a_former_state_leads_to_its_successors_and_the_map_shows_them(client: Client) -> None:
    page = load(client, "/countries/SU/")

    assert len(films(page)) == 4
    assert {"/countries/GE/", "/countries/RU/"} <= set(page.links)
    assert page.countries == "AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/countries/AQ/", "The catalogue has no film from Antarctica."),
        ("/countries/SE/", "Nobody has rated this film yet, and a list of the best needs votes."),
        ("/countries/LU/", "All rated films of Luxembourg are shorter than 40 minutes."),
        ("/countries/JP/?decade=1900", "No rated film of Japan fits."),
    ],
)
def test_an_empty_list_says_why(client: Client, address: str, words: str) -> None:
    assert words in load(client, address).texts


def test_short_films_are_listed_when_asked_for(client: Client) -> None:
    asked = "/countries/LU/?shorts=on"
    assert asked in load(client, "/countries/LU/").links
    assert films(load(client, asked)) == ["/films/401/"]


@pytest.mark.parametrize(
    "query",
    [
        "by=x",
        "genre=zz",
        "genre=1",
        f"genre={'9' * 30}",
        "decade=1955",
        "decade=99999",
        "genre=%00",
        "by=&genre=&decade=&shorts=",
        "genre=16&genre=zz",
    ],
)
def test_what_cannot_be_asked_for_is_left_out(client: Client, query: str) -> None:
    assert films(load(client, f"{JAPAN}?{query}")) == numbered(1, 10)


def test_it_says_what_it_has_left_out(client: Client) -> None:
    words = "This address asks for something that is not known here, which was left out: genre."
    assert words in load(client, f"{JAPAN}?genre=zz").texts
    assert words not in load(client, JAPAN).texts


@pytest.mark.parametrize("page", ["0", "4", "-1", "abc", "1.5", "9" * 30, "%00"])
def test_a_page_that_is_not_there_is_not_found(client: Client, page: str) -> None:
    assert "No such page" in load(client, f"{JAPAN}?page={page}", 404).texts


@pytest.mark.parametrize(("address", "queries"), [(JAPAN, 9), ("/countries/GE/", 9)])
def test_the_number_of_queries_does_not_depend_on_the_list(
    client: Client,
    address: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(queries):
        load(client, address)
