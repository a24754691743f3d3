"""/movies/ as the server sends it, which is all that a browser without JavaScript has."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.ghibli.conftest import Pass, film
from tests.html import Page
from tools.sandbox.ghibli import Ghibli, own_ghibli
from tools.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db


def load(client: Client) -> Page:
    answer = client.get("/movies/")
    assert answer.status_code == 200
    return Page(answer.content.decode())


def test_it_shows_films_people_and_the_time(client: Client, ghibli: Ghibli) -> None:
    page = load(client)

    for text in ("Film a", "映画 a", "1999", "Somebody", "Person 1", "Film b", "Person 2"):
        assert text in page.texts
    assert "Film c" in page.texts
    assert re.search(r"As of \d+ \w+ 2\d{3}, \d\d:\d\d:\d\d UTC", " ".join(page.texts))
    assert not any("does not answer" in text for text in page.texts)


def test_the_sandboxs_own_films_are_all_there(
    client: Client, ghibli: Ghibli, sandbox: Sandbox
) -> None:
    sandbox.ghibli = own_ghibli()

    page = load(client)

    titles = {film["title"] for film in sandbox.ghibli.films}
    assert len(titles) == 22
    assert titles <= set(page.texts)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(61, "6[1-9] seconds"), (125, "2 minutes"), (7260, "2 hours"), (200_000, "2 days")],
)
def test_when_the_api_is_silent_it_says_how_old_the_list_is(
    client: Client, ghibli: Ghibli, sandbox: Sandbox, time_passes: Pass, seconds: int, words: str
) -> None:
    load(client)
    sandbox.faults.only["films"] = "reset"
    time_passes(seconds)

    page = load(client)

    assert "The Studio Ghibli API does not answer." in page.texts
    assert re.search(rf"What you see is {words} old\.", " ".join(page.texts))
    assert "Film a" in page.texts


def test_when_nothing_ever_came_it_says_so(
    client: Client, ghibli: Ghibli, sandbox: Sandbox
) -> None:
    sandbox.faults.only["films"] = "reset"

    page = load(client)

    assert "The Studio Ghibli API does not answer." in page.texts
    assert "There is nothing to show yet." in page.texts


def test_names_are_text_and_never_markup(client: Client, ghibli: Ghibli) -> None:
    markup = """<script>alert("1")</script><b title='"'>&amp;"""
    ghibli.films[0] |= {"title": markup, "original_title": markup, "director": markup}
    ghibli.films.append(film('"><script>'))
    ghibli.people[0]["name"] = markup

    page = load(client)

    assert page.texts.count(markup) == 4
    scripts = [attributes for tag, attributes in page.elements if tag == "script"]
    assert scripts == [{}, {"type": "module", "src": "/static/ghibli/films.js"}]
    assert {"class": "film", "data-id": '"><script>'} in [
        attributes for _, attributes in page.elements
    ]


def test_a_strict_content_security_policy_would_let_all_of_it_through(
    client: Client, ghibli: Ghibli
) -> None:
    page = load(client)

    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name == "style" or name.startswith("on")}
    assert "style" not in {tag for tag, _ in page.elements}


def test_it_takes_two_queries_however_many_films_there_are_and_then_one(
    client: Client, ghibli: Ghibli, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ghibli.films += [film(str(number), "1", "2") for number in range(200)]
    load(client)
    cache.clear()

    with django_assert_num_queries(2):
        assert "Film 199" in load(client).texts
    with django_assert_num_queries(1):
        assert "Film 199" in load(client).texts


def test_a_browsers_copy_is_not_shown_again(client: Client, ghibli: Ghibli) -> None:
    assert client.get("/movies/")["Cache-Control"] == "no-store"


def test_it_is_read_only(client: Client, ghibli: Ghibli) -> None:
    assert client.post("/movies/").status_code == 405
