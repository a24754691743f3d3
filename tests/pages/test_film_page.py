"""/films/{id}/: all that is known of one film."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from importer.models import TmdbMovie
from movies.models import Movie
from tests.html import load
from tests.sample_films import sample_films
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def test_it_has_names_facts_ratings_and_links(client: Client) -> None:
    page = load(client, "/films/201/")

    for text in ("Of Horses and Men", "Hross í oss", "Von Menschen", "Known by 3 names"):
        assert text in page.texts, text
    assert "2013 · 1 h 21 min · Drama" in page.text
    assert "30 August 2013" in page.texts
    for row in ("TMDB 6.9 92", "IMDb 7.1 1,000", "All votes together 7.1 1,092"):
        assert row in page.text, row
    assert "https://www.themoviedb.org/movie/201" in page.links
    assert "https://www.imdb.com/title/tt0000201/" in page.links


def test_its_countries_are_linked_by_both_lenses_and_on_the_map(client: Client) -> None:
    page = load(client, "/films/201/")

    assert page.countries == "IS"
    assert "/countries/IS/" in page.links
    assert {"/countries/FI/?by=production", "/countries/IS/?by=production"} <= set(page.links)


def test_a_co_production_is_from_its_home_and_says_what_else_it_is_from(client: Client) -> None:
    Movie.objects.filter(id=201).update(
        origin_countries=["DE", "FR"], home_countries=["FR"], production_countries=[]
    )

    page = load(client, "/films/201/")

    assert page.countries == "FR"
    assert {"/countries/FR/", "/countries/DE/?by=co-productions"} <= set(page.links)
    assert "Also from" in page.texts


def test_a_film_of_a_former_state_is_on_the_map_where_that_was(client: Client) -> None:
    page = load(client, "/films/501/")

    assert page.countries == "AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ"
    assert "/countries/SU/" in page.links


def test_it_leads_on_to_more_films(client: Client) -> None:
    page = load(client, "/films/201/")

    for words in ("The best of Iceland", "Benedikt Erlingsson", "2013"):
        assert words in page.texts, words
    assert {"/countries/IS/", "/people/51/", "/search/?year=2013"} <= set(page.links)


def test_a_film_that_nobody_knows_says_what_is_not_known(client: Client) -> None:
    page = load(client, "/films/301/")

    assert "Year not known" in page.text
    assert "Nobody has rated this film yet, at TMDB or at IMDb." in page.texts
    assert "Nobody has told its story at TMDB yet." in page.texts
    assert "https://www.themoviedb.org/movie/301" in page.links
    assert not [link for link in page.links if "imdb.com/title" in link]
    assert not [src for src in page.attributes("img", "src") if "tmdb" in src]


def test_a_film_that_is_not_there_says_why(client: Client) -> None:
    now = timezone.now()
    TmdbMovie.objects.create(id=9001, popularity=1, known_at=now, due_at=now)
    TmdbMovie.objects.create(id=9002, popularity=1, known_at=now, due_at=now, gone_at=now)

    assert "TMDB has no film with this number." in load(client, "/films/9000/", 404).texts
    assert "Its details have not been fetched yet." in load(client, "/films/9001/", 404).texts
    assert "TMDB has deleted it" in load(client, "/films/9002/", 410).text


def test_it_takes_five_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        load(client, "/films/201/")
