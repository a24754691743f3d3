"""The ranking: every film's weighted rating worked out anew by hand, and who sees it when."""

import math
import random
from collections.abc import Callable
from fractions import Fraction
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import Settings

from importer.models import ImportRun
from movies.derived.ranking import rebuild_ranking
from movies.derived.title_weights import compute_title_weights, update_title_weights
from movies.films import films_by_id
from movies.models import (
    ContinentTotal,
    CountryTotal,
    ImdbRating,
    RankingState,
    Standing,
    Title,
)
from tests.conftest import RunImport, eventually
from tests.films import film, unlist
from tools.sandbox.payloads import Payload
from tools.sandbox.sources import Films

Rank = Callable[..., None]


@pytest.fixture
def rank(run_import: RunImport, source: Films) -> Rank:
    """Ranks a world of these films, with IMDb's (rating, votes) for those that have one."""

    def rank(*films: Payload, imdb: dict[int, tuple[float, int]] | None = None) -> None:
        source.films = {payload["id"]: payload for payload in films}
        run_import("ids")
        assert run_import("movies").failed == 0
        ImdbRating.objects.bulk_create(
            ImdbRating(imdb_id=f"tt{movie_id:07}", rating=rating, votes=votes)
            for movie_id, (rating, votes) in (imdb or {}).items()
        )
        assert run_import("ranking").state == ImportRun.State.SUCCEEDED

    return rank


def voted(movie_id: int, rating: float, votes: int, **changes: Any) -> Payload:
    return film(movie_id, vote_average=rating, vote_count=votes, **changes)


def made_in(*codes: str) -> list[dict[str, str]]:
    return [{"iso_3166_1": code, "name": code} for code in codes]


def totals(code: str, by: str = "origin") -> tuple[int, int, int]:
    """Films, those with votes, and those of them that are listed without being asked."""
    total = CountryTotal.objects.get(country=code, by=by)
    return total.movies, total.rated, total.listed


def lenses(movie_id: int) -> dict[str, tuple[bool, bool]]:
    """Whether the film is each country's by origin, and by production."""
    rows = Standing.objects.filter(movie=movie_id)
    return {row.country_id: (row.is_origin, row.is_production) for row in rows}


def test_what_is_not_fetched_counts_as_those_that_stand_for_it(
    rank: Rank, settings: Settings
) -> None:
    settings.RATING_MIN_VOTES = 100
    rank(
        voted(1, 8.0, 300), voted(2, 9.0, 100),
        # Every two thousandth one: of four three are voted, with a mean of five.
        voted(2_000, 6.0, 10), voted(4_000, 4.0, 10), voted(6_000, 5.0, 10), voted(8_000, 0.0, 0),
    )  # fmt: skip
    assert RankingState.current().c == pytest.approx((8 + 9 + 6 + 4 + 5) / 5)

    rebuild_ranking(unfetched=20)

    # Of twenty fifteen are voted.
    assert RankingState.current().c == pytest.approx((8 + 9 + 6 + 4 + 5 + 15 * 5) / 20)


def test_votes_of_tmdb_and_imdb_are_pooled(rank: Rank, settings: Settings) -> None:
    settings.RATING_MIN_VOTES = 100
    rank(
        voted(1, 8.0, 300),
        voted(2, 0.0, 0),
        voted(3, 7.0, 100),
        voted(4, 0.0, 0),
        imdb={2: (6.0, 100), 3: (9.0, 300)},
    )

    catalogue = RankingState.objects.get()
    assert (catalogue.m, catalogue.c) == (100, (8.0 + 6.0 + 8.5) / 3)
    pooled = set(Standing.objects.values_list("movie", "rating", "votes"))
    assert pooled == {(1, 8.0, 300), (2, 6.0, 100), (3, 8.5, 400)}
    weighted = dict(Standing.objects.values_list("movie", "weighted_rating"))
    assert weighted == pytest.approx(
        {
            1: 300 / 400 * 8.0 + 100 / 400 * 7.5,
            2: 100 / 200 * 6.0 + 100 / 200 * 7.5,
            3: 400 / 500 * 8.5 + 100 / 500 * 7.5,
        },
        rel=1e-15,
    )


