"""Finds titles by the whole name: as it is, spaced in another way, mistyped, a part of it, or
that of somebody who made the film.

With an error in a name one of its halves is as it should be, so that it is among the names of
about its length that begin with the one or end with the other. With two errors the first or the
last of its thirds mostly is; by these, which many names share, those are looked for whose words
no title has together.
"""

from collections.abc import Iterator
from typing import Any

from psycopg import sql

from movies.misspelling import TWO_ERRORS_FROM
from movies.search.filters import SearchFilter
from movies.search.query import NameQuery
from movies.search.scoring import ANOTHER_ERROR
from movies.search.spelling import LAST
from movies.search.titles import FoundTitle, fetch

# Of each way of finding them so many titles are taken, the best known.
MOST_OF_EACH = 60
MOST_OF_A_SPAN = 15
MOST_LOOKED_UP = 500
# People of one name, the best known.
MOST_PEOPLE = 3
# Names are looked for as beginnings from so many letters on, and so many longer ones.
SHORTEST_BEGINNING, LONGER_BY = 6, 30
# Into how many parts a name is taken, and from how many letters on it may have two errors.
HALVES, THIRDS = 2, 3
TWO_ERRORS = {HALVES: TWO_ERRORS_FROM, THIRDS: 2 * THIRDS}
# As PostgreSQL counts, who takes a second swap for two; and what each costs, as in `scoring`.
MOST_EDITS = {False: 2, True: 4}
EDIT_COST = ANOTHER_ERROR

FOUND = sql.SQL(
    """
SELECT title.id, movie_id, name, key, words, title.weight, year, is_own, language,
       min(joined), min(edits), coalesce(max(people), '{{}}')
FROM ({ways}) found JOIN title ON title.id = found.title_id
GROUP BY title.id
"""
)
# Those of the year first, which may be of little-known films.
BY_KEY = sql.SQL(
    """(SELECT id AS title_id, NULL AS joined, NULL::int AS edits, NULL::text[] AS people
FROM title
WHERE key = ANY ({keys}) AND {filtered}
ORDER BY year IS DISTINCT FROM {year}, weight DESC LIMIT {most})"""
)
# Where a search is narrowed, films are looked up for so many of the best of each way, until there
# are enough that pass. Without a limit PostgreSQL would look up those of all that it meets.
BY_SPAN = sql.SQL(
    """(SELECT title_id, joined, NULL, NULL FROM unnest({spans}::text[]) AS span
CROSS JOIN LATERAL (
    SELECT title_id, joined FROM (
        SELECT title_id, joined FROM joined_name
        WHERE length = char_length(span) AND joined = span
        ORDER BY weight DESC LIMIT {looked_up}
    ) called WHERE {passes} LIMIT {most}
) called)"""
)
NEAR = sql.SQL(
    """(SELECT title_id, joined, edits, NULL FROM (
    SELECT title_id, joined, edits FROM (
        SELECT title_id, joined, weight FROM joined_name
        WHERE length = ANY ({lengths}) AND joined >= {start} AND joined < {start_end}
        UNION
        SELECT title_id, joined, weight FROM joined_name
        WHERE length = ANY ({lengths})
          AND reverse(joined) >= {end} AND reverse(joined) < {end_end}
        UNION
        SELECT title_id, joined, weight FROM joined_name
        WHERE length = char_length({swapped}) AND joined = {swapped}
    ) halves
    CROSS JOIN LATERAL (
        SELECT CASE WHEN joined = ANY ({swaps}) THEN 1
                    ELSE levenshtein_less_equal(joined, {name}, {most_edits}) END AS edits
    ) compared
    WHERE edits <= {most_edits}
    ORDER BY weight - {cost} * edits DESC LIMIT {looked_up}
) near WHERE {passes} LIMIT {most})"""
)
BEGINNING = sql.SQL(
    """(SELECT title_id, joined, NULL, NULL FROM (
    SELECT title_id, joined FROM joined_name
    WHERE length = ANY ({lengths}) AND joined >= {name} AND joined < {end}
    ORDER BY weight DESC LIMIT {looked_up}
) beginning WHERE {passes} LIMIT {most})"""
)
# The words are compared as a tsvector, as they are indexed.
BY_PEOPLE = sql.SQL(
    """(SELECT title.id, NULL, NULL, person.words FROM (
    SELECT id, words FROM person WHERE array_to_tsvector(words) @@ {words}::tsquery
    ORDER BY weight DESC LIMIT {people}
) person
JOIN credit ON credit.person_id = person.id
CROSS JOIN LATERAL (
    SELECT id, weight FROM title WHERE movie_id = credit.movie_id AND is_own AND {filtered}
) title
ORDER BY title.weight DESC LIMIT {most})"""
)
PASSES = sql.SQL("EXISTS (SELECT FROM title WHERE title.id = title_id AND {filtered})")


def find_by_name(query: NameQuery, filters: SearchFilter, parts: int) -> list[FoundTitle]:
    """Every title that may be the name, or what a part of it names, each once; mistyped ones by
    HALVES or THIRDS."""
    return fetch(FOUND, ways=sql.SQL("\nUNION ALL\n").join(ways(query, filters, parts)))


def ways(query: NameQuery, filters: SearchFilter, parts: int) -> Iterator[sql.Composable]:
    filtered = filters.title_condition()
    passes = PASSES.format(filtered=filtered) if filters.is_active else sql.SQL("true")
    most = MOST_OF_EACH
    yield BY_KEY.format(
        keys=query.key_variants, filtered=filtered, year=query.year or 0, most=most
    )
    words = " & ".join(f"'{word}'" for word in query.required)
    yield BY_PEOPLE.format(words=words, filtered=filtered, people=MOST_PEOPLE, most=most)
    limits: dict[str, Any] = {"passes": passes, "most": most, "looked_up": MOST_LOOKED_UP}
    yield BY_SPAN.format(spans=list(query.spans), **limits | {"most": MOST_OF_A_SPAN})
    for name in query.joined_names:
        yield near(name, parts, limits)
        if len(name) >= SHORTEST_BEGINNING:
            lengths = list(range(len(name) + 1, len(name) + LONGER_BY))
            yield BEGINNING.format(lengths=lengths, name=name, end=name + LAST, **limits)


def near(name: str, parts: int, limits: dict[str, Any]) -> sql.Composable:
    """Two letters that are swapped where the halves meet are in both: that name is looked up."""
    is_long = len(name) >= TWO_ERRORS[parts]
    half = max(len(name) // 2, 1)
    start, end = name[: max(len(name) // parts, 1)], name[::-1][: -(-len(name) // parts)]
    swaps = [name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)]
    errors = 2 if is_long else 1
    return NEAR.format(
        lengths=list(range(len(name) - errors, len(name) + errors + 1)),
        start=start,
        start_end=start + LAST,
        end=end,
        end_end=end + LAST,
        swapped=swaps[half - 1] if swaps else name,
        swaps=swaps,
        name=name,
        most_edits=MOST_EDITS[is_long],
        cost=EDIT_COST,
        **limits,
    )
