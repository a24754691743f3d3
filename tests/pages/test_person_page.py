"""/people/{id}/: somebody's films, by country."""

import pytest
from django.test import Client

from tests.html import load
from tests.sample_films import sample_films
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def test_it_says_how_many_films_are_here_from_when_and_where(client: Client) -> None:
    page = load(client, "/people/51/")

    assert "Benedikt Erlingsson" in page.texts
    assert "1 film here, 2013 · Iceland" in page.text
    assert {"/countries/IS/", "/films/201/"} <= set(page.links)
    assert "https://www.themoviedb.org/person/51" in page.links


def test_its_films_have_their_posters(client: Client) -> None:
    posters = load(client, "/people/52/").attributes("img", "src")

    assert "https://image.tmdb.org/t/p/w154/poster.jpg" in posters
