"""A week of imports that are killed, and somebody who keeps a copy by `changes/` alone."""

import random
import subprocess
import threading
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from importer.models import ImportRun, TmdbMovie
from movies.models import ChangeSet, Movie
from tests.conftest import RunImport, eventually
from tests.films import film
from tests.importer.test_a_day_later import days_pass
from tests.importer.test_runs import Start, start
from tools.sandbox.sources import Films

__all__ = ["start"]

DAYS = 7
FILMS = 160
PAGE = 7


class Mirror(threading.Thread):
    """Asks page after page, and keeps nothing but films and a cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.films: dict[int, Any] = {}
        self.cursor: str | None = None
        # What was told, in its order.
        self.told: list[tuple[str, int]] = []
        self.ended = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.ended.is_set():
                self.ask()
        except BaseException as failure:
            self.failure = failure
        finally:
            connection.close()

    def ask(self) -> bool:
        """Take over a page; whether there are more."""
        query = {"limit": PAGE} | ({"since": self.cursor} if self.cursor else {})
        response = Client().get("/api/v1/changes/", query)
        assert response.status_code == 200, response.content
        page = response.json()
        for change in page["results"]:
            self.told.append((change["at"], change["id"]))
            if change["change"] == "left":
                self.films.pop(change["id"], None)
            else:
                self.films[change["id"]] = change["film"]
        self.cursor = page["cursor"]
        return page["next"] is not None

    def catch_up(self) -> None:
        while self.ask():
            pass


def a_day_passes(source: Films, day: int, chance: random.Random) -> None:
    """Films come, change, leave and come back at TMDB; all are asked for again."""
    days_pass(1, source)
    for movie_id in chance.sample(sorted(source.films), 30):
        source.films[movie_id] |= {"vote_count": 1_000 * day + movie_id}
    for movie_id in range(1_000 * day, 1_000 * day + 5):
        source.films[movie_id] = film(movie_id)
    lost = chance.sample(sorted(source.films), 2)
    for movie_id in lost:
        del source.films[movie_id]
    if day == DAYS - 1:
        source.films[lost[0]] = film(lost[0], title="Found again")
    TmdbMovie.objects.update(due_at=timezone.now())


def has_committed(before: int, process: "subprocess.Popen[str]") -> bool:
    """Whether a process has changed films since there were so many change sets, or has ended."""
    return ChangeSet.objects.count() > before or process.poll() is not None


def facts() -> dict[int, tuple[Any, ...]]:
    rows = Movie.objects.values_list("id", "title", "tmdb_votes", "home_countries", "imdb_id")
    return {row[0]: row[1:] for row in rows}


def mirrored(films: dict[int, Any]) -> dict[int, tuple[Any, ...]]:
    names = ("name", "tmdb_votes", "home_countries", "imdb_id")
    return {movie_id: tuple(film[name] for name in names) for movie_id, film in films.items()}


@pytest.mark.slow
def test_a_copy_that_is_kept_by_changes_is_the_catalogue(
    run_import: RunImport, source: Films, start: Start, settings: Settings
) -> None:
    settings.API_RATE = ""
    chance = random.Random(16)
    source.films = {number: film(number) for number in range(1, FILMS + 1)}
    mirror, killed = Mirror(), 0
    mirror.start()
    try:
        for day in range(1, DAYS + 1):
            before = ChangeSet.objects.count()
            process = start("daily")
            # In the middle: something has been committed, and something has not.
            eventually(partial(has_committed, before, process))
            killed += process.poll() is None
            process.kill()
            process.wait()
            assert run_import("daily").state == ImportRun.State.SUCCEEDED
            a_day_passes(source, day, chance)
        assert run_import("daily").state == ImportRun.State.SUCCEEDED
    finally:
        mirror.ended.set()
        mirror.join()
    assert mirror.failure is None
    mirror.catch_up()

    assert killed > DAYS / 2
    assert mirrored(mirror.films) == facts()
    assert len(mirror.films) > FILMS
    # Nothing twice, and the oldest first; a film has one change in a change set.
    assert len(set(mirror.told)) == len(mirror.told)
    assert mirror.told == sorted(mirror.told)
    # Who begins now comes to the same.
    late = Mirror()
    late.catch_up()
    assert late.films == mirror.films
    assert len(late.told) < len(mirror.told)
