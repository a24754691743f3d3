"""/movies/ leads to the catalogue's pages of its films, found by title and year."""

import datetime

import pytest
from django.test import Client

from ghibli.models import Film, Refresh
from movies import folding
from movies.models import Movie, Title
from tests.ghibli.conftest import film
from tests.html import load
from tests.whole_film import create_movie
from tools.sandbox.ghibli import Ghibli

pytestmark = pytest.mark.django_db


def catalogue_film(movie_id: int, name: str, year: int | None, weight: int = 0) -> None:
    create_movie(movie_id, title=name, release_date=datetime.date(year, 7, 1) if year else None)
    Title.objects.create(
        movie_id=movie_id, name=name, key=folding.key(name), words=folding.words(name),
        weight=weight, year=year, is_own=True,
    )  # fmt: skip


def film_links(client: Client) -> list[str]:
    return [link for link in load(client, "/movies/").links if link.startswith("/films/")]


def test_a_film_leads_to_the_catalogues_of_its_title_and_year(
    client: Client, ghibli: Ghibli
) -> None:
    ghibli.films = [
        film("a", title="Kiki's Delivery Service", release_date="1989"),
        film("b", title="Castle in the Sky", release_date="1986"),
        film("c", title="Not in the Catalogue", release_date="1999"),
    ]
    catalogue_film(16859, "Kiki’s delivery service", 1989)
    catalogue_film(10515, "Castle in the Sky", 1986)
    catalogue_film(1, "Castle in the Sky", 2005, weight=99)

    assert film_links(client) == ["/films/10515/", "/films/16859/"]


def test_the_very_year_counts_before_the_next_and_then_the_best_known(
    client: Client, ghibli: Ghibli
) -> None:
    ghibli.films = [
        film("a", title="Earwig and the Witch", release_date="2021"),
        film("b", title="Twice", release_date="1999"),
    ]
    catalogue_film(668725, "Earwig and the Witch", 2020)
    catalogue_film(1, "Twice", 2000, weight=99)
    catalogue_film(2, "Twice", 1999, weight=1)
    catalogue_film(3, "Twice", 1999, weight=5)

    assert film_links(client) == ["/films/3/", "/films/668725/"]


@pytest.mark.parametrize(
    "changes", [{"release_date": ""}, {"title": ""}, {"title": "!!!"}, {"release_date": "soon"}]
)
def test_what_lacks_a_title_or_a_year_leads_nowhere(
    client: Client, ghibli: Ghibli, changes: dict[str, str]
) -> None:
    ghibli.films = [film("a", **{"title": "A Film", "release_date": "1999"} | changes)]
    catalogue_film(1, "A Film", None)
    catalogue_film(2, "", 1999)

    assert film_links(client) == []


def test_films_that_were_stored_before_get_their_key_with_the_next_refresh(
    client: Client, ghibli: Ghibli
) -> None:
    load(client, "/movies/")
    Film.objects.update(title_key="")
    catalogue_film(7, "Film a", 1999)
    assert film_links(client) == []

    Refresh.objects.update(fetched_at=None)

    assert film_links(client) == ["/films/7/"]


def test_it_has_the_sites_header(client: Client, ghibli: Ghibli) -> None:
    page = load(client, "/movies/")

    assert {"/", "/my-films/", "/next/"} <= set(page.links)
    assert "/search/" in page.attributes("form", "action")


def test_it_has_the_catalogues_poster(client: Client, ghibli: Ghibli) -> None:
    ghibli.films = [
        film("a", title="Castle in the Sky", release_date="1986"),
        film("b", title="Not in the Catalogue", release_date="1999"),
    ]
    catalogue_film(10515, "Castle in the Sky", 1986)
    Movie.objects.filter(id=10515).update(poster_path="/castle.jpg")

    page = load(client, "/movies/")

    posters = [found["src"] for tag, found in page.elements if tag == "img"]
    assert posters == ["https://image.tmdb.org/t/p/w154/castle.jpg"]


def test_its_address_is_the_same_on_every_host(client: Client, ghibli: Ghibli) -> None:
    page = load(client, "/movies/")

    assert {"rel": "canonical", "href": "/movies/"} in [found for _, found in page.elements]
