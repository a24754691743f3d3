"""GET /api/v1/films/?ids=… and /api/v1/films/tt…/: films by either id."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from importer.models import TmdbMovie
from tests.api.refusals import code, errors
from tests.conftest import RunImport
from tests.films import FILM_KEYS, film, unlist
from tools.sandbox.sources import Films

FILMS = "/api/v1/films/"

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    """150 films; 7 and 8 are two records of one at IMDb, the second with more votes."""
    films = [film(number) for number in range(1, 151)]
    films[6]["imdb_id"] = films[7]["imdb_id"] = "tt7777777"
    films[7]["vote_count"] = 900
    return Films(films)


def get(client: Client, ids: str) -> Any:
    response = client.get(FILMS, {"ids": ids})
    assert response.status_code == 200, response.content
    return response.json()


def found(answer: Any) -> list[int]:
    return [movie["id"] for movie in answer["results"]]


class TestSeveralFilms:
    def test_come_in_the_order_asked_by_either_id(self, client: Client) -> None:
        answer = get(client, "129,tt0000068,3")

        assert found(answer) == [129, 68, 3]
        assert list(answer) == ["results", "unknown", "not_fetched", "gone"]
        assert all(list(movie) == FILM_KEYS for movie in answer["results"])

    def test_each_comes_once(self, client: Client) -> None:
        assert found(get(client, "5,3,tt0000005,3,5")) == [5, 3]

    def test_of_two_records_the_one_with_most_votes_answers(self, client: Client) -> None:
        assert found(get(client, "tt7777777")) == [8]

    def test_those_that_there_are_not_are_named_with_why(
        self, client: Client, run_import: RunImport, source: Films
    ) -> None:
        TmdbMovie.objects.filter(id=11).update(fetched_at=None)
        del source.films[12]
        unlist(12)
        run_import("movies", "--ids", "12")
        TmdbMovie.objects.create(
            id=500, popularity=0, known_at="2026-01-01T00:00Z", due_at="2026-01-01T00:00Z"
        )

        answer = get(client, "12,tt9999999,3,500,999999,tt0000012,tt0000004")
        assert found(answer) == [3, 4]
        assert answer["gone"] == ["12"]
        assert answer["not_fetched"] == ["500"]
        assert answer["unknown"] == ["tt9999999", "999999", "tt0000012"]

    def test_a_hundred_cost_as_much_as_one(self, client: Client) -> None:
        get(client, "1")  # the names of countries are read once an edition
        counts = []
        for ids in ("1,tt0000002,999", ",".join(["tt0000140,999", *map(str, range(1, 99))])):
            with CaptureQueriesContext(connection) as queries:
                get(client, ids)
            counts.append(len(queries))
        assert counts == [4, 4]

    def test_a_hundred_are_the_most(self, client: Client) -> None:
        assert len(found(get(client, ",".join(map(str, range(1, 101)))))) == 100
        response = client.get(FILMS, {"ids": ",".join(map(str, range(1, 102)))})
        assert (response.status_code, code(response)) == (400, "many")
        assert "101" in errors(response)[0]["detail"]

    @pytest.mark.parametrize(
        ("ids", "expected"),
        [
            ("x", "invalid"),
            ("1,,2", "invalid"),
            ("1, 2", "invalid"),
            ("0", "invalid"),
            ("-1", "invalid"),
            ("1.0", "invalid"),
            ("٣", "invalid"),
            ("tt123", "invalid"),
            ("TT0000001", "invalid"),
            ("tt00000010000000000", "invalid"),
            ("2147483648", "invalid"),
            ("9" * 5000, "invalid"),
            ("", "blank"),
            ("1\0", "invalid"),
        ],
    )
    def test_what_is_no_id_is_refused(self, client: Client, ids: str, expected: str) -> None:
        response = client.get(FILMS, {"ids": ids})

        assert response.status_code == 400
        assert {error["attr"] for error in errors(response)} == {"ids"}
        assert expected in {error["code"] for error in errors(response)}

    def test_ids_are_needed(self, client: Client) -> None:
        assert code(client.get(FILMS)) == "required"


class TestAFilmByItsIdAtIMDb:
    def test_is_the_same(self, client: Client) -> None:
        by_imdb_id = client.get(f"{FILMS}tt0000129/?region=&by=home")
        assert by_imdb_id.status_code == 400
        assert client.get(f"{FILMS}tt0000129/").json() == client.get(f"{FILMS}129/").json()

    def test_is_the_record_with_most_votes(self, client: Client) -> None:
        assert client.get(f"{FILMS}tt7777777/").json()["id"] == 8

    @pytest.mark.parametrize("imdb_id", ["tt9999999", "tt1", "TT0000001", "tt000000100000", "x"])
    def test_one_that_there_is_not_is_not_found(self, client: Client, imdb_id: str) -> None:
        response = client.get(f"{FILMS}{imdb_id}/")
        assert (response.status_code, code(response)) == (404, "not_found")