@pytest.mark.parametrize("m", [0, 1, 1000, 25_000, 1e9])
def test_the_weighted_rating_is_the_formulas_for_every_film(
    rank: Rank, settings: Settings, m: float
) -> None:
    settings.RATING_MIN_VOTES = m
    chance = random.Random(int(m))
    films = [
        voted(number, round(chance.uniform(1, 10), 3), int(10 ** chance.uniform(0, 6)))
        for number in range(1, 101)
    ]
    imdb = {
        number: (round(chance.uniform(1, 10), 1), int(10 ** chance.uniform(0, 6)))
        for number in range(40, 101)
    }
    rank(*films, imdb=imdb)

    pooled = {
        payload["id"]: pool((payload["vote_average"], payload["vote_count"]), imdb_rating)
        for payload in films
        for imdb_rating in [imdb.get(payload["id"], (0.0, 0))]
    }
    c = sum(rating for rating, _ in pooled.values()) / 100
    assert RankingState.objects.get().c == pytest.approx(float(c), rel=1e-14)
    expected = {
        movie_id: float(v / (v + Fraction(m)) * rating + Fraction(m) / (v + Fraction(m)) * c)
        for movie_id, (rating, v) in pooled.items()
    }
    ranked = Standing.objects.values_list("movie", "weighted_rating")
    assert dict(ranked) == pytest.approx(expected, rel=1e-14)


def pool(*given: tuple[float, int]) -> tuple[Fraction, int]:
    votes = sum(count for _, count in given)
    return sum(Fraction(rating) * count for rating, count in given) / Fraction(votes), votes


def test_the_mean_does_not_depend_on_the_order_in_which_films_came(
    rank: Rank, run_import: RunImport
) -> None:
    chance = random.Random(7)
    rank(*(voted(number, round(chance.uniform(1, 10), 3), 10) for number in range(1, 200)))
    before = list(Standing.objects.order_by("pk").values())
    c = RankingState.objects.get().c
    # What is written anew stands behind all others in the table.
    run_import("movies", "--ids", ",".join(map(str, range(1, 200, 3))))

    run_import("ranking")

    assert RankingState.objects.get().c == c
    assert list(Standing.objects.order_by("pk").values()) == before


def test_votes_without_a_rating_are_no_votes(rank: Rank) -> None:
    rank(voted(1, 0.0, 5), voted(2, 6.0, 5), voted(3, 0.0, 5), imdb={3: (8.0, 1)})

    found = set(Standing.objects.values_list("movie", "rating", "votes"))
    assert found == {(2, 6.0, 5), (3, 8.0, 1)}
    assert RankingState.objects.get().c == 7.0


def test_the_greatest_numbers_of_votes_can_be_pooled(rank: Rank) -> None:
    rank(voted(1, 9.0, 10**9), imdb={1: (7.0, 10**9)})

    assert Standing.objects.values_list("rating", "votes").get() == (8.0, 2 * 10**9)


def test_a_film_counts_for_the_mean_whatever_its_country(rank: Rank) -> None:
    rank(voted(1, 8.0, 10), voted(2, 4.0, 10, origin_country=[], production_countries=[]))

    assert RankingState.objects.get().c == 6.0
    assert not Standing.objects.filter(movie=2).exists()


def test_origin_and_production_are_kept_apart(rank: Rank) -> None:
    rank(
        film(1, origin_country=["IS"], production_countries=made_in("FI", "IS")),
        film(2, origin_country=["SU"], production_countries=made_in("FI")),
    )

    assert lenses(1) == {"IS": (True, True), "FI": (False, True)}
    assert lenses(2) == {"SU": (True, False), "FI": (False, True)}


def test_without_an_origin_a_film_is_from_where_it_was_produced(rank: Rank) -> None:
    rank(
        film(1, origin_country=[], production_countries=made_in("FI", "SE")),
        film(2, origin_country=None, production_countries=made_in("SE")),
        film(3, origin_country=["SE"], production_countries=[]),
    )

    assert lenses(1) == {"FI": (True, True), "SE": (True, True)}
    assert lenses(2) == {"SE": (True, True)}
    assert lenses(3) == {"SE": (True, False)}


