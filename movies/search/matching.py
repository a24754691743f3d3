"""Which titles match a name, and which of them match better.

Titles are found in three ways, each by one statement: by its words, by the whole name, and where
these have not found enough by most of its words, each of which may be mistyped. How well a title
matches does not depend on the way by which it was found: see `movies.search.scoring`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from psycopg import sql

from movies.articles import ARTICLES
from movies.search.filters import SearchFilter
from movies.search.names import HALVES, THIRDS, find_by_name
from movies.search.query import NameQuery, word_forms
from movies.search.scoring import ANOTHER_SIGN, LEFT_OUT, ScoredTitle, left_out, score_titles
from movies.search.spelling import Vocabulary, load_vocabulary
from movies.search.titles import (
    FoundTitle,
    find_by_most_words,
    find_by_words,
    length_malus,
)
from movies.search.word_groups import WordGroup

# So many films are fetched in each way, however few are asked for.
AT_MOST = 100
# With so many, the first that are seen, there is no need to look any further.
ENOUGH = 10
# How much worse than the best a film of the very year may match.
OF_THE_YEAR = 20
# More words than that tell no more; nor do more that begin with the last, of which the commonest.
MOST_WORDS, MOST_BEGUN = 8, 50
# For beginning with what was typed, and for its last word being a whole one.
BEGINNING, WHOLE = 9, 3
# Nobody who types so few letters means the middle of a title.
SHORT, SHORT_BEGINNING, SHORT_WHOLE = 3, 25, 8

BONUS = sql.SQL("CASE WHEN {} THEN {} ELSE 0 END")
KEY_IS_LIKE = sql.SQL("key LIKE ANY ({})")


@dataclass(frozen=True, slots=True)
class FilmMatch:
    """A film's best title: with a higher score it comes first."""

    movie_id: int
    name: str
    score: float
    # How many years from the one that was said; 0 where none was.
    distance: int = 0


def find_films(query: NameQuery, filters: SearchFilter) -> list[FilmMatch]:
    """The best title of each film that matches, the best first."""
    vocabulary = load_vocabulary(query.words, query.word_forms, query.prefix)
    groups = word_groups(query, vocabulary)
    titles = find_with_words(query, groups, vocabulary, filters)
    titles += find_by_name(query, filters, HALVES if titles else THIRDS)
    scored = score_titles(query, titles, vocabulary)
    if not suffices(scored):
        titles += find_with_most_words(query, groups, vocabulary, filters)
        scored = score_titles(query, titles, vocabulary)
    return best_titles(of_the_year(scored, query.year) if query.year else scored, query.year)


def suffices(scored: list[ScoredTitle]) -> bool:
    """Whether what is found by most words would come last: one film is called so, or many match
    but for an error or a word."""
    right = [found for found in scored if found.penalty <= LEFT_OUT]
    is_called_so = any(found.penalty <= ANOTHER_SIGN for found in right)
    return is_called_so or len({found.title.movie_id for found in right}) >= ENOUGH


def of_the_year(scored: list[ScoredTitle], year: int) -> list[ScoredTitle]:
    """The films of the year, if one of those that match about as well as the best is of it; else
    those that match so."""
    least = min((found.penalty for found in scored), default=0)
    best = [found for found in scored if found.penalty <= least + OF_THE_YEAR]
    right = [found for found in best if years_from(found.title, year) == 0]
    return right or best


def years_from(title: FoundTitle, year: int) -> int:
    """How far its film is from the year, or 0 if that is a part of its name."""
    if str(year) in title.words:
        return 0
    return abs((title.year or 0) - year)


def best_titles(scored: Iterable[ScoredTitle], year: int | None) -> list[FilmMatch]:
    """Of each film the title that matches best."""
    best: dict[int, ScoredTitle] = {}
    for found in sorted(scored, key=lambda found: (-found.score, found.title.id)):
        best.setdefault(found.title.movie_id, found)
    return [
        FilmMatch(
            movie_id, found.title.name, found.score, years_from(found.title, year) if year else 0
        )
        for movie_id, found in best.items()
    ]


# --- the ways


def find_with_words(
    query: NameQuery, groups: Sequence[WordGroup], vocabulary: Vocabulary, filters: SearchFilter
) -> list[FoundTitle]:
    """Titles that have the name's words, whose last may be the prefix of one."""
    bonus = sql.SQL("{} {}").format(beginning_bonus(query), length_malus(len(query.bare_key)))
    return find_by_words(groups, bonus, filters, AT_MOST, vocabulary.title_count)


def find_with_most_words(
    query: NameQuery, groups: Sequence[WordGroup], vocabulary: Vocabulary, filters: SearchFilter
) -> list[FoundTitle]:
    """Titles that have the name's words but for a typing error in each, or all of them but one."""
    near = [
        with_variants(
            with_fewer(group, vocabulary), vocabulary.variants.get(word, frozenset()), vocabulary
        )
        for word, group in zip(query.required, groups, strict=True)
    ]
    rarest = sorted(near, key=lambda group: group.share)
    kept = [group for group in near if group in rarest[:MOST_WORDS]]
    worth = {
        id(group): round(left_out(word, vocabulary))
        for word, group in zip(query.required, near, strict=True)
    }
    values = [worth[id(group)] for group in kept]
    length = len(query.bare_key)
    return find_by_most_words(
        kept, groups, values, length, filters, AT_MOST, vocabulary.title_count
    )


# --- the words that a title has to have


def word_groups(query: NameQuery, vocabulary: Vocabulary) -> list[WordGroup]:
    """For each word that is required those that it may mean without an error."""
    groups = [whole_word(word, vocabulary) for word in query.required]
    if query.prefix:
        words = tuple({*word_forms(query.prefix), *vocabulary.completions})
        share = vocabulary.title_share(words)
        whole = groups[-1].share
        groups[-1] = WordGroup(words, share, query.prefix, vocabulary.has_all_completions, whole)
    return groups


def whole_word(word: str, vocabulary: Vocabulary) -> WordGroup:
    """The word in every spelling."""
    words = word_forms(word)
    return WordGroup(words, vocabulary.title_share(words))


def with_fewer(group: WordGroup, vocabulary: Vocabulary) -> WordGroup:
    """The group, of many words the commonest."""
    if len(group.words) <= MOST_BEGUN:
        return group
    words = sorted(group.words, key=lambda word: -vocabulary.titles.get(word, 0))[:MOST_BEGUN]
    return replace(group, words=tuple(words), share=vocabulary.title_share(words))


def with_variants(group: WordGroup, variants: Iterable[str], vocabulary: Vocabulary) -> WordGroup:
    """The group, also with the words that a typing error may have been made in."""
    more = sorted(set(variants) - set(group.words))
    return group.with_alternatives(more, vocabulary.title_share(more))


# --- bonuses


def beginning_bonus(query: NameQuery) -> sql.Composable:
    """For titles that begin with what was typed, an article before it left aside."""
    is_short = len(query.bare_key) <= SHORT
    starts = [query.bare_key, *(f"{article} {query.bare_key}" for article in ARTICLES)]
    begins = KEY_IS_LIKE.format([f"{start}%" for start in starts])
    whole = KEY_IS_LIKE.format([f"{start} %" for start in starts])
    return sql.SQL("{} + {}").format(
        BONUS.format(begins, SHORT_BEGINNING if is_short else BEGINNING),
        BONUS.format(whole, SHORT_WHOLE if is_short else WHOLE),
    )
