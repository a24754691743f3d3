"""Rebuilds `JoinedName`: what a whole name is compared with, however it is spaced or mistyped.

Beside the titles it has what people call well-known films for short: by the initials of a name
(lotr), and by a film's number in its collection (star wars 4, mi3).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from django.db import connection

from movies import folding
from movies.articles import ARTICLES, joined_key, without_article

# Films with about 1,100 votes and more are called by initials, as a title's weight is kept.
WELL_KNOWN = 28
# So few initials are a word, too, unless a number follows.
LEAST_INITIALS = 3
# What stands before a subtitle, and what TMDB adds to a collection's name.
SUBTITLE = re.compile(r"\s*(?::|\s[-–—])\s.*")
OF_COLLECTION = re.compile(r"\s*(?:\([^)]*\)\s*)?\bCollection$")

FILL_TITLES = """
INSERT INTO joined_name (length, joined, title_id, weight)
SELECT char_length(joined), joined, id, weight
FROM (
    SELECT id, weight, replace(
        CASE WHEN split_part(key, ' ', 1) = ANY (%(articles)s) AND position(' ' IN key) > 0
             THEN substr(key, position(' ' IN key) + 1) ELSE key END, ' ', ''
    ) AS joined
    FROM title
) title
WHERE joined <> ''
ORDER BY char_length(joined), joined
"""
TITLES = """
SELECT DISTINCT ON (movie_id, name) id, name, weight, key FROM title
WHERE is_own AND weight >= %s
"""
# In the order of their release.
COLLECTED = """
SELECT collection.id, collection.name, title.id, title.weight, title.key
FROM movie
JOIN collection ON collection.id = collection_id
JOIN title ON title.movie_id = movie.id AND title.name = movie.title
WHERE release_date IS NOT NULL
ORDER BY collection.id, release_date, movie.id
"""
FILL_NICKNAMES = """
INSERT INTO joined_name (length, joined, title_id, weight)
SELECT char_length(joined), joined, title_id, weight
FROM unnest(%s::text[], %s::bigint[], %s::smallint[]) AS nickname (joined, title_id, weight)
"""

# What a film is called, the title that it stands for, and its weight.
Nickname = tuple[str, int, int]


def fill_joined_names() -> None:
    """Into the table that is being built."""
    with connection.cursor() as cursor:
        cursor.execute(FILL_TITLES, {"articles": list(ARTICLES)})
        cursor.execute(TITLES, [WELL_KNOWN])
        titles = cursor.fetchall()
        cursor.execute(COLLECTED)
        films = cursor.fetchall()
        nicknames = {
            *by_initials(row[:-1] for row in titles),
            *by_number(row[:-1] for row in films),
        }
        # Titles in full are there already.
        nicknames -= {(joined_key(key), title_id, weight) for title_id, _, weight, key in titles}
        nicknames -= {(joined_key(key), title_id, weight) for *_, title_id, weight, key in films}
        columns: Iterable[Sequence[object]] = zip(*sorted(nicknames), strict=True)
        if nicknames:
            cursor.execute(FILL_NICKNAMES, [list(column) for column in columns])


def by_initials(titles: Iterable[tuple[int, str, int]]) -> Iterator[Nickname]:
    """Of the title, and of what stands before its subtitle."""
    for title_id, name, weight in titles:
        for part in {name, SUBTITLE.sub("", name)}:
            for short in initials(folding.key(part)):
                if len(short) >= LEAST_INITIALS:
                    yield short, title_id, weight


def by_number(films: Iterable[tuple[int, str, int, int]]) -> Iterator[Nickname]:
    """The collection's name, and its initials, with a film's number in it."""
    for (_, name), collected in groupby(films, key=itemgetter(0, 1)):
        key = folding.key(OF_COLLECTION.sub("", name))
        names = {joined_key(key), *initials(key)} - {""}
        for number, (_, _, title_id, weight) in enumerate(collected, start=1):
            for called in names:
                yield f"{called}{number}", title_id, weight
                if number == 1 and len(called) >= LEAST_INITIALS:
                    yield called, title_id, weight


def initials(key: str) -> set[str]:
    """With its article and without; none of a single word."""
    names = (key.split(), without_article(key).split())
    return {"".join(word[0] for word in words) for words in names if len(words) > 1}
