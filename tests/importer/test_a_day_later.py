"""Day after day: the catalogue follows TMDB and IMDb, and forgets nothing it has to know."""

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import F, Model
from django.test import Client
from django.utils import timezone

from importer.models import ImportRun, TmdbChanges, TmdbExport, TmdbMovie
from movies.models import (
    Availability,
    Collection,
    Country,
    CountryTotal,
    Credit,
    Genre,
    ImdbRating,
    Language,
    Movie,
    Person,
    Provider,
    RankingState,
    Standing,
    Title,
    Word,
)
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

# Static files are not gathered for tests, and no answer here needs them.
pytestmark = pytest.mark.filterwarnings("ignore:No directory at:UserWarning")

DAY = datetime.timedelta(days=1)
FILMS = 200

# What says when something was done, by model.
TIMES: dict[type[Model], list[str]] = {
    TmdbMovie: ["known_at", "exported_on", "fetched_at", "changed_at", "gone_at", "due_at"],
    TmdbExport: ["date", "merged_at"],
    TmdbChanges: ["date", "read_at"],
    ImportRun: ["created_at", "started_at", "heartbeat_at", "progressed_at", "finished_at"],
}
CROWD = """
INSERT INTO tmdb_movie (id, popularity, known_at, exported_on, due_at, attempts)
SELECT 1000000 + number, 20, now(), %s, now() + interval '1000 days', 0
FROM generate_series(1, 20000) number
"""
FACTS = [
    Country, Genre, Language, Movie, Collection, Person, Credit, Provider, Availability,
    ImdbRating, Standing, CountryTotal, Word,
]  # fmt: skip


def days_pass(days: int, source: Films) -> None:
    """As if all that has been done so far had been done so many days earlier."""
    for model, fields in TIMES.items():
        shifted = {field: F(field) - days * DAY for field in fields}
        # The key among them: the earliest row first, so that none meets another.
        for row in model._default_manager.order_by("pk") if "date" in fields else []:
            model._default_manager.filter(pk=row.pk).update(**shifted)
        if "date" not in fields:
            model._default_manager.update(**shifted)
    source.changed = {day - days * DAY: ids for day, ids in source.changed.items()}


def today() -> datetime.date:
    return timezone.now().date()


def catalogue() -> dict[str, Any]:
    """All that answers are made from, without times and tombstones."""
    tables: dict[str, Any] = {
        model._meta.db_table: sorted(model._default_manager.values_list(*columns(model)), key=repr)
        for model in FACTS
    }
    names = Title.objects.order_by("movie_id", "id")
    tables["title"] = list(names.values_list("movie_id", "name", "key", "words", "weight"))
    tables["ranking"] = list(RankingState.objects.values_list("m", "c"))
    living = TmdbMovie.objects.filter(gone_at=None, fetched_at__isnull=False).order_by("id")
    tables["ledger"] = list(living.values_list("id", "popularity", "attempts"))
    return tables


def columns(model: type[Model]) -> list[str]:
    fields = [field.attname for field in model._meta.concrete_fields]
    return [name for name in fields if name != "availability_at"]


def gone() -> set[int]:
    return set(TmdbMovie.objects.exclude(gone_at=None).values_list("id", flat=True))


def status() -> dict[str, Any]:
    cache.clear()
    answer: dict[str, Any] = Client().get("/api/v1/status/").json()
    return answer


@pytest.fixture
def first_day(run_import: RunImport, source: Films) -> None:
    """A catalogue of FILMS films that was imported today."""
    source.films = {number: film(number) for number in range(1, FILMS + 1)}
    source.ratings = [(f"tt{number:07}", 6.5, 10 * number) for number in range(1, FILMS)]
    assert run_import("daily").state == ImportRun.State.SUCCEEDED


