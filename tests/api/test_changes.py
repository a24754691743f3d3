"""GET /api/v1/changes/: which films came, changed or left since a cursor."""

import threading
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from movies.changes.reading import Cursor, latest_cursor
from movies.changes.recording import record_changed
from movies.models import ChangeSet, Movie, MovieChange
from tests.api.refusals import code
from tests.conftest import RunImport, eventually
from tests.films import film, unlist
from tools.sandbox.sources import Films

URL = "/api/v1/changes/"


def get(client: Client, since: str | None = None, limit: int = 100) -> Any:
    query: dict[str, Any] = {"limit": limit} | ({"since": since} if since else {})
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return response.json()


def read(answer: Any) -> list[tuple[int, str]]:
    return [(change["id"], change["change"]) for change in answer["results"]]


@pytest.fixture
def first_day(run_import: RunImport, source: Films) -> None:
    source.films = {number: film(number) for number in range(1, 31)}
    run_import("daily")


@pytest.mark.usefixtures("first_day")
class TestWhatHasHappened:
    def test_at_first_every_film_came(self, client: Client) -> None:
        answer = get(client)

        assert sorted(read(answer)) == [(number, "came") for number in range(1, 31)]
        assert answer["next"] is None
        assert read(get(client, answer["cursor"])) == []

    def test_a_film_is_told_with_its_facts(self, client: Client) -> None:
        [told] = [change for change in get(client)["results"] if change["id"] == 7]

        assert list(told) == ["id", "change", "at", "film"]
        assert told["film"] == {
            "id": 7,
            "imdb_id": "tt0000007",
            "name": "Film 7",
            "original_name": "Film 7",
            "original_language": "en",
            "release_date": "1999-12-31",
            "status": "Released",
            "runtime": 90,
            "genres": [18],
            "spoken_languages": ["en"],
            "home_countries": ["GB"],
            "origin_countries": ["GB"],
            "production_countries": ["GB"],
            "tmdb_rating": 7.5,
            "tmdb_votes": 100,
            "poster_url": "https://image.tmdb.org/t/p/w500/poster.jpg",
        }

    def test_a_film_that_is_fetched_as_it_was_has_not_changed(
        self, client: Client, run_import: RunImport, source: Films
    ) -> None:
        cursor = get(client)["cursor"]
        source.films[3] |= {"popularity": 2_000.0}
        run_import("movies", "--ids", "3,4")

        assert read(get(client, cursor)) == []

    @pytest.mark.parametrize(
        "change",
        [
            {"title": "Another"},
            {"vote_count": 101},
            {"release_date": ""},
            {"origin_country": ["FR"]},
            {"alternative_titles": {"titles": [{"iso_3166_1": "DE", "title": "Neu", "type": ""}]}},
            {"credits": {"cast": [], "crew": [{"id": 5, "name": "Who", "job": "Director"}]}},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_a_film_has_changed_when_anything_of_it_has(
        self, client: Client, run_import: RunImport, source: Films, change: dict[str, Any]
    ) -> None:
        cursor = get(client)["cursor"]
        source.films[3] |= change
        run_import("movies", "--ids", "3,4")

        assert read(get(client, cursor)) == [(3, "changed")]

    def test_a_film_that_leaves_has_a_tombstone_until_it_is_back(
        self, client: Client, run_import: RunImport, source: Films
    ) -> None:
        cursor = get(client)["cursor"]
        lost = source.films.pop(5)
        unlist(5)
        run_import("movies", "--ids", "5")
        left = get(client, cursor)
        assert read(left) == [(5, "left")]
        assert left["results"][0]["film"] is None
        # Who begins now is told as well.
        assert (5, "left") in read(get(client))

        source.films[5] = lost
        run_import("movies", "--ids", "5")
        assert read(get(client, left["cursor"])) == [(5, "came")]

    def test_an_id_that_never_was_a_film_does_not_leave(
        self, client: Client, run_import: RunImport
    ) -> None:
        cursor = get(client)["cursor"]
        run_import("movies", "--ids", "777")
        assert read(get(client, cursor)) == []

    def test_of_several_changes_the_last_is_told_where_it_belongs(
        self, client: Client, run_import: RunImport, source: Films
    ) -> None:
        cursor = get(client)["cursor"]
        for movie_id, votes in ((8, 500), (9, 500), (8, 600)):
            source.films[movie_id] |= {"vote_count": votes}
            run_import("movies", "--ids", movie_id)

        answer = get(client, cursor)
        assert read(answer) == [(9, "changed"), (8, "changed")]
        assert answer["results"][1]["film"]["tmdb_votes"] == 600
        moments = [change["at"] for change in answer["results"]]
        assert moments == sorted(moments)

    @pytest.mark.parametrize("limit", [1, 7, 30])
    def test_pages_follow_each_other_to_the_end(self, client: Client, limit: int) -> None:
        found, address = [], f"{URL}?limit={limit}"
        while address:
            page = client.get(address).json()
            assert len(page["results"]) <= limit
            found += page["results"]
            address = page["next"]
        assert found == get(client)["results"]

    def test_the_number_of_queries_is_fixed(self, client: Client) -> None:
        cursor = get(client, limit=3)["cursor"]
        with CaptureQueriesContext(connection) as queries:
            get(client, cursor)
        assert len(queries) == 2

    def test_the_latest_cursor_is_after_everything(self, client: Client) -> None:
        assert read(get(client, str(latest_cursor()))) == []
        record_changed([4])
        assert read(get(client, str(latest_cursor()))) == []


@pytest.mark.usefixtures("first_day")
class TestACursor:
    @pytest.mark.parametrize(
        "since",
        [
            "x", "0", "1-2", "1-2-g", "-1-2-3", "1-99999999999-a", "1-2147483648-a", "٣-1-1",
            "9" * 19 + "-1-1", "2026-11-27T10:00:00Z", "1-1-1-1", "1 -1-1",
        ],
    )  # fmt: skip
    def test_that_is_none_is_refused(self, client: Client, since: str) -> None:
        response = client.get(URL, {"since": since})
        assert (response.status_code, code(response)) == (400, "invalid")

    def test_of_another_database_is_refused(self, client: Client, run_import: RunImport) -> None:
        cursor = get(client)["cursor"]
        call_command("flush", interactive=False, verbosity=0)
        run_import("daily")

        response = client.get(URL, {"since": cursor})
        assert (response.status_code, code(response)) == (400, "unknown_cursor")

    @pytest.mark.parametrize(
        ("number", "movie_id"), [(1_000_000, 1), (0, 5), (10**18 - 1, 0), (2026, 11)]
    )
    def test_of_the_future_is_refused(self, client: Client, number: int, movie_id: int) -> None:
        response = client.get(URL, {"since": f"{number}-{movie_id}-5d0a"})
        assert (response.status_code, code(response)) == (400, "unknown_cursor")

    def test_of_a_database_that_was_put_back_is_refused(
        self, client: Client, run_import: RunImport, source: Films
    ) -> None:
        """What was told after the backup has not been; the numbers are given out a second time."""
        record_changed([1])
        cursor = get(client)["cursor"]
        ChangeSet.objects.filter(number=latest_cursor().number).delete()
        assert code(client.get(URL, {"since": cursor})) == "unknown_cursor"

        record_changed([2])
        assert latest_cursor().number == int(cursor.partition("-")[0])
        assert code(client.get(URL, {"since": cursor})) == "unknown_cursor"

    @pytest.mark.parametrize("limit", ["0", "1001", "x"])
    def test_needs_a_limit_within_bounds(self, client: Client, limit: str) -> None:
        assert client.get(URL, {"limit": limit}).status_code == 400


@pytest.mark.django_db
def test_an_empty_catalogue_has_a_cursor_too(client: Client) -> None:
    answer = get(client)
    assert (answer["results"], answer["next"]) == ([], None)
    assert read(get(client, answer["cursor"])) == []


@pytest.mark.usefixtures("first_day")
class TestWhileOthersWrite:
    def test_what_is_not_committed_is_neither_told_nor_passed_over(
        self, client: Client, database_url: str
    ) -> None:
        """A later change waits for an earlier one to be committed: nobody sees it before."""
        cursor, number = get(client)["cursor"], latest_cursor().number
        later = threading.Thread(target=change_apart, args=([2],))
        with transaction.atomic():
            record_changed([1])
            later.start()
            eventually(lambda: waits_for_change_set(database_url))
            assert last_number(database_url) == number
        later.join()

        assert read(get(client, cursor)) == [(1, "changed"), (2, "changed")]

    def test_what_is_rolled_back_leaves_no_gap(self, client: Client) -> None:
        cursor, number = get(client)["cursor"], latest_cursor().number
        with transaction.atomic():
            record_changed([1])
            transaction.set_rollback(True)
        record_changed([2])

        assert read(get(client, cursor)) == [(2, "changed")]
        assert latest_cursor().number == number + 1

    def test_many_writers_and_a_reader_agree(self, client: Client) -> None:
        """Each change of eight writers comes exactly once, in the order of the numbers."""
        reader, told = get(client)["cursor"], []
        writers = [
            threading.Thread(target=change_often, args=(range(first, 31, 8),))
            for first in range(1, 9)
        ]
        before = latest_cursor().number
        for writer in writers:
            writer.start()
        while True:
            is_over = not any(writer.is_alive() for writer in writers)
            page = get(client, reader, limit=3)
            reader = page["cursor"]
            told += [(int(reader.partition("-")[0]), change["id"]) for change in page["results"]]
            if is_over and not page["next"]:
                break

        numbers = [number for number, _ in told]
        assert numbers == sorted(numbers)
        assert len(set(told)) == len(told)
        # Each film's last change at the least, whatever was told before.
        last = dict(MovieChange.objects.values_list("movie_id", "change_set_id"))
        told_last = {movie_id: number for number, movie_id in told}
        assert set(told_last) == set(range(1, 31))
        assert all(last[movie_id] <= number for movie_id, number in told_last.items())
        assert latest_cursor().number == before + 5 * 30


def change_apart(movie_ids: list[int]) -> None:
    """In a transaction and on a connection of its own."""
    try:
        record_changed(movie_ids)
    finally:
        connection.close()


def change_often(movie_ids: range) -> None:
    try:
        for _ in range(5):
            for movie_id in movie_ids:
                with transaction.atomic():
                    Movie.objects.filter(id=movie_id).update(status="Released")
                    record_changed([movie_id])
    finally:
        connection.close()


def waits_for_change_set(database_url: str) -> bool:
    with psycopg.connect(database_url) as other:
        row = other.execute(
            "SELECT count(*) FROM pg_locks WHERE relation = 'change_set'::regclass AND NOT granted"
        ).fetchone()
    return bool(row and row[0])


def last_number(database_url: str) -> int:
    """As somebody else sees it."""
    with psycopg.connect(database_url) as other:
        row = other.execute("SELECT max(number) FROM change_set").fetchone()
    return int(row[0]) if row else 0


def test_the_first_cursor_is_before_everything() -> None:
    assert Cursor.parse(str(Cursor())) == Cursor()
