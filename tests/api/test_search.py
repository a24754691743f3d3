"""GET /api/v1/search/: films by name in JSON, and what is refused."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from movies.misspelling import deletions
from movies.models import Credit, Person, PersonWord
from movies.search import slots
from tests.api.refusals import detail, wrong
from tests.films import FILM_KEYS, film
from tools.sandbox.sources import Films

URL = "/api/v1/search/"

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    horses = film(
        1,
        title="Of Horses and Men",
        original_title="Hross í oss",
        imdb_id="tt3074732",
        release_date="2013-08-30",
        origin_country=["IS"],
        production_countries=[{"iso_3166_1": "FI", "name": "Finland"}],
        poster_path="/horses.jpg",
        vote_average=6.9,
        vote_count=92,
    )
    return Films([horses, *(film(number, title=f"Horse {number}") for number in range(2, 40))])


def get(client: Client, **asked: Any) -> Any:
    response = client.get(URL, asked)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_film_is_as_in_every_list_with_the_name_that_matched(client: Client) -> None:
    answer = get(client, name="hross í o")
    assert list(answer) == ["countries", "people", "results"]
    (found,) = answer["results"]
    assert list(found) == [*FILM_KEYS, "matched_name", "directors"]
    assert found["matched_name"] == "Hross í oss"
    assert (found["id"], found["name"], found["year"]) == (1, "Of Horses and Men", 2013)
    assert (found["country_codes"], found["country_names"]) == (["IS"], ["Iceland"])
    assert (found["rating"], found["votes"]) == (6.9, 92)
    assert found["poster_url"] == "https://image.tmdb.org/t/p/w500/horses.jpg"


def test_people_of_the_name_and_directors_are_there(client: Client) -> None:
    person = Person.objects.create(
        id=9, name="Benedikt Erlingsson", key="benedikt erlingsson",
        words=["benedikt", "erlingsson"], weight=18,
    )  # fmt: skip
    Credit.objects.create(movie_id=1, person=person, job="director", position=0, character="")
    answer = get(client, name="benedikt")
    assert [(found["id"], found["name"]) for found in answer["people"]] == [(9, person.name)]
    assert answer["people"][0]["known_for"]["id"] == 1
    for typed in ["horses men erlingsson", "erlingsson horses", "benedikt of horses and men"]:
        first = get(client, name=typed)["results"][0]
        assert first["id"] == 1, typed
        assert first["directors"] == [{"id": 9, "name": person.name, "profile_url": None}]


def test_what_nothing_matches_is_an_empty_list(client: Client) -> None:
    assert get(client, name="xqzzy") == {
        "countries": [],
        "people": [],
        "results": [],
    }


@pytest.mark.django_db(transaction=True)  # what is built on connections of their own sees it
def test_hints_tell_what_else_may_have_been_meant(client: Client) -> None:
    person = Person.objects.create(
        id=9, name="Benedikt Erlingsson", key="benedikt erlingsson",
        words=["benedikt", "erlingsson"], weight=18,
    )  # fmt: skip
    Credit.objects.create(movie_id=1, person=person, job="director", position=0, character="")
    PersonWord.objects.bulk_create(
        PersonWord(word=word, people=1, deletes=list(deletions(word))) for word in person.words
    )

    nearest = get(client, name="erlingson", hints=1)["hints"]["nearest"]
    assert [one["name"] for one in nearest["people"]] == [person.name]
    assert nearest["countries"] == []
    nearest = get(client, name="icland", hints=1)["hints"]["nearest"]
    assert nearest["countries"] == [{"code": "IS", "name": "Iceland"}]
    assert get(client, name="horse", hints=1)["hints"] == {"place": None, "nearest": None}
    assert get(client, name="icelandic drama 2010s", hints=1)["hints"]["place"] == {
        "country_code": "IS",
        "country_name": "Iceland",
        "continent": None,
        "genre": "Drama",
        "time": "2010s",
        "films": 1,
    }
    assert "hints" not in get(client, name="horse")


def test_the_lens_chooses_the_countries(client: Client) -> None:
    (found,) = get(client, name="tt3074732", by="production")["results"]
    assert found["country_codes"] == ["FI"]
    assert get(client, name="hross", country="FI")["results"] == []
    assert len(get(client, name="hross", country="FI", by="production")["results"]) == 1


def test_an_id_is_narrowed_as_a_name_is(client: Client) -> None:
    assert len(get(client, name="tt3074732", country="IS", year=2013)["results"]) == 1
    assert get(client, name="tt3074732", country="FI")["results"] == []
    assert get(client, name="tt3074732", year=1950)["results"] == []


def test_there_are_twenty_unless_another_limit_is_asked(client: Client) -> None:
    assert len(get(client, name="horse")["results"]) == 20
    assert len(get(client, name="horse", limit=3)["results"]) == 3


def test_the_number_of_queries_is_fixed(client: Client) -> None:
    def queries(**asked: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            get(client, **asked)
        return len(captured)

    # Two begin and end the search, four are for countries, people and directors; the countries'
    # names are known from then on.
    assert queries(name="tt3074732") == 8
    assert queries(name="horse 2", limit=1) == 9
    assert queries(name="hross", limit=1) == 10
    assert queries(name="horsse 3") == 9
    assert queries(name="horsse") == 10
    assert queries(name="xqzzy") == 9
    assert queries(name="xqzzy", country="IS", year=2013) == 10


@pytest.mark.parametrize(
    ("asked", "field", "message"),
    [
        ({}, "name", "This field is required."),
        ({"name": ""}, "name", "This field may not be blank."),
        ({"name": "  "}, "name", "This field may not be blank."),
        ({"name": "x" * 10_000}, "name", "Ensure this field has no more than 200 characters."),
        ({"name": "?!…"}, "name", "A name has at least a letter or a digit."),
        ({"name": "\u202e\u200f"}, "name", "A name has at least a letter or a digit."),
        ({"name": "a\0b"}, "name", "Null characters are not allowed."),
        ({"name": "a", "limit": "0"}, "limit", "Ensure this value is greater than or equal to 1."),
        ({"name": "a", "limit": "51"}, "limit", "Ensure this value is less than or equal to 50."),
        ({"name": "a", "limit": "x"}, "limit", "A valid integer is required."),
        (
            {"name": "a", "year": "1"},
            "year",
            "Ensure this value is greater than or equal to 1870.",
        ),
        ({"name": "a", "by": "x"}, "by", '"x" is not a valid choice.'),
        ({"name": "a", "country": "is"}, "country", "There is no country “is”"),
        ({"name": "a", "country": "QQ"}, "country", "There is no country “QQ”"),
        ({"name": "a", "country": "\0"}, "country", "There is no country “\0”"),
    ],
)
def test_bad_input_is_refused_by_its_name(
    client: Client, asked: dict[str, str], field: str, message: str
) -> None:
    response = client.get(URL, asked)
    assert response.status_code == 400
    assert list(wrong(response)) == [field]
    assert wrong(response)[field][0].startswith(message)


@pytest.mark.parametrize(
    "name",
    ["' & | ! ( ) <-> :*", "%_%\\", "a\u202eb", "\U0001f600", "ﷺ" * 200, "& " * 100, "\ufdfa"],
)
def test_no_name_breaks_it(client: Client, name: str) -> None:
    assert client.get(URL, {"name": name}).status_code in {200, 400}


def test_a_search_that_would_keep_the_server_busy_is_ended(
    client: Client, database_url: str
) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("LOCK TABLE word")
        response = client.get(URL, {"name": "horse xqzzy"})
    assert response.status_code == 503
    assert (
        detail(response) == "The search took too long and was ended: more letters or a year help."
    )
    assert get(client, name="horse")["results"]


@pytest.fixture
def slow_words(transactional_db: None) -> Iterator[None]:
    """Every look at the vocabulary and at whole names takes 0.35 s."""
    tables = ("word", "joined_name")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"ALTER TABLE {table} RENAME TO quick_{table};"
                f"CREATE VIEW {table} AS SELECT * FROM quick_{table}"
                " WHERE (SELECT pg_sleep(0.35)) IS NOT NULL"
            )
        yield
        for table in tables:
            cursor.execute(f"DROP VIEW {table}; ALTER TABLE quick_{table} RENAME TO {table}")


def test_it_is_ended_even_if_none_of_its_statements_is_too_slow_by_itself(
    client: Client, slow_words: None
) -> None:
    assert client.get(URL, {"name": "horse xqzzy"}).status_code == 503
    assert get(client, name="tt3074732")["results"]


def test_half_of_the_threads_search_and_the_others_are_asked_to_return(client: Client) -> None:
    with ExitStack() as searches:
        for _ in range(settings.WEB_THREADS // 2):
            searches.enter_context(slots.take())
        response = client.get(URL, {"name": "horse"})
        page = client.get("/search/", {"name": "horse"})
    assert (response.status_code, response["Retry-After"]) == (503, "1")
    assert detail(response) == "Too many searches are running just now: try again in a second."
    assert (page.status_code, page["Retry-After"]) == (503, "1")
    assert "Too many searches" in page.content.decode()
    assert get(client, name="horse")["results"]


def test_only_get_is_answered(client: Client) -> None:
    assert client.post(URL, {"name": "horse"}).status_code == 405