def test_after_daily_the_catalogue_is_that_of_a_fresh_import(
    first_day: None, run_import: RunImport, source: Films, sandbox: Sandbox
) -> None:
    days_pass(1, source)
    returning = source.films.pop(17)
    run_import("daily")
    assert gone() == {17}

    days_pass(1, source)
    source.films[17] = returning | {"vote_count": 170}
    source.films[FILMS + 1] = film(FILMS + 1, title="New, and in the export")
    source.films[FILMS + 2] = film(FILMS + 2, title="New, and changed since")
    source.films[FILMS + 3] = film(FILMS + 3, video=True)
    source.films[3] |= {"vote_count": 5_000, "vote_average": 9.1, "title": "Renamed"}
    source.films[4] |= {"vote_count": 7_000, "vote_average": 2.5}
    source.films[5] |= {"popularity": 0.1, "origin_country": ["FR"], "imdb_id": None}
    source.films[6] |= {"runtime": 12}
    sandbox.faults.only[8] = "404"
    TmdbMovie.objects.filter(id=8).update(not_found=2, not_found_at=timezone.now() - 3 * DAY)
    del source.films[9]
    source.changed = {today(): [3, 8, FILMS + 2, FILMS + 3, None], today() - DAY: [6]}
    source.ratings[19:21] = [("tt0000020", 8.8, 88_888)]
    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    followed, tombstones = catalogue(), gone()

    call_command("flush", interactive=False, verbosity=0)
    assert run_import("daily").state == ImportRun.State.SUCCEEDED

    fresh = catalogue()
    for table, rows in fresh.items():
        assert followed[table] == rows, table
    assert (tombstones, gone()) == ({8, 9, FILMS + 3}, {FILMS + 3})
    assert {17, FILMS + 1, FILMS + 2} <= {movie_id for movie_id, *_ in fresh["movie"]}


def test_a_day_after_a_bad_day_the_catalogue_is_that_of_a_world_without_it(
    first_day: None, run_import: RunImport, source: Films, sandbox: Sandbox
) -> None:
    days_pass(1, source)
    before = catalogue()
    sandbox.faults.shares = {"404": 1.0}
    run = run_import("daily")
    assert (run.state, run.failed, gone()) == (ImportRun.State.SUCCEEDED, 0, set())
    assert catalogue() == before

    days_pass(2, source)
    sandbox.faults.shares = {}
    source.films[3] |= {"title": "Renamed"}
    source.changed = {today(): [3]}
    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    followed = catalogue()

    assert not TmdbMovie.objects.exclude(not_found=0).exists()
    call_command("flush", interactive=False, verbosity=0)
    run_import("daily")
    assert followed == catalogue()


def test_a_film_that_is_only_listed_as_changed_is_there_the_same_day(
    first_day: None, run_import: RunImport, source: Films
) -> None:
    days_pass(1, source)
    TmdbMovie.objects.update(due_at=timezone.now() + 100 * DAY)
    source.films[3] |= {"title": "Renamed", "vote_count": 12_345}
    source.changed = {today(): [3]}

    run = run_import("daily")

    assert run.fetched == 1
    assert Movie.objects.get(id=3).title == "Renamed"
    assert Standing.objects.get(movie=3).votes == 12_345 + 30


def test_a_film_that_vanished_leaves_every_answer(
    first_day: None, run_import: RunImport, source: Films
) -> None:
    days_pass(1, source)
    source.films[1] |= {"vote_count": 90_000, "vote_average": 9.9}
    run_import("daily")
    assert best() == 1

    days_pass(1, source)
    del source.films[1]
    source.changed = {today(): [1]}
    run_import("daily")

    assert best() != 1
    assert status()["gone"] == 1
    for model in (Movie, Standing, Title):
        key = "id" if model is Movie else "movie"
        assert not model._default_manager.filter(**{key: 1}).exists()


def best() -> int:
    answer = Client().get("/api/v1/best/", {"limit": 1}).json()
    return int(answer["countries"][0]["movies"][0]["id"])


@pytest.mark.parametrize(
    ("popularity", "days", "is_due"),
    [(50.0, 1, True), (0.5, 149, False), (0.5, 171, True), (2.0, 6, False), (2.0, 7, True)],
)
def test_details_are_fetched_again_when_they_are_too_old(
    run_import: RunImport, sandbox: Sandbox, source: Films,
    popularity: float, days: int, is_due: bool,
) -> None:  # fmt: skip
    # So many more popular ones that the films themselves are not of those that are due daily.
    with connection.cursor() as cursor:
        cursor.execute(CROWD, [today()])
    for payload in source.films.values():
        payload["popularity"] = popularity
    run_import("ids", "--force")
    run_import("movies")
    sandbox.asked.clear()

    days_pass(days, source)
    run_import("movies")

    assert set(sandbox.asked) == (set(source.films) if is_due else set())


def test_status_says_how_old_the_oldest_details_are(
    first_day: None, run_import: RunImport, source: Films
) -> None:
    assert status()["oldest_days"] == 0

    days_pass(5, source)
    assert status()["oldest_days"] == 5

    # A tombstone's are not kept.
    TmdbMovie.objects.filter(id=3).update(
        fetched_at=timezone.now() - 300 * DAY, gone_at=timezone.now()
    )
    assert status()["oldest_days"] == 5

    run_import("daily")
    assert status()["oldest_days"] == 0


def test_before_the_first_import_nothing_is_old(run_import: RunImport) -> None:
    run_import("ids")

    assert status()["oldest_days"] is None