def test_home_is_one_of_several_countries(rank: Rank) -> None:
    both = {"origin_country": ["CZ", "FR"], "production_countries": made_in("CZ", "DE", "FR")}
    rank(film(1, original_language="cs", **both))

    rows = Standing.objects.filter(movie=1).order_by("country")
    assert list(rows.values_list("country", "is_home", "is_origin", "is_production")) == [
        ("CZ", True, True, True),
        ("DE", False, False, True),
        ("FR", False, True, True),
    ]
    assert totals("CZ", "home") == totals("FR", "origin") == (1, 1, 1)
    assert not CountryTotal.objects.filter(by="home", country="FR").exists()


def test_fewer_votes_than_the_floor_are_few(rank: Rank, settings: Settings) -> None:
    settings.RATING_MIN_LISTED = 70
    rank(voted(1, 6.0, 69), voted(2, 6.0, 70), voted(3, 6.0, 60), imdb={3: (6.0, 10)})

    few = Standing.objects.filter(few_votes=True).values_list("movie", flat=True)
    assert set(few) == {1}
    assert RankingState.objects.get().min_listed == 70


@pytest.mark.parametrize(("votes", "owner"), [((5, 9), 2), ((9, 5), 1), ((5, 5), 1)])
def test_one_record_of_two_with_one_imdb_id_has_its_votes(
    rank: Rank, run_import: RunImport, votes: tuple[int, int], owner: int
) -> None:
    rank(
        *(voted(number, 6.0, count, imdb_id="tt0000001") for number, count in enumerate(votes, 1)),
        voted(3, 6.0, 5, imdb_id=None),
        imdb={1: (6.0, 1000)},
    )
    found = dict(Standing.objects.values_list("movie", "votes"))

    expected = dict(enumerate(votes, 1)) | {3: 5}
    expected[owner] += 1000
    assert found == expected
    assert {movie_id: film.votes for movie_id, film in films_by_id([1, 2, 3]).items()} == expected
    update_title_weights()
    weights = dict(Title.objects.values_list("movie", "weight"))
    assert weights == {
        movie_id: math.floor(4 * math.log(1 + count)) for movie_id, count in expected.items()
    }
    assert compute_title_weights([1, 2]) == {number: weights[number] for number in (1, 2)}


def test_a_continent_counts_a_film_of_two_of_its_countries_once(
    rank: Rank, run_import: RunImport, source: Films
) -> None:
    both = {"origin_country": ["AT", "DE"], "original_language": "de"}
    rank(
        film(1, **both),
        film(2, origin_country=["DE", "US"], original_language="en"),
        film(3, origin_country=["DE"]),
        film(4, origin_country=["AT"], vote_count=0),
        film(5, origin_country=["SU"]),
        film(6, origin_country=[], production_countries=[]),
    )

    def by_continent(by: str) -> dict[str, int]:
        rows = ContinentTotal.objects.filter(by=by)
        return dict(rows.values_list("continent", "rated"))

    assert by_continent("home") == {"Europe": 2, "North America": 1, "Former states": 1}
    assert by_continent("origin") == {"Europe": 3, "North America": 1, "Former states": 1}
    del source.films[1]
    unlist(1)
    run_import("movies", "--ids", "1")
    assert by_continent("home") == {"Europe": 1, "North America": 1, "Former states": 1}


def test_films_are_counted_by_decade(rank: Rank) -> None:
    dates = ["1989-12-31", "1990-01-01", "1999-12-31", "", "1899-05-01"]
    rank(*(film(number, release_date=date) for number, date in enumerate(dates, 1)))

    total = CountryTotal.objects.get(by="home", country="GB")
    assert total.films_by_decade == {"1890": 1, "1980": 1, "1990": 2}
    assert list(total.films_by_decade) == ["1890", "1980", "1990"]
    assert total.movies == 5


def test_what_is_under_40_minutes_is_a_short(rank: Rank) -> None:
    lengths = {1: 39, 2: 40, 3: None, 4: 0, 5: 1}
    rank(*(film(number, runtime=minutes) for number, minutes in lengths.items()))

    assert set(Standing.objects.filter(is_short=True).values_list("movie", flat=True)) == {1, 5}


