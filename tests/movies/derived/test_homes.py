"""Films' homes that are missing, or by an earlier rule, are worked out by the next ranking."""

from typing import Any

import pytest

from movies import home
from movies.derived import homes
from movies.derived.ranking import rebuild_ranking
from movies.models import Movie, RankingState, Standing

# Origin, language, companies, and whose it is; two of them alike.
FILMS: list[tuple[list[str], str, list[str] | None, list[str]]] = [
    (["JP"], "ja", None, ["JP"]),
    ([], "en", None, ["FI", "SE"]),
    (["DE", "FR"], "fr", None, ["FR"]),
    (["DE", "FR"], "fr", ["DE"], ["FR"]),
    (["CZ", "US"], "en", ["CZ"], ["CZ"]),
    (["CZ", "US"], "en", ["CZ"], ["CZ"]),
    (["CZ", "US"], "en", [], ["US"]),
    (["CZ", "US"], "en", None, ["US"]),
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def films() -> list[Movie]:
    """Those of FILMS, by number, and one that has no country; nobody knows their home."""
    nowhere: list[tuple[list[str], str, list[str] | None, list[str]]] = [([], "", None, [])]
    return Movie.objects.bulk_create(
        Movie(
            id=number * 40_000,
            title=f"Film {number}",
            original_language=language,
            origin_countries=origin,
            production_countries=["FI", "SE"] if home else [],
            company_countries=companies,
            popularity=1,
            tmdb_rating=7,
            tmdb_votes=100,
            genre_ids=[],
            spoken_languages=[],
        )
        for number, (origin, language, companies, home) in enumerate(FILMS + nowhere, 1)
    )


def stored() -> list[Any]:
    return list(Movie.objects.order_by("id").values_list("home_countries", flat=True))


def test_the_next_ranking_works_out_what_is_missing(films: list[Movie]) -> None:
    rebuild_ranking()

    assert stored() == [*(whose for *_, whose in FILMS), []]
    assert RankingState.current().home == home.VERSION
    at_home = Standing.objects.filter(is_home=True).order_by("movie", "country")
    listed = [
        (number * 40_000, code)
        for number, (*_, whose) in enumerate(FILMS, 1)
        for code in sorted(whose)
    ]
    assert list(at_home.values_list("movie", "country")) == listed


def test_what_is_known_is_left_alone(films: list[Movie]) -> None:
    Movie.objects.update(home_countries=["XX"])

    assert homes.derive_home_countries() == 0
    assert stored() == [["XX"]] * len(films)


def test_another_rule_works_every_film_out_anew(films: list[Movie]) -> None:
    rebuild_ranking()
    Movie.objects.filter(id__gt=100_000).update(home_countries=["XX"])
    RankingState.objects.update(home=home.VERSION + 1)

    assert homes.derive_home_countries() == len(films) - 2
    assert stored() == [*(whose for *_, whose in FILMS), []]
    assert RankingState.current().home == home.VERSION


def test_it_can_be_ended_in_between_and_goes_on_later(films: list[Movie]) -> None:
    def end() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        homes.derive_home_countries(end)
    assert None in stored()
    assert None not in stored()[:1]

    homes.derive_home_countries()

    assert stored() == [*(whose for *_, whose in FILMS), []]
