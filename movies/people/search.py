"""Finds people by name: any part of it, its last word perhaps unfinished, the best known first;
and in spite of typing errors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from movies import folding
from movies.models import Movie, Person
from movies.people.spelling import spelling_variants
from movies.prepared import prepared_cursor

# Who has no film any more is not found. The words are compared as a tsvector, as they are indexed.
NAMED = """
SELECT id, name, profile_path
FROM person
WHERE array_to_tsvector(words) @@ %(words)s::tsquery
  AND EXISTS (SELECT FROM credit WHERE credit.person_id = person.id)
ORDER BY weight DESC, id
OFFSET %(offset)s LIMIT %(limit)s
"""
BEST_KNOWN = """
SELECT DISTINCT ON (credit.person_id)
       credit.person_id, movie.id, movie.title, movie.release_date
FROM credit JOIN movie ON movie.id = credit.movie_id
WHERE credit.person_id = ANY (%(people)s)
ORDER BY credit.person_id, movie.tmdb_votes DESC, movie.popularity DESC, movie.id
"""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody, and the best known of their films to tell namesakes apart."""

    person: Person
    known_for: Movie


def is_empty_name(name: str) -> bool:
    """Whether there is no letter or digit in it to search for."""
    return not folding.key(name)


def find_people(name: str, *, offset: int, limit: int) -> list[FoundPerson]:
    """Those whose names have all these words, from the `offset`th on. Two queries, or one where
    there is nobody."""
    return people_of_words(as_tsquery(name), offset=offset, limit=limit)


def find_people_misspelt(name: str, *, limit: int) -> list[FoundPerson]:
    """Those whose names have all these words, but for a typing error in any of them. Three
    queries at the most."""
    words = folding.words_of_key(folding.key(name))
    variants = spelling_variants(words)
    if not any(variants.values()):
        return []
    return people_of_words(as_tsquery(name, variants), offset=0, limit=limit)


def people_of_words(words: str, *, offset: int, limit: int) -> list[FoundPerson]:
    if not words:
        return []
    with prepared_cursor() as cursor:
        cursor.execute(NAMED, {"words": words, "offset": offset, "limit": limit})
        people = [Person(id=one, name=name, profile_path=path) for one, name, path in cursor]
    if not people:
        return []
    films = best_known_films([person.id for person in people])
    return [FoundPerson(person, films[person.id]) for person in people if person.id in films]


def as_tsquery(name: str, variants: Mapping[str, Iterable[str]] = MappingProxyType({})) -> str:
    """All of its words, the last one as a prefix, or one of their variants in their places;
    folded words have no quotes in them."""
    key = folding.key(name)
    last = key.rpartition(" ")[2]
    terms = []
    for word in folding.words_of_key(key):
        typed = f"'{word}'" + ":*" * (word == last)
        others = [f"'{variant}'" for variant in variants.get(word, ())]
        terms.append(f"({' | '.join([typed, *others])})" if others else typed)
    return " & ".join(terms)


def best_known_films(person_ids: list[int]) -> dict[int, Movie]:
    """Of each of these people, with title and date alone."""
    with prepared_cursor() as cursor:
        cursor.execute(BEST_KNOWN, {"people": person_ids})
        return {
            person_id: Movie(id=movie_id, title=title, release_date=released)
            for person_id, movie_id, title, released in cursor.fetchall()
        }
