"""`manage.py refresh_ghibli`: what the API says is what the database says, or nothing changes."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from ghibli.models import Appearance, Failure, Film, Person, Refresh
from tests.ghibli.conftest import film, person
from tools.sandbox.ghibli import FAULTS, Ghibli
from tools.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db

# Faults that only patience ends: the others are answers, and are waited for.
LATE = {"slow", "hang"}


def refresh() -> str:
    """What the command says on stdout."""
    said = StringIO()
    call_command("refresh_ghibli", stdout=said, stderr=StringIO())
    return said.getvalue()


def failing() -> str:
    """What the command says when it fails."""
    with pytest.raises(CommandError) as failed:
        refresh()
    return str(failed.value)


def stored() -> list[tuple[Any, ...]]:
    """Everything, with the transaction that wrote it."""
    rows = []
    with connection.cursor() as cursor:
        for table in ("ghibli_film", "ghibli_person", "ghibli_appearance"):
            cursor.execute(f"SELECT xmin::text, * FROM {table} ORDER BY 2, 3")
            rows += cursor.fetchall()
    return rows


def test_films_and_people_know_each_other(ghibli: Ghibli) -> None:
    assert refresh() == "3 films, 2 people\n"

    a = Film.objects.get(id="a")
    assert (a.title, a.original_title, a.release_year, a.director) == (
        "Film a",
        "映画 a",
        1999,
        "Somebody",
    )
    assert [person.name for person in a.people.all()] == ["Person 1"]
    assert [film.id for film in Person.objects.get(id="2").films.all()] == ["b"]
    assert not Film.objects.get(id="c").people.exists()


def test_what_has_changed_follows_and_what_is_gone_leaves(ghibli: Ghibli) -> None:
    refresh()
    ghibli.films = [film("a", "1", title="Renamed"), film("d")]
    ghibli.people = [person("1", "d"), person("3", "a", name="New")]

    assert refresh() == "2 films, 2 people\n"

    assert dict(Film.objects.values_list("id", "title")) == {"a": "Renamed", "d": "Film d"}
    assert dict(Person.objects.values_list("id", "name")) == {"1": "Person 1", "3": "New"}
    pairs = set(Appearance.objects.values_list("film_id", "person_id"))
    assert pairs == {("a", "1"), ("d", "1"), ("a", "3")}


@pytest.mark.django_db(transaction=True)
def test_what_has_not_changed_is_not_written_again(ghibli: Ghibli) -> None:
    refresh()
    before = stored()
    digest = Refresh.objects.get().digest

    refresh()

    assert stored() == before
    assert Refresh.objects.get().digest == digest


def test_a_title_of_any_length_and_markup_in_a_name_are_kept_as_they_are(ghibli: Ghibli) -> None:
    ghibli.films[0]["title"] = "x" * 10_000
    ghibli.people[0]["name"] = "<script>alert(1)</script>"

    refresh()

    assert Film.objects.get(id="a").title == "x" * 10_000
    assert Person.objects.get(id="1").name == "<script>alert(1)</script>"


@pytest.mark.parametrize("part", ["films", "people"])
@pytest.mark.parametrize("kind", FAULTS)
def test_an_answer_that_cannot_be_used_changes_nothing(
    ghibli: Ghibli, sandbox: Sandbox, settings: Settings, kind: str, part: str
) -> None:
    refresh()
    before, fetched_at = stored(), Refresh.objects.get().fetched_at
    if kind in LATE:
        settings.GHIBLI_TIMEOUT_SECONDS = 0.3
    sandbox.faults.only[part] = kind

    words = failing()

    assert stored() == before
    row = Refresh.objects.get()
    assert (row.fetched_at, row.error) == (fetched_at, words)
    assert row.failed_at is not None
    assert Failure.objects.unresolved().get().message == words


def test_nobody_there_is_said_in_a_sentence(ghibli: Ghibli, settings: Settings) -> None:
    settings.GHIBLI_API_URL = "http://127.0.0.1:9"

    assert failing() == "/films: no answer (ConnectionError)"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("500", "/films: answered 500"),
        ("html", "/films: answered with text/html instead of JSON"),
        ("empty", "/films: nothing in the list can be used"),
        ("object", "/films: Expected `array`, got `object`"),
        ("slow", "no whole answer within 0.3 s"),
        ("hang", "no whole answer within 0.3 s"),
    ],
)
def test_each_failure_says_what_it_is(
    ghibli: Ghibli, sandbox: Sandbox, settings: Settings, kind: str, words: str
) -> None:
    if kind in LATE:
        settings.GHIBLI_TIMEOUT_SECONDS = 0.3
    sandbox.faults.only["films"] = kind

    assert failing() == words


def test_what_came_is_kept_until_it_comes_right(ghibli: Ghibli, sandbox: Sandbox) -> None:
    sandbox.faults.only["films"] = "object"
    failing()
    failing()

    failure = Failure.objects.get()
    assert bytes(failure.dump or b"") == json_of({"results": ghibli.films})
    assert failure.first_at < failure.last_at

    del sandbox.faults.only["films"]
    refresh()

    assert not Failure.objects.unresolved().exists()
    assert Refresh.objects.get().error == ""


def test_a_failure_that_comes_back_is_open_again(ghibli: Ghibli, sandbox: Sandbox) -> None:
    for kind in ("500", "", "500"):
        sandbox.faults.only = {"people": kind} if kind else {}
        (failing if kind else refresh)()

    assert Failure.objects.unresolved().get().message == "/people: answered 500"


def test_one_broken_film_is_told_and_the_others_come(ghibli: Ghibli) -> None:
    del ghibli.films[1]["id"]

    assert refresh() == "2 films, 2 people\n"

    failures = {failure.message: failure.dump for failure in Failure.objects.unresolved()}
    assert {message: bytes(dump or b"") for message, dump in failures.items()} == {
        "/films[1]: no id of 1 to 100 characters": json_of(ghibli.films[1]),
        "/people[1]: films[0] leads to nobody and nothing": json_of(ghibli.people[1]),
    }


def json_of(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
