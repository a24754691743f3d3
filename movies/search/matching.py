"""Which titles match a name, and which of them match better.

Titles match at one of four stages, each better than the next: their key is the name's; they have
its words; they do but for a typing error in a word; they do but for a space more or less.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

from psycopg import sql

from movies.search.filters import SearchFilter
from movies.search.query import (
    ARTICLES,
    NameQuery,
    number_forms,
    parse_name,
    respaced_words,
)
from movies.search.spelling import Vocabulary, load_vocabulary, spelling_variants
from movies.search.titles import TitleMatch, WordGroup, find_by_key, find_by_words

# Of titles that match alike at least so many are fetched, however few are asked for: their films'
# votes will order them, and a title's weight tells only roughly how many these are.
AT_LEAST = 50
# Bonuses to a title's weight, in fourths of a natural logarithm of its votes. For being the name
# letter by letter, where another has an article more: as good as seven times the votes.
VERBATIM = 8
# For beginning with what was typed, and for its last word being a whole one: ten times, and twice.
BEGINNING, WHOLE = 9, 3
# Nobody who types so few letters means the middle of a title.
SHORT, SHORT_BEGINNING, SHORT_WHOLE = 3, 25, 8
# More than any weight.
DECISIVE = 1000

BONUS = sql.SQL("CASE WHEN {} THEN {} ELSE 0 END")
KEY_IS = sql.SQL("key = {}")
KEY_IS_LIKE = sql.SQL("key LIKE ANY ({})")
# An article before them does not count.
WORDS = sql.SQL("cardinality(string_to_array(key, ' ')) - (key LIKE ANY ({}))::int <= {}")


@dataclass(frozen=True, slots=True)
class FilmMatch:
    """A film's best title: of an earlier stage, or else with a higher score, it comes first."""

    movie_id: int
    name: str
    stage: int
    score: int

    @property
    def sort_key(self) -> tuple[int, int]:
        """The better match has the lower one."""
        return self.stage, -self.score


def find_films(query: NameQuery, filters: SearchFilter, limit: int) -> list[FilmMatch]:
    """The best title of each film, of at least `limit` films if there are as many.

    A stage is asked only where those before it have not found enough.
    """
    most = max(limit, AT_LEAST)
    exact = find_exact(query, filters, most)
    if is_enough(limit, exact):
        return best_titles(exact)

    vocabulary = load_vocabulary(query.word_forms, query.prefix)
    groups = word_groups(query, vocabulary)
    with_words = find_with_words(query, groups, vocabulary, filters, most)
    if is_enough(limit, exact, with_words):
        return best_titles(exact, with_words)

    is_found = bool(exact or with_words)
    if is_found:  # then the last word counts as it is
        groups = [whole_word(word, vocabulary) for word in query.words]
    near = find_misspelt(query, groups, vocabulary, filters, most)
    # After better matches only such as are the whole name but for the error.
    misspelt = [title for title in near if title.score >= DECISIVE] if is_found else near
    if is_enough(limit, exact, with_words, misspelt):
        return best_titles(exact, with_words, misspelt)

    names = [title.key for title in exact if differ_in_spaces(title.key, query.key)]
    respaced: list[TitleMatch] = []
    if names or not (with_words or near):
        respaced = find_respaced(query, groups, names, vocabulary, filters, most)
    return best_titles(exact, with_words, misspelt, respaced)


def is_enough(limit: int, *stages: Sequence[TitleMatch]) -> bool:
    """Whether the stages have found as many films as are asked for."""
    return len({title.movie_id for titles in stages for title in titles}) >= limit


def best_titles(*stages: Iterable[TitleMatch]) -> list[FilmMatch]:
    """Of each film the title of the earliest stage; the stages come best first."""
    found: dict[int, FilmMatch] = {}
    for stage, titles in enumerate(stages):
        for title in titles:
            match = FilmMatch(title.movie_id, title.name, stage, title.score)
            found.setdefault(title.movie_id, match)
    return list(found.values())


# --- the stages


def find_exact(query: NameQuery, filters: SearchFilter, limit: int) -> list[TitleMatch]:
    """Titles that are the name, but for an article or a space."""
    return find_by_key(query.key_variants, verbatim_bonus(query), filters, limit)


