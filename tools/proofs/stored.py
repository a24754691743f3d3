"""Compares a database with the payloads that were imported into it, film by film."""

import datetime
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from tools.proofs import lists
from tools.proofs.changes import changes
from tools.proofs.comparison import Connection, Difference, Row, by_key, compare
from tools.proofs.parts import Named, best_weights
from tools.proofs.payloads import (
    Film,
    Ratings,
    RecordRatings,
    World,
    plain_key,
    record_ratings,
    title_weight,
)

# TMDB's terms: no copy older than six months; a day for what moves most.
MOST_POPULAR = 20_000
LONGEST = datetime.timedelta(days=180)
DAY = datetime.timedelta(days=1)

MISSING_CODES = """
SELECT 'country', code FROM (
    SELECT unnest(origin_countries || production_countries) AS code FROM movie
) used WHERE NOT EXISTS (SELECT FROM country WHERE country.code = used.code)
UNION SELECT 'genre', number::text FROM (SELECT unnest(genre_ids) AS number FROM movie) used
WHERE NOT EXISTS (SELECT FROM genre WHERE id = number)
UNION SELECT 'language', code FROM (
    SELECT unnest(spoken_languages || original_language) AS code FROM movie
) used WHERE code <> '' AND NOT EXISTS (SELECT FROM language WHERE language.code = used.code)
ORDER BY 1, 2
"""

TITLES = """
SELECT movie_id, name, key, words, weight, year, countries, is_own, language
FROM title ORDER BY movie_id, id
"""
TITLE_FACTS = ["key", "words", "weight", "year", "countries", "is_own", "language"]


def differences(connection: Connection, world: World) -> Iterator[Difference]:
    """Everything that a whole import of these films should have left otherwise."""
    films = world.films
    imdb = record_ratings(films, imdb_ratings(connection))
    yield from movies(connection, films)
    yield from titles(connection, films, imdb)
    yield from people(connection, world, imdb)
    yield from beside(connection, films)
    yield from named(connection, "provider", world.providers, "logo_path")
    yield from named(connection, "collection", world.collections)
    yield from ledger(connection, films)
    yield from changes(connection, films)
    yield from lists.ranks(connection, films, imdb)
    yield from lists.words(connection)
    for table, code in connection.execute(MISSING_CODES):
        yield Difference(f"{table} {code}", "row", None, "there, for films use it")


def movies(connection: Connection, films: dict[int, Film]) -> Iterator[Difference]:
    """Every column of `movie`."""
    rows = by_key(connection, "movie", "id")
    expected = {
        movie_id: {**film.row, "home_countries": film.home} for movie_id, film in films.items()
    }
    for movie_id, row in rows.items():
        if row.pop("availability_at") is None:
            yield Difference(f"movie {movie_id}", "availability_at", None, "a time")
    yield from compare("movie {}", rows, expected)


def titles(
    connection: Connection, films: dict[int, Film], imdb: RecordRatings
) -> Iterator[Difference]:
    """Every film's names in their order, each once, with what search needs of them."""
    found = connection.execute(TITLES)
    rows = {movie_id: list(group) for movie_id, group in groupby(found, itemgetter(0))}
    for movie_id in rows.keys() | films.keys():
        stored = rows.get(movie_id, [])
        names = films[movie_id].names if movie_id in films else []
        if (given := [name for _, name, *_ in stored]) != names:
            yield Difference(f"title of movie {movie_id}", "name", given, names)
        else:
            film = films[movie_id]
            yield from folded(stored, film, title_weight(film.votes(imdb.get(movie_id))))


def folded(stored: list[tuple[Any, ...]], film: Film, weight: int) -> Iterator[Difference]:
    of_film = {
        "weight": weight,
        "year": film.row["release_date"] and film.row["release_date"].year,
        "countries": sorted({*film.row["origin_countries"], *film.row["production_countries"]}),
    }
    own = film.row["title"], film.row["original_title"]
    for movie_id, name, *facts in stored:
        expected = {
            **of_film,
            "is_own": name in own,
            "language": film.parts.translated.get(name),
        }
        plain = plain_key(name)
        if plain is not None:
            expected |= {"key": plain, "words": list(dict.fromkeys(plain.split()))}
        row = dict(zip(TITLE_FACTS, facts, strict=True))
        for column, value in expected.items():
            if row[column] != value:
                yield Difference(f"title {name!r} of movie {movie_id}", column, row[column], value)


