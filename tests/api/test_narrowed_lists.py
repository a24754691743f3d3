"""The lists of all countries narrowed, and those of continents and of the world."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from movies.availability import renew_availability
from movies.lists.region import WORLD, RegionList
from movies.models import Country, Lens
from tests.api.refusals import code, wrong
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.sources import Films

BEST = "/api/v1/best/"
# Of continents: two in Europe, one of them a former state, one in Asia, two in Africa.
COUNTRIES = ["GB", "SU", "JP", "NG", "EG"]
LANGUAGES = ["en", "ru", "ja", "en", "ar"]
DOCUMENTARY = [{"id": 99, "name": "Documentary"}]

pytestmark = pytest.mark.usefixtures("catalogue")


def made_by(*codes: str) -> dict[str, Any]:
    made = [{"iso_3166_1": code, "name": ""} for code in codes]
    return {"origin_country": list(codes), "production_countries": made}


@pytest.fixture(scope="module")
def world() -> Films:
    """Eight films of each of five countries, and one of two African ones that is the best."""
    films = [
        film(
            10 * place + number,
            original_language=LANGUAGES[place - 1],
            vote_average=9 - number / 10 - place / 100,
            # Those of an odd number have too few votes to come first.
            vote_count=20 if number % 2 else 40_000 - 1_000 * place,
            release_date=f"{1990 + number}-06-01",
            genres=DOCUMENTARY if number in {2, 3, 4} else [{"id": 18, "name": "Drama"}],
            **made_by(COUNTRIES[place - 1]),
        )
        for place in range(1, 6)
        for number in range(1, 9)
    ]
    both = film(
        99, original_language="fr", vote_average=9.9, vote_count=90_000, **made_by("NG", "EG")
    )
    short = film(98, runtime=12, vote_average=10.0, vote_count=90_000, **made_by("JP"))
    return Films([*films, both, short])


@pytest.fixture
def offers(catalogue: None) -> None:
    """The fourth film of each country can be watched in Sweden."""
    for number in range(14, 55, 10):
        offered = [("SE", "flatrate", [8])]
        renew_availability(number, offered, {8: ("Eight", None)}, timezone.now())


def get(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()


QUERIES = [
    "genre=99",
    "from=1993&to=1995",
    "language=ja",
    "language=en&by=production",
    "min_votes=0",
    "min_votes=38000",
    "genre=18&from=1992&shorts=1&min_votes=10",
    "watch_region=SE",
    "watch_region=SE&watch=flatrate&providers=8&genre=99",
    "watch_region=SE&watch=rent",
]


@pytest.mark.usefixtures("offers")
class TestTheListsOfAllCountries:
    @pytest.mark.parametrize("query", QUERIES)
    def test_are_the_heads_of_each_countrys_own(self, client: Client, query: str) -> None:
        best = get(client, f"{BEST}?limit=5&{query}")
        listed = {each["country_code"]: each for each in best["countries"]}

        for country in Country.objects.all():
            own = get(client, f"{BEST}{country.code}/?limit=5&{query}")
            if own["count"] == 0:
                assert country.code not in listed
                continue
            assert listed[country.code]["movies"] == own["results"]
            assert listed[country.code]["total"] == own["count"]
            assert best["min_votes"] == own["min_votes"]

    def test_are_narrowed(self, client: Client) -> None:
        best = get(client, f"{BEST}?language=ja")
        assert [each["country_code"] for each in best["countries"]] == ["JP"]
        [japan] = best["countries"]
        assert [movie["id"] for movie in japan["movies"][:2]] == [32, 34]

        documentaries = get(client, f"{BEST}?genre=99&from=1994")
        assert {each["total"] for each in documentaries["countries"]} == {1}

    def test_know_another_floor(self, client: Client) -> None:
        [britain] = [
            each
            for each in get(client, f"{BEST}?min_votes=0")["countries"]
            if each["country_code"] == "GB"
        ]
        assert not any(movie["few_votes"] for movie in britain["movies"])

    def test_cost_as_many_queries_however_many_they_are(self, client: Client) -> None:
        with CaptureQueriesContext(connection) as queries:
            get(client, f"{BEST}?genre=99&from=1990&language=en&min_votes=3")
        assert len(queries) == 6

    def test_are_kept_until_the_next_edition(self, client: Client) -> None:
        address = f"{BEST}?genre=99"
        response = client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).content == response.content
        assert len(queries) == 1  # the edition
        headers = {"if-none-match": response.headers["ETag"]}
        assert client.get(address, headers=headers).status_code == 304

    def test_what_can_be_watched_is_of_now(self, client: Client) -> None:
        address = f"{BEST}?watch_region=SE"
        response = client.get(address)
        known = {"If-None-Match": response.headers["ETag"]}
        assert client.get(address, headers=known).status_code == 304
        renew_availability(14, [], {}, timezone.now())
        assert client.get(address, headers=known).status_code == 200
        assert len(get(client, address)["countries"]) == len(response.json()["countries"]) - 1


class TestTheListsOfContinents:
    def test_has_a_film_of_two_of_its_countries_once(self, client: Client) -> None:
        africa = get(client, f"{BEST}africa/?limit=100&by=origin")

        found = [movie["id"] for movie in africa["results"]]
        assert (africa["country_code"], africa["country_name"]) == ("africa", "Africa")
        assert found[0] == 99
        assert sorted(found) == [*range(41, 49), *range(51, 59), 99]
        assert africa["count"] == len(found)
        assert [movie["rank"] for movie in africa["results"]] == list(range(1, 18))

    def test_former_states_are_in_theirs(self, client: Client) -> None:
        europe = get(client, f"{BEST}europe/?limit=100")
        assert sorted(movie["id"] for movie in europe["results"]) == [
            *range(11, 19), *range(21, 29)
        ]  # fmt: skip

    def test_the_world_has_all(self, client: Client) -> None:
        world = get(client, f"{BEST}world/?limit=100")
        assert (world["count"], len(world["results"])) == (41, 41)
        assert get(client, f"{BEST}world/?shorts=1")["count"] == 42

        key = [
            (movie["few_votes"], -movie["weighted_rating"], -movie["votes"], movie["id"])
            for movie in world["results"]
        ]
        assert key == sorted(key)

    @pytest.mark.parametrize("query", ["", "genre=18", "min_votes=0&m=1000&c=7", "language=en"])
    def test_pages_follow_each_other_to_the_end(self, client: Client, query: str) -> None:
        whole = get(client, f"{BEST}world/?limit=100&{query}")
        found, address = [], f"{BEST}world/?limit=7&{query}"
        while address:
            page = get(client, address)
            assert page["count"] == whole["count"] == len(whole["results"])
            found += page["results"]
            address = page["next"]
        assert found == whole["results"]

    @pytest.mark.parametrize("years", [(1993, 1996), (1994, 1994), (1900, 1901)])
    def test_that_of_some_years_is_the_films_of_these_in_their_order(
        self, client: Client, years: tuple[int, int]
    ) -> None:
        since, until = years
        whole = get(client, f"{BEST}world/?limit=100")["results"]
        wanted = [film["id"] for film in whole if since <= film["year"] <= until]
        films = RegionList(WORLD, Lens.HOME, since=since, until=until)
        for _ in range(2):  # once found, once kept
            found = films[0:4] + films[4:100]
            assert [film.movie.id for film in found] == wanted
            assert [film.rank for film in found] == list(range(1, len(wanted) + 1))
            assert films.count() == len(wanted)

    @pytest.mark.usefixtures("offers")
    def test_what_can_be_watched(self, client: Client) -> None:
        asia = get(client, f"{BEST}asia/?watch_region=SE")
        assert [movie["id"] for movie in asia["results"]] == [34]
        assert asia["count"] == 1

    @pytest.mark.parametrize("region", ["antarctica", "oceania", "north-america", "south-america"])
    def test_one_without_a_film_is_empty(self, client: Client, region: str) -> None:
        assert get(client, f"{BEST}{region}/")["results"] == []

    @pytest.mark.parametrize("region", ["World", "atlantis", "north america", "former-states"])
    def test_one_that_is_none_is_not_found(self, client: Client, region: str) -> None:
        assert code(client.get(f"{BEST}{region}/")) == "not_found"

    def test_a_page_behind_the_last_is_not_found(self, client: Client) -> None:
        assert client.get(f"{BEST}asia/?page=2").status_code == 404


@pytest.mark.parametrize("genre", ["drama", "18,35"])
def test_a_genre_that_is_no_number_is_told_where_the_numbers_are(
    client: Client, genre: str
) -> None:
    said = wrong(client.get(BEST, {"genre": genre}))
    assert said == {"genre": ["A genre's number is needed: genres/ lists them."]}


@pytest.mark.parametrize("address", [BEST, f"{BEST}GB/", f"{BEST}world/"])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("genre=1", "genre"),
        ("genre=drama", "genre"),
        ("genre=", "genre"),
        ("language=qq", "language"),
        ("language=%00", "language"),
        ("language=JA", "language"),
        ("from=1869", "from"),
        ("to=soon", "to"),
        ("from=2001&to=2000", "from"),
        ("min_votes=-1", "min_votes"),
        ("watch=flatrate", "watch_region"),
        ("watch_region=QQ", "watch_region"),
        ("format=xml", "format"),
        ("format=CSV", "format"),
        ("format=", "format"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(
    client: Client, address: str, query: str, field: str
) -> None:
    response = client.get(f"{address}?{query}")

    assert response.status_code == 400, response.content
    assert list(wrong(response)) == [field]


def test_before_the_first_ranking_there_is_nothing(
    client: Client, transactional_db: None, run_import: RunImport
) -> None:
    call_command("flush", interactive=False, verbosity=0)
    run_import("reference")
    assert get(client, f"{BEST}?min_votes=3")["countries"] == []
    assert get(client, f"{BEST}world/")["results"] == []