def test_totals_count_films_voted_ones_and_listed_ones(rank: Rank) -> None:
    rank(
        film(1, origin_country=["IS"], production_countries=made_in("FI", "IS")),
        film(2, origin_country=["IS"], production_countries=made_in("FI"), runtime=10),
        film(3, origin_country=["IS"], production_countries=[], vote_count=0),
        film(4, origin_country=[], production_countries=made_in("FI")),
    )

    assert totals("IS", "origin") == (3, 2, 1)
    assert totals("IS", "production") == (1, 1, 1)
    assert totals("FI", "origin") == (1, 1, 1)
    assert totals("FI", "production") == (3, 3, 2)
    assert totals("IS", "home") == (3, 2, 1)
    assert totals("FI", "home") == (1, 1, 1)
    assert CountryTotal.objects.count() == 6


def test_a_catalogue_without_films_has_no_mean(rank: Rank) -> None:
    rank()

    catalogue = RankingState.objects.get()
    assert (catalogue.version, catalogue.c, catalogue.m) == (1, None, 25_000)
    assert catalogue.ranked_at is not None
    assert not Standing.objects.exists()
    assert not CountryTotal.objects.exists()


def test_films_that_nobody_voted_for_have_no_mean_either(rank: Rank) -> None:
    rank(voted(1, 0.0, 0))

    assert RankingState.objects.get().c is None
    assert totals("GB") == (1, 0, 0)


def test_every_ranking_raises_the_version(rank: Rank, run_import: RunImport) -> None:
    rank(film(1))
    first = RankingState.objects.get()
    run_import("ranking")
    second = RankingState.objects.get()

    assert (first.version, second.version) == (1, 2)
    assert first.ranked_at is not None
    assert second.ranked_at is not None
    assert second.ranked_at > first.ranked_at


def test_new_votes_count_from_the_next_ranking_on(
    rank: Rank, run_import: RunImport, source: Films
) -> None:
    rank(voted(1, 8.0, 100), voted(2, 6.0, 100))
    source.films[2] = voted(2, 9.0, 200)
    run_import("movies", "--ids", "2")
    assert Standing.objects.values_list("rating", "votes").get(movie=2) == (6.0, 100)

    run_import("ranking")

    assert Standing.objects.values_list("rating", "votes").get(movie=2) == (9.0, 200)


def test_a_removed_film_leaves_its_lists_and_totals_at_once(
    rank: Rank, run_import: RunImport, source: Films
) -> None:
    both = {"origin_country": ["IS"], "production_countries": made_in("FI", "IS")}
    rank(film(1, **both), film(2, **both, runtime=10), film(3, **both))
    del source.films[2], source.films[3]
    unlist(2, 3)

    run_import("movies", "--ids", "2,3")

    assert set(Standing.objects.values_list("movie", flat=True)) == {1}
    # How many films there are in all is counted by the next ranking.
    assert totals("IS", "origin") == totals("FI", "production") == (3, 1, 1)
    assert RankingState.objects.get().version == 2
    run_import("ranking")
    assert totals("IS", "origin") == (1, 1, 1)


def test_a_film_in_no_list_leaves_the_version_alone(
    rank: Rank, run_import: RunImport, source: Films
) -> None:
    rank(film(1), film(2, vote_count=0))
    del source.films[2]

    run_import("movies", "--ids", "2")

    assert RankingState.objects.get().version == 1


def test_a_reader_at_work_is_waited_for_and_holds_nobody_up(
    rank: Rank, run_import: RunImport, source: Films, database_url: str
) -> None:
    rank(voted(1, 8.0, 100))
    source.films[1] = voted(1, 9.0, 100)
    run_import("movies", "--ids", "1")
    seen: list[list[tuple[float]]] = []

    def read_on(reader: psycopg.Connection) -> None:
        with reader, psycopg.connect(database_url, autocommit=True) as other:
            eventually(lambda: other.execute(SWAP_IS_WAITING).fetchone() is not None)
            seen.append(other.execute(RATINGS).fetchall())
            seen.append(reader.execute(RATINGS).fetchall())

    with psycopg.connect(database_url) as reader:
        seen.append(reader.execute(RATINGS).fetchall())
        thread = Thread(target=read_on, args=[reader])
        thread.start()
        run = run_import("ranking")
        thread.join()

    assert run.state == ImportRun.State.SUCCEEDED
    assert seen == [[(8.0,)]] * 3
    with connection.cursor() as cursor:
        cursor.execute(RATINGS)
        assert cursor.fetchall() == [(9.0,)]


RATINGS = "SELECT rating FROM standing"
SWAP_IS_WAITING = """
SELECT FROM pg_locks
WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation = 'standing'::regclass
"""
