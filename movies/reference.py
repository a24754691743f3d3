"""TMDB's reference lists as answers read them: kept in the process for each edition.

A name that changes raises the catalogue's version; a code that a film brings between two editions
has its name with the next one.
"""

from collections.abc import Mapping
from functools import lru_cache

from movies.models import Country, Genre, Language, RankingState


def countries() -> Mapping[str, Country]:
    """Every country and former state by its code, in the order of their English names."""
    edition = RankingState.current().edition
    return _read_countries() if edition is None else _countries(edition)


def genres() -> Mapping[int, Genre]:
    edition = RankingState.current().edition
    return _read_genres() if edition is None else _genres(edition)


def languages() -> Mapping[str, Language]:
    edition = RankingState.current().edition
    return _read_languages() if edition is None else _languages(edition)


def forget() -> None:
    """Read them anew: in tests the same edition can be of another catalogue."""
    for kept in (_countries, _genres, _languages):
        kept.cache_clear()


def _read_countries() -> Mapping[str, Country]:
    return {country.code: country for country in Country.objects.all()}


def _read_genres() -> Mapping[int, Genre]:
    return {genre.id: genre for genre in Genre.objects.all()}


def _read_languages() -> Mapping[str, Language]:
    return {language.code: language for language in Language.objects.all()}


@lru_cache(maxsize=1)
def _countries(edition: str) -> Mapping[str, Country]:
    return _read_countries()


@lru_cache(maxsize=1)
def _genres(edition: str) -> Mapping[int, Genre]:
    return _read_genres()


@lru_cache(maxsize=1)
def _languages(edition: str) -> Mapping[str, Language]:
    return _read_languages()
