"""The catalogue in the back office: found by name and id, shown, never changed."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from movies import folding
from movies.models import (
    Country,
    CountryTotal,
    Genre,
    ImdbRating,
    Language,
    Movie,
    Standing,
    Title,
)
from tests.staff import log_in

LIST = reverse("admin:movies_movie_changelist")

pytestmark = pytest.mark.django_db


@pytest.fixture
def onlooker() -> Client:
    return log_in("view_movie", "view_country")


def movie(movie_id: int, *names: str, imdb_id: str | None = None, votes: int = 0) -> Movie:
    made = Movie.objects.create(
        id=movie_id,
        imdb_id=imdb_id,
        title=names[0],
        original_title=names[-1],
        original_language="fr",
        release_date=datetime.date(2001, 4, 25),
        status="Released",
        runtime=122,
        popularity=20.5,
        tmdb_rating=7.9,
        tmdb_votes=votes,
        origin_countries=["FR"],
        production_countries=["FR", "DE"],
        genre_ids=[35],
        spoken_languages=["fr"],
    )
    for name in names:
        key, words = folding.key(name), folding.words(name)
        Title.objects.create(
            movie=made, name=name, key=key, words=words, weight=votes // 100, is_own=False
        )
    return made


def found(client: Client, term: str) -> list[int]:
    answer = client.get(LIST, {"q": term})
    return [movie.pk for movie in answer.context["cl"].result_list]


@pytest.mark.parametrize(
    "term",
    [
        "194", "tt0211915", "https://www.imdb.com/title/tt0211915/", "Amelie", "amé", "poulain",
        "DESTIN fabuleux", " le fabuleux destin d'a ",
    ],
)  # fmt: skip
def test_a_film_is_found_by_any_of_its_names_and_ids(onlooker: Client, term: str) -> None:
    movie(194, "Amélie", "Le Fabuleux Destin d'Amélie Poulain", imdb_id="tt0211915")
    movie(195, "Another")

    assert found(onlooker, term) == [194]


@pytest.mark.parametrize("term", ["matrix", "9" * 5000, "²", "%", "_", "tt", "0", "'"])
def test_what_is_not_there_finds_nothing(onlooker: Client, term: str) -> None:
    movie(194, "Amélie")

    assert found(onlooker, term) == []


def test_a_film_may_be_named_like_a_number(onlooker: Client) -> None:
    movie(530915, "1917", votes=100)
    movie(1917, "Another", votes=10)

    assert found(onlooker, "1917") == [530915, 1917]


def test_what_is_searched_for_finds_the_most_voted_first(onlooker: Client) -> None:
    movie(1, "Alien", votes=100)
    movie(2, "Aliens", votes=300)
    movie(3, "The Alien", votes=200)

    assert found(onlooker, "alien") == [2, 3, 1]


def test_a_film_shows_what_is_known_of_it(onlooker: Client) -> None:
    names = "Amélie", "Le Fabuleux Destin d'Amélie Poulain"
    shown = movie(194, *names, imdb_id="tt0211915", votes=1234)
    france = Country.objects.create(code="FR", name="France")
    Country.objects.create(code="DE", name="Germany")
    Genre.objects.create(id=35, name="Comedy")
    Language.objects.create(code="fr", name="French")
    ImdbRating.objects.create(imdb_id="tt0211915", rating=8.3, votes=800_000)
    Standing.objects.create(
        movie=shown, country=france, is_home=True, is_origin=True, is_production=True,
        is_short=False, few_votes=False, genre_ids=[35],
        rating=8.2994, votes=801_234, weighted_rating=8.2412,
    )  # fmt: skip

    page = onlooker.get(reverse("admin:movies_movie_change", args=[194])).content.decode()

    for fact in [
        "Amélie (2001)", "Le Fabuleux Destin d&#x27;Amélie Poulain", "Germany", "Comedy",
        "French (original: fr)", "7.90 from 1,234 votes", "8.30 from 800,000 votes",
        "France: 8.241 weighted, 8.30 from 801,234 votes, home and origin and production",
        'href="https://www.themoviedb.org/movie/194"',
        'href="https://www.imdb.com/title/tt0211915/"',
    ]:  # fmt: skip
        assert fact in page


def test_a_title_is_never_believed(onlooker: Client) -> None:
    movie(1, "<script>alert(1)</script>")

    for address in (LIST, reverse("admin:movies_movie_change", args=[1])):
        assert "<script>alert(1)" not in onlooker.get(address).content.decode()


def test_the_number_of_queries_of_the_list_does_not_grow(
    onlooker: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    movie(1, "One")
    with django_assert_num_queries(7):
        onlooker.get(LIST)
    for movie_id in range(2, 30):
        movie(movie_id, "Another")
    with django_assert_num_queries(7):
        onlooker.get(LIST)


def test_a_country_shows_its_films_and_successors(onlooker: Client) -> None:
    soviet = Country.objects.create(code="SU", name="Soviet Union", successors=["RU"])
    Country.objects.create(code="RU", name="Russia")
    CountryTotal.objects.create(by="home", country=soviet, movies=3456, rated=2345, listed=1)

    listed = onlooker.get(reverse("admin:movies_country_changelist")).content.decode()
    page = onlooker.get(reverse("admin:movies_country_change", args=["SU"])).content.decode()

    assert "3,456" in listed
    assert "2,345" in page
    assert "Russia" in page


@pytest.mark.parametrize("model", ["movie", "country"])
def test_nothing_can_be_added_changed_or_deleted(model: str) -> None:
    client = log_in(*Permission.objects.values_list("codename", flat=True))
    Country.objects.create(code="1", name="One")
    movie(1, "One")
    change = reverse(f"admin:movies_{model}_change", args=[1])

    assert client.get(reverse(f"admin:movies_{model}_add")).status_code == 403
    assert client.post(change, {"title": "Two", "name": "Two"}).status_code == 403
    assert client.post(change.replace("change", "delete")).status_code == 403


@pytest.mark.parametrize("model", ["movie", "country"])
def test_staff_without_the_permission_see_nothing(model: str) -> None:
    address = reverse(f"admin:movies_{model}_changelist")

    assert log_in().get(address).status_code == 403
