"""`watch_region`, `watch` and `providers`: lists and searches of what can be watched somewhere."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg import sql

from caching.kept import bodies
from movies.availability import Offer, renew_availability
from movies.lists.country import CountryList
from movies.models import Lens
from movies.search.filters import SearchFilter
from movies.watch_filter import WatchFilter
from tests.api.refusals import wrong
from tests.films import film
from tools.sandbox.sources import Films

MANY = ",".join(map(str, range(1, 103)))
BEST, SEARCH = "/api/v1/best/GB/", "/api/v1/search/"

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    """Films 1 to 30, the best first; from the 21st on Swedish ones."""
    return Films(
        [
            film(
                number,
                title=f"Horse {number}",
                vote_average=9 - number / 10,
                vote_count=10_000,
                release_date=f"{1980 + number}-06-01",
                **({"origin_country": ["SE"]} if number > 20 else {}),
            )
            for number in range(1, 31)
        ]
    )


@pytest.fixture(autouse=True)
def availability(catalogue: None) -> None:
    """With a subscription in Sweden: the even ones, at 8 those that four divides, at 9 the others;
    for rent the thirds at 10. In Norway the first for free."""
    offers: dict[int, list[Offer]] = {number: [] for number in range(1, 31)}
    for number in range(2, 31, 2):
        offers[number].append(("SE", "flatrate", [9 if number % 4 else 8]))
    for number in range(3, 31, 3):
        offers[number].append(("SE", "rent", [10]))
    offers[1].append(("NO", "free", [8]))
    names = {8: ("Eight", None), 9: ("Nine", None), 10: ("Ten", None)}
    for number, offered in offers.items():
        renew_availability(number, offered, names, timezone.now())


def get(client: Client, address: str, **query: Any) -> Any:
    response = client.get(address, query)
    assert response.status_code == 200, response.content
    return response.json()


def ids(answer: Any) -> list[int]:
    return [movie["id"] for movie in answer["results"]]


EVEN, FOURTHS, THIRDS = range(2, 21, 2), range(4, 21, 4), range(3, 21, 3)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"watch": "flatrate"}, EVEN),
        ({"watch": "rent"}, THIRDS),
        ({"watch": "rent,flatrate"}, {*EVEN, *THIRDS}),
        ({}, {*EVEN, *THIRDS}),
        ({"watch": "buy"}, ()),
        ({"watch": "flatrate", "providers": "8"}, FOURTHS),
        ({"watch": "flatrate", "providers": "10"}, ()),
        ({"providers": "8,10"}, {*FOURTHS, *THIRDS}),
        ({"providers": "12345"}, ()),
        ({"watch": "flatrate", "watch_region": "NO"}, ()),
        ({"watch": "free", "watch_region": "NO"}, (1,)),
    ],
)
def test_a_list_has_what_can_be_watched_and_counts_it(
    client: Client, query: dict[str, str], expected: Iterable[int]
) -> None:
    answer = get(client, BEST, **({"watch_region": "SE", "limit": "100"} | query))

    assert ids(answer) == sorted(expected)
    assert answer["count"] == len(answer["results"])
    assert [movie["rank"] for movie in answer["results"]] == [*range(1, answer["count"] + 1)]


def test_other_filters_narrow_it_as_well_and_the_pages_go_on(client: Client) -> None:
    query = {"watch_region": "SE", "watch": "flatrate", "from": 1990, "limit": 4}
    first = get(client, BEST, **query)
    second = client.get(first["next"]).json()

    assert (ids(first), ids(second)) == ([10, 12, 14, 16], [18, 20])
    assert (first["count"], second["count"], second["next"]) == (6, 6, None)


def test_the_count_is_that_of_now_and_so_is_the_etag(client: Client) -> None:
    query = {"watch_region": "SE", "watch": "rent"}
    etag = client.get(BEST, query).headers["ETag"]

    renew_availability(3, [], {}, timezone.now())
    renew_availability(4, [("SE", "rent", [10])], {}, timezone.now())

    assert ids(get(client, BEST, **query, limit=2)) == [4, 6]
    assert get(client, BEST, **query)["count"] == 6
    assert get(client, BEST, **query, shorts="1")["count"] == 6
    assert client.get(BEST, query, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("is_rare", [True, False])
def test_a_list_is_the_same_whether_many_films_can_be_watched_or_few(is_rare: bool) -> None:
    watch = WatchFilter("SE", ("flatrate",), (8,), is_rare=is_rare)
    films = CountryList("GB", Lens.ORIGIN, watch=watch)
    assert [film.movie.id for film in films[:10]] == [*FOURTHS]
    assert films.count() == len(FOURTHS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"watch": "flatrate"}, range(2, 31, 2)),
        ({"watch": "flatrate", "country": "SE"}, range(22, 31, 2)),
        ({"watch": "flatrate", "year": 1990}, (10,)),
        ({"watch": "flatrate", "year": 1991}, ()),
        ({"watch": "rent", "providers": "10"}, range(3, 31, 3)),
        ({"watch_region": "NO"}, (1,)),
    ],
)
def test_a_search_finds_what_can_be_watched(
    client: Client, query: dict[str, Any], expected: Iterable[int]
) -> None:
    answer = get(client, SEARCH, **({"name": "horse", "watch_region": "SE", "limit": 50} | query))
    assert sorted(ids(answer)) == [*expected]


@pytest.mark.parametrize(
    ("year", "country", "expected"),
    [(None, None, range(2, 31, 2)), (None, "SE", range(22, 31, 2)), (1990, None, (10,))],
)
def test_of_many_that_can_be_watched_a_search_finds_the_same(
    year: int | None, country: str | None, expected: Iterable[int]
) -> None:
    filters = SearchFilter(Lens.ORIGIN, year, country, WatchFilter("SE", ("flatrate",)))
    query = sql.SQL("SELECT DISTINCT movie_id FROM title WHERE {}")
    with connection.cursor() as cursor:
        cursor.execute(query.format(filters.title_condition()))
        assert sorted(movie_id for (movie_id,) in cursor.fetchall()) == [*expected]


def test_a_search_by_id_finds_what_can_be_watched(client: Client) -> None:
    assert ids(get(client, SEARCH, name="tt0000002", watch_region="SE")) == [2]
    assert ids(get(client, SEARCH, name="tt0000002", watch_region="NO")) == []


@pytest.mark.parametrize("address", [BEST, f"{SEARCH}?name=horse"])
@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ({"watch": "flatrate"}, "watch_region", "need a region"),
        ({"providers": "8"}, "watch_region", "need a region"),
        ({"watch_region": "DK"}, "watch_region", "“DK”"),
        ({"watch_region": "se"}, "watch_region", "“se”"),
        ({"watch_region": "\0"}, "watch_region", "“\0”"),
        ({"watch_region": ""}, "watch_region", "blank"),
        ({"watch_region": "SE", "watch": "stream"}, "watch", "“stream”"),
        ({"watch_region": "SE", "watch": "flatrate,"}, "watch", "“”"),
        ({"watch_region": "SE", "providers": "x"}, "providers", "“x”"),
        ({"watch_region": "SE", "providers": "0"}, "providers", "“0”"),
        ({"watch_region": "SE", "providers": "9999999999"}, "providers", "“9999999999”"),
        ({"watch_region": "SE", "providers": "٣"}, "providers", "“٣”"),
        ({"watch_region": "SE", "providers": MANY}, "providers", "100"),
    ],
)
def test_what_is_wrong_is_refused_by_name(
    client: Client, address: str, query: dict[str, str], name: str, words: str
) -> None:
    path, _, rest = address.partition("?")
    response = client.get(path, ({"name": "horse"} if rest else {}) | query)

    assert response.status_code == 400
    assert list(wrong(response)) == [name]
    assert words in wrong(response)[name][0]


def test_a_list_of_what_can_be_watched_costs_three_queries_more(client: Client) -> None:
    counts = []
    for query in ({"from": 1990}, {"from": 1990, "watch_region": "SE", "watch": "flatrate"}):
        get(client, BEST, **query)
        bodies.clear()
        with CaptureQueriesContext(connection) as queries:
            get(client, BEST, **query)
        counts.append(len(queries))
    assert counts == [2, 5]
