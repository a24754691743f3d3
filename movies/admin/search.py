"""The search of the back office's list of films: by id, or by a title's beginning or words.

Unlike the site's own search (`movies.search`) it forgives no typing error.
"""

from collections.abc import Iterable

from django.db.models import F, OrderBy, QuerySet

from movies import folding
from movies.imdb_ids import find_imdb_id
from movies.models import Movie, Title, Word

LARGEST_ID = 2**31 - 1
MOST_FOUND = 200
# A word that this many titles have is common.
COMMON_TITLES = 10_000


def find_movie_ids(term: str) -> list[int]:
    """Of the films that an id or a title means: at most MOST_FOUND in each way to find them."""
    if imdb_id := find_imdb_id(term):
        return list(Movie.objects.filter(imdb_id=imdb_id).values_list("pk", flat=True))
    number = int(term) if term.isascii() and term.isdigit() and len(term) <= 10 else 0
    ids = [number] if 0 < number <= LARGEST_ID else []
    return ids + find_by_title(term)


def find_by_title(name: str) -> list[int]:
    """By the beginning of a title, or by all of its words anywhere in one."""
    key, words = folding.key(name), folding.words(name)
    if not key:
        return []
    beginning = Title.objects.filter(key__startswith=key).order_by("key")
    anywhere = Title.objects.filter(words__contains=words).order_by(heaviest_first(words))
    found = [*movie_ids(beginning), *movie_ids(anywhere)]
    return list(dict.fromkeys(found))


def heaviest_first(words: list[str]) -> OrderBy:
    """The heaviest titles first, found in the way that suits the words.

    Where all are common the index of weights leads to some soon; where one is rare it would be
    walked to its end, which an expression keeps PostgreSQL from.
    """
    common = Word.objects.filter(word__in=words, titles__gt=COMMON_TITLES).count()
    return F("weight").desc() if common == len(words) else (F("weight") + 0).desc()


def movie_ids(titles: QuerySet[Title]) -> Iterable[int]:
    return titles.values_list("movie_id", flat=True)[:MOST_FOUND]
