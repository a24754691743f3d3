"""The made-up world: the same each time, and shaped like TMDB's."""

import json
from collections import Counter
from statistics import fmean

import pytest

from tools.sandbox.payloads import film_payload
from tools.sandbox.synthetic import Synthetic

WORLD = Synthetic(5000)
FILMS = list(WORLD.payloads())


def test_a_film_follows_from_its_number_alone() -> None:
    assert Synthetic(7000).payload(123) == Synthetic(200).payload(123)


@pytest.mark.parametrize("count", [0, 1, 2, 10, 618, 5000])
def test_every_number_has_one_film(count: int) -> None:
    assert sorted(Synthetic(count).ids()) == list(range(1, count + 1))
    assert len(list(Synthetic(count).payloads())) == count


@pytest.mark.parametrize("movie_id", [0, -1, 5001])
def test_other_numbers_have_none(movie_id: int) -> None:
    assert WORLD.payload(movie_id) is None


def test_payloads_have_all_of_tmdbs_fields() -> None:
    fields = film_payload(1, "").keys()
    assert all(film.keys() == fields for film in FILMS)


def test_the_export_says_what_the_payloads_say() -> None:
    for line, film in zip(WORLD.export_lines(), FILMS, strict=True):
        assert json.loads(line) == {
            key: film[key] for key in ("adult", "id", "original_title", "popularity", "video")
        }


def test_imdb_rates_many_of_the_films_that_it_knows() -> None:
    header, *lines = list(WORLD.imdb_lines())
    known = {film["imdb_id"] for film in FILMS if film["imdb_id"]}
    rated = [line.decode().split("\t") for line in lines]
    assert header == b"tconst\taverageRating\tnumVotes\n"
    assert {imdb_id for imdb_id, _, _ in rated} < known
    assert all(1 <= float(rating) <= 10 and int(votes) >= 5 for _, rating, votes in rated)
    assert len(rated) > 0.8 * len(known)


def test_with_another_salt_only_popularity_changes_and_for_every_film() -> None:
    for film, salted in zip(FILMS, Synthetic(5000, popularity_salt=1).payloads(), strict=True):
        assert salted["popularity"] != film["popularity"]
        assert {**salted, "popularity": film["popularity"]} == film


def test_codes_are_those_of_the_reference_lists() -> None:
    countries = {entry["iso_3166_1"] for entry in WORLD.countries}
    languages = {entry["iso_639_1"] for entry in WORLD.languages}
    genres = {entry["id"] for entry in WORLD.genres}
    for film in FILMS:
        assert countries.issuperset(film["origin_country"])
        assert countries.issuperset(made["iso_3166_1"] for made in film["production_countries"])
        assert film["original_language"] in languages
        assert genres.issuperset(genre["id"] for genre in film["genres"])


def test_some_films_have_the_very_name_of_another() -> None:
    names = Counter(film["title"] for film in FILMS)
    namesakes = sum(films for films in names.values() if films > 1)
    assert 0.05 < namesakes / len(FILMS) < 0.15


def test_words_are_as_frequent_as_in_a_language() -> None:
    english = [film["title"] for film in FILMS if film["original_language"] == "en"]
    words = Counter(word for title in english for word in title.lower().split())
    (first, often), (_, less), *_ = words.most_common(2)
    assert first == "the"
    assert 0.03 < often / words.total() < 0.1
    assert 1.2 < often / less < 3
    assert words["love"] > 10 * words.total() / len(words)


def test_the_distribution_is_about_tmdbs() -> None:
    def share(holds: list[bool]) -> float:
        return fmean(holds)

    titles = [
        1 + (film["title"] != film["original_title"]) + len(film["alternative_titles"]["titles"])
        for film in FILMS
    ]
    assert 0.23 < share(["US" in film["origin_country"] for film in FILMS]) < 0.33
    assert 0.5 < share([film["vote_count"] == 0 for film in FILMS]) < 0.75
    assert 0.55 < share([film["imdb_id"] is not None for film in FILMS]) < 0.65
    assert 0.15 < share([0 < film["runtime"] < 40 for film in FILMS]) < 0.35
    assert 0.05 < share([len(film["production_countries"]) > 1 for film in FILMS]) < 0.2
    assert 1.6 < fmean(titles) < 2.0
    dates = [film["release_date"] for film in FILMS if film["release_date"]]
    assert min(dates) < "1920"
    assert "2026" <= max(dates) < "2027"
    assert max(film["vote_count"] for film in FILMS) > 100 * fmean(
        film["vote_count"] for film in FILMS
    )