def people(connection: Connection, world: World, imdb: RecordRatings) -> Iterator[Difference]:
    """Everybody who is credited, by a name and picture that a payload gives."""
    films = world.films
    weights = {
        movie_id: title_weight(film.votes(imdb.get(movie_id))) for movie_id, film in films.items()
    }
    wanted = dict(best_weights({key: film.parts for key, film in films.items()}, weights))
    rows = by_key(connection, "person", "id")
    for person_id in rows.keys() | wanted.keys():
        row, where = rows.get(person_id), f"person {person_id}"
        if row is None or person_id not in wanted:
            yield Difference(where, "row", row, wanted.get(person_id))
            continue
        if (row["name"], row["profile_path"]) not in world.people[person_id]:
            yield Difference(where, "name, profile_path", row, world.people[person_id])
        if row["weight"] != wanted[person_id]:
            yield Difference(where, "weight", row["weight"], wanted[person_id])
        plain = plain_key(row["name"])
        if plain is not None and (row["key"], row["words"]) != (
            plain,
            list(dict.fromkeys(plain.split())),
        ):
            yield Difference(where, "key, words", row, plain)


def beside(connection: Connection, films: dict[int, Film]) -> Iterator[Difference]:
    """Every film's credits, and where it can be watched."""
    credited = {
        (movie_id, *key): row
        for movie_id, film in films.items()
        for key, row in film.parts.credits.items()
    }
    rows = by_key(connection, "credit", "movie_id", "job", "position")
    yield from compare("credit of movie {} as {} {}", rows, credited)
    offered = {
        (movie_id, *key): row
        for movie_id, film in films.items()
        for key, row in film.parts.availability.items()
    }
    rows = by_key(connection, "availability", "movie_id", "region", "kind")
    yield from compare("availability of movie {} in {} by {}", rows, offered)


def named(
    connection: Connection, table: str, wanted: Named, picture: str | None = None
) -> Iterator[Difference]:
    """A table of names by number, each as some payload has it."""
    rows = by_key(connection, table, "id")
    for number in rows.keys() | wanted.keys():
        row, known = rows.get(number), wanted.get(number, set())
        if row is None or (row["name"], row[picture] if picture else None) not in known:
            yield Difference(f"{table} {number}", "row", row, known)


def ledger(connection: Connection, films: dict[int, Film]) -> Iterator[Difference]:
    """Every film fetched, alive and due again in time, and no other film."""
    rows = by_key(connection, "tmdb_movie", "id")
    for movie_id in rows.keys() - films.keys():
        yield Difference(f"tmdb_movie {movie_id}", "row", rows[movie_id], None)
    by_popularity = sorted((film.row["popularity"] for film in films.values()), reverse=True)
    daily = by_popularity[:MOST_POPULAR][-1] if by_popularity else 0.0
    for movie_id, film in films.items():
        where = f"tmdb_movie {movie_id}"
        if movie_id not in rows:
            yield Difference(where, "row", None, "a row")
            continue
        lifetime = DAY if film.row["popularity"] >= daily else LONGEST
        yield from ledger_row(where, rows[movie_id], film.exported_popularity, lifetime)


def ledger_row(
    where: str, row: Row, popularity: float, lifetime: datetime.timedelta
) -> Iterator[Difference]:
    wanted = {
        "popularity": popularity,
        "gone_at": None,
        "changed_at": None,
        "attempts": 0,
        "discover_rank": None,
        "not_found": 0,
        "not_found_at": None,
    }
    for column, expected in wanted.items():
        if row[column] != expected:
            yield Difference(where, column, row[column], expected)
    for column in ("known_at", "exported_on", "fetched_at"):
        if row[column] is None:
            yield Difference(where, column, None, "a time")
    fetched, due = row["fetched_at"], row["due_at"]
    if fetched and not fetched < due <= fetched + lifetime:
        yield Difference(where, "due_at", due, f"at most {lifetime.days} days after {fetched}")


def imdb_ratings(connection: Connection) -> Ratings:
    rows = connection.execute("SELECT imdb_id, rating, votes FROM imdb_rating")
    return {imdb_id: (rating, votes) for imdb_id, rating, votes in rows}


def ratings(connection: Connection, wanted: Ratings) -> Iterator[Difference]:
    """IMDb's ratings as its file has them, and no others."""
    yield from compare("imdb_rating {}", rated(imdb_ratings(connection)), rated(wanted))


def rated(given: Ratings) -> dict[str, Row]:
    return {
        imdb_id: {"rating": rating, "votes": votes} for imdb_id, (rating, votes) in given.items()
    }
