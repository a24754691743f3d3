"""`GET /api/v1/movies/`: the films' JSON, and what an unchanged list costs."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.ghibli.conftest import Pass, film, person
from tools.sandbox.ghibli import Ghibli
from tools.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db

MOVIES = "/api/v1/movies/"


def test_every_film_is_there_with_its_people_the_oldest_first(
    client: Client, ghibli: Ghibli
) -> None:
    ghibli.films = [
        film("a", "1", "2", release_date="2001"),
        film("b", release_date=""),
        film("c", release_date="1986", director=None),
    ]
    ghibli.people = [person("1", name="Zeniba"), person("2", name="Aogaeru")]

    body = client.get(MOVIES).json()

    assert body.keys() == {"fetched_at", "fresh", "movies"}
    assert body["fresh"] is True
    assert [movie["id"] for movie in body["movies"]] == ["c", "a", "b"]
    assert body["movies"][0] == {
        "id": "c",
        "title": "Film c",
        "original_title": "映画 c",
        "release_year": 1986,
        "director": "",
        "people": [],
    }
    assert body["movies"][1]["people"] == [
        {"id": "2", "name": "Aogaeru"},
        {"id": "1", "name": "Zeniba"},
    ]
    assert body["movies"][2]["release_year"] is None


def test_before_the_first_answer_the_list_is_empty_and_says_so(
    client: Client, ghibli: Ghibli, sandbox: Sandbox
) -> None:
    sandbox.faults.only["people"] = "html"

    answer = client.get(MOVIES)

    assert answer.json() == {"fetched_at": None, "fresh": False, "movies": []}
    assert "X-Fetched-At" not in answer


def test_an_unchanged_list_is_not_sent_again_but_its_time_is(
    client: Client, ghibli: Ghibli, time_passes: Pass
) -> None:
    first = client.get(MOVIES)
    assert first["X-Fetched-At"] == first.json()["fetched_at"]
    time_passes(61)

    again = client.get(MOVIES, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["X-Fetched-At"] > first["X-Fetched-At"]


def test_an_unchanged_list_that_is_old_still_says_from_when(
    client: Client, ghibli: Ghibli, sandbox: Sandbox, time_passes: Pass
) -> None:
    first = client.get(MOVIES)
    sandbox.faults.only["films"] = "500"
    time_passes(61)

    again = client.get(MOVIES, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again["X-Fetched-At"] < first["X-Fetched-At"]
    assert client.get(MOVIES).json()["fresh"] is False


@pytest.mark.parametrize("change", ["film", "person", "appearance"])
def test_any_change_makes_another_etag(
    client: Client, ghibli: Ghibli, time_passes: Pass, change: str
) -> None:
    first = client.get(MOVIES)
    match change:
        case "film":
            ghibli.films[2]["director"] = "Somebody else"
        case "person":
            ghibli.people[0]["name"] = "Renamed"
        case "appearance":
            ghibli.people[1]["films"] = []
    time_passes(61)

    again = client.get(MOVIES, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_a_fresh_list_takes_two_queries_and_an_unchanged_one_one(
    client: Client, ghibli: Ghibli, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ghibli.films += [film(str(number), "1", "2") for number in range(100)]
    etag = client.get(MOVIES)["ETag"]

    with django_assert_num_queries(2):
        client.get(MOVIES)
    with django_assert_num_queries(1):
        client.get(MOVIES, headers={"If-None-Match": etag})
