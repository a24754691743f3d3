"""GET /api/v1/people/ and people/{id}/: who made the films, and what else they made."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from movies.models import Country, Credit, Movie
from tests.api.refusals import detail, wrong
from tests.films import FILM_KEYS
from tests.whole_film import create_movie, create_person, credit

URL = "/api/v1/people/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people() -> None:
    """Agnès Varda directed three films and plays in one of them; others are her namesakes."""
    for code, name in (("FR", "France"), ("US", "United States"), ("GB", "United Kingdom")):
        Country.objects.create(code=code, name=name)
    varda = create_person(1, "Agnès Varda", weight=28, profile_path="/varda.jpg")
    films = [
        create_movie(11, title="Cléo", release_date="1962-04-11", tmdb_votes=900, **from_("FR")),
        create_movie(12, title="Lions Love", release_date="1969-12-01", **from_("US", "FR")),
        create_movie(13, title="Vagabond", release_date="1985-12-04", **from_("FR")),
        create_movie(14, title="Undated", release_date=None, **from_()),
    ]
    for film in films[:3]:
        credit(film, varda)
    credit(films[1], varda, 0, "Herself")
    credit(films[3], varda, 0, "")
    for number, name in enumerate(("Agnes Jaoui", "Agneta Vardal", "Vardan Agnès-Petit")):
        credit(films[0], create_person(2 + number, name, weight=10 + number), 1 + number, "x")
    create_person(9, "Agnès Nobody")


def from_(*codes: str) -> dict[str, Any]:
    return {"origin_countries": list(codes), "production_countries": list(codes)}


def found(client: Client, name: str, **query: Any) -> list[str]:
    response = client.get(URL, {"name": name, **query})
    assert response.status_code == 200, response.content
    return [person["name"] for person in response.json()["results"]]


@pytest.mark.parametrize("name", ["Agnès Varda", "varda AGNES", "agnes v", "AGNÈS  varda!"])
def test_who_is_best_known_comes_first_however_the_name_is_written(
    client: Client, name: str
) -> None:
    assert found(client, name)[0] == "Agnès Varda"


def test_the_last_word_may_be_unfinished_and_the_others_not(client: Client) -> None:
    assert found(client, "agnes vard") == ["Agnès Varda", "Vardan Agnès-Petit"]
    assert found(client, "agne") == [
        "Agnès Varda",
        "Vardan Agnès-Petit",
        "Agneta Vardal",
        "Agnes Jaoui",
    ]
    assert found(client, "agne varda") == []


def test_who_has_no_film_is_not_found(client: Client) -> None:
    assert found(client, "nobody") == []


def test_it_tells_who_they_are_by_their_best_known_film(client: Client) -> None:
    response = client.get(URL, {"name": "varda"})

    assert response.json()["results"][0] == {
        "id": 1,
        "name": "Agnès Varda",
        "profile_url": "https://image.tmdb.org/t/p/w185/varda.jpg",
        "known_for": {"id": 11, "name": "Cléo", "year": 1962},
    }


def test_the_pages_go_on_without_one_twice(client: Client) -> None:
    names: list[str] = []
    address = f"{URL}?name=agn&limit=3"
    while address:
        page = client.get(address).json()
        names += [person["name"] for person in page["results"]]
        address = page["next"]
    assert names == found(client, "agn", limit=50)
    assert client.get(page["previous"]).json()["previous"] is None


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "name"),
        ("name=", "name"),
        ("name=...", "name"),
        ("name=" + "a" * 201, "name"),
        ("name=a&limit=0", "limit"),
        ("name=a&limit=51", "limit"),
        ("name=a&page=0", "page"),
        ("name=a&page=101", "page"),
    ],
)
def test_what_is_wrong_is_refused_by_name(client: Client, query: str, name: str) -> None:
    response = client.get(f"{URL}?{query}")
    assert (response.status_code, list(wrong(response))) == (400, [name])


@pytest.mark.parametrize("name", ["'", "a' | 'b", "a & !b", "a:*b", "\\", "%", "宮崎駿", "🎬 x"])
def test_no_name_is_a_language_of_its_own(client: Client, name: str) -> None:
    assert client.get(URL, {"name": name}).status_code in {200, 400}


def test_a_name_in_a_script_without_spaces_is_found_by_a_part(client: Client) -> None:
    credit(Movie.objects.get(id=11), create_person(5, "宮崎駿"), 4, "x")
    assert found(client, "宮崎") == ["宮崎駿"]
    assert found(client, "宮崎駿") == ["宮崎駿"]


def person(client: Client, person_id: int, query: str = "") -> Any:
    response = client.get(f"{URL}{person_id}/{query}")
    assert response.status_code == 200, response.content
    return response.json()


def shown(groups: Any) -> list[tuple[str | None, list[tuple[str, str]]]]:
    return [
        (group["country_code"], [(film["name"], film["character"]) for film in group["movies"]])
        for group in groups
    ]


def test_a_person_has_their_films_by_country_and_year(client: Client) -> None:
    answer = person(client, 1)

    assert (answer["id"], answer["name"]) == (1, "Agnès Varda")
    assert answer["profile_url"] == "https://image.tmdb.org/t/p/w185/varda.jpg"
    assert answer["tmdb_url"] == "https://www.themoviedb.org/person/1"
    assert shown(answer["directed"]) == [
        ("FR", [("Vagabond", ""), ("Lions Love", ""), ("Cléo", "")]),
        ("US", [("Lions Love", "")]),
    ]
    assert shown(answer["acted"]) == [
        ("FR", [("Lions Love", "Herself")]),
        ("US", [("Lions Love", "Herself")]),
        (None, [("Undated", "")]),
    ]
    assert answer["directed"][0]["country_name"] == "France"
    [*_, film] = answer["directed"][0]["movies"]
    assert list(film) == [*FILM_KEYS, "character"]


def test_the_countries_are_those_of_the_lens(client: Client) -> None:
    Movie.objects.filter(id=11).update(production_countries=["FR", "GB"])

    codes = [group["country_code"] for group in person(client, 1, "?by=production")["directed"]]
    assert codes == ["FR", "GB", "US"]


def test_who_has_no_film_any_more_is_not_found_and_that_is_said(client: Client) -> None:
    response = client.get(f"{URL}9/")
    assert response.status_code == 404
    assert detail(response) == "No film of Agnès Nobody is in the catalogue any longer."


@pytest.mark.parametrize("person_id", ["0", "777", "2147483648", "9" * 30, "abc", "-1"])
def test_nobody_is_not_found(client: Client, person_id: str) -> None:
    response = client.get(f"{URL}{person_id}/")
    assert response.status_code == 404
    assert detail(response)


def test_the_queries_do_not_grow_with_the_films(client: Client) -> None:
    assert queries_of(client, 1) == 6

    for number in range(20, 40):
        film = create_movie(number, **from_("GB"))
        Credit.objects.create(
            movie=film, person_id=1, job=Credit.Job.DIRECTOR, position=0, character=""
        )
    assert queries_of(client, 1) == 6


def queries_of(client: Client, person_id: int) -> int:
    with CaptureQueriesContext(connection) as queries:
        person(client, person_id)
    return len(queries)