def find_with_words(
    query: NameQuery,
    groups: Sequence[WordGroup],
    vocabulary: Vocabulary,
    filters: SearchFilter,
    limit: int,
) -> list[TitleMatch]:
    """Titles that have the name's words, whose last may be the prefix of one."""
    return find_by_words(groups, beginning_bonus(query), filters, limit, vocabulary.title_count)


def find_misspelt(
    query: NameQuery,
    groups: Sequence[WordGroup],
    vocabulary: Vocabulary,
    filters: SearchFilter,
    limit: int,
) -> list[TitleMatch]:
    """Titles that have the name's words but for a typing error in each."""
    groups = with_spelling_variants(query, groups, vocabulary)
    return find_by_words(groups, wholeness_bonus(query), filters, limit, vocabulary.title_count)


def find_respaced(
    query: NameQuery,
    groups: Sequence[WordGroup],
    names: Sequence[str],
    vocabulary: Vocabulary,
    filters: SearchFilter,
    limit: int,
) -> list[TitleMatch]:
    """Titles that have the words of the name with one space more or less."""
    groups = respaced_groups(query, groups, names)
    if not groups:
        return []
    return find_by_words(groups, beginning_bonus(query), filters, limit, vocabulary.title_count)


# --- the words that a title has to have


def word_groups(query: NameQuery, vocabulary: Vocabulary) -> list[WordGroup]:
    """For each word of the name those that it may mean without an error."""
    groups = [whole_word(word, vocabulary) for word in query.words]
    if query.prefix:
        words = tuple({*number_forms(query.prefix), *vocabulary.completions})
        share = vocabulary.title_share(words)
        groups[-1] = WordGroup(words, share, query.prefix, vocabulary.has_all_completions)
    return groups


def whole_word(word: str, vocabulary: Vocabulary) -> WordGroup:
    """The word; a number in every form."""
    words = number_forms(word)
    return WordGroup(words, vocabulary.title_share(words))


def with_spelling_variants(
    query: NameQuery, groups: Sequence[WordGroup], vocabulary: Vocabulary
) -> list[WordGroup]:
    """The groups, each with the words that are a typing error away from the name's."""
    variants = spelling_variants(query.words)
    return [
        group.with_alternatives(words, sum(words.values()) / vocabulary.title_count)
        for group, words in zip(groups, map(variants.get, query.words, repeat({})), strict=True)
    ]


def respaced_groups(
    query: NameQuery, groups: Sequence[WordGroup], names: Sequence[str]
) -> list[WordGroup]:
    """The likeliest reading with one space more or less: of these names, or starwars, god father.

    [] if there is none of which all words are known.
    """
    readings = [parse_name(name).words for name in names[:1]] or respaced_words(query.words)
    new = {reading: set(reading) - set(query.words) for reading in readings}
    if not any(new.values()):
        return []
    vocabulary = load_vocabulary(list(set().union(*new.values())))
    rarest = {
        reading: min(map(vocabulary.films.get, words, repeat(0)), default=0)
        for reading, words in new.items()
    }
    likeliest = max(readings, key=rarest.__getitem__)
    if not rarest[likeliest]:
        return []
    kept = dict(zip(query.words, groups, strict=True))
    return [kept.get(word) or whole_word(word, vocabulary) for word in likeliest]


def differ_in_spaces(key: str, other: str) -> bool:
    return key != other and key.replace(" ", "") == other.replace(" ", "")


# --- bonuses


def verbatim_bonus(query: NameQuery) -> sql.Composable:
    """For titles that are the name letter by letter."""
    return BONUS.format(KEY_IS.format(query.key), DECISIVE if query.has_article else VERBATIM)


def beginning_bonus(query: NameQuery) -> sql.Composable:
    """For titles that begin with what was typed, an article before it left aside."""
    is_short = len(query.key) <= SHORT
    starts = [query.key, *(f"{article} {query.key}" for article in ARTICLES)]
    begins = KEY_IS_LIKE.format([f"{start}%" for start in starts])
    whole = KEY_IS_LIKE.format([f"{start} %" for start in starts])
    return sql.SQL("{} + {}").format(
        BONUS.format(begins, SHORT_BEGINNING if is_short else BEGINNING),
        BONUS.format(whole, SHORT_WHOLE if is_short else WHOLE),
    )


def wholeness_bonus(query: NameQuery) -> sql.Composable:
    """For titles of as many words as were typed, an article left aside."""
    articles = [f"{article} %" for article in ARTICLES]
    return BONUS.format(WORDS.format(articles, len(query.key.split())), DECISIVE)
