"""How well a title matches what was typed: its weight, less what differs.

One scale for all: fourths of a natural logarithm of a film's votes, so that 9 is as good as ten
times the votes, and 28 a thousand times. What matches better comes first unless another film is
that much better known.

What differs costs as much as it is seldom: how well a name fits is the probability that a title is
typed so, times the one that it is searched for. That one grows about with the square root of the
votes, so that 8 stands for what one in e types otherwise, and 60 for one in 1,800: about the share
in which one error in a name of some letters makes this very name of it. Differences of several
kinds cost their sum.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from movies.articles import ARTICLES, joined_key, without_article
from movies.misspelling import typing_errors
from movies.search.query import CONJUNCTION, DIGITS, NameQuery, is_bigram, word_forms
from movies.search.spelling import Vocabulary
from movies.search.titles import FoundTitle

# For being written otherwise: another article, another space or sign, a name for short.
ANOTHER_ARTICLE, ARTICLE_LACKING, ANOTHER_SPACE, ANOTHER_SIGN, FOR_SHORT = 8, 40, 24, 3, 14
# For having the words in another order, or another small word among them.
ANOTHER_ORDER = 32
# For being a working or alternative title; more where another film is really called so. A
# translated title is as good as the original.
ALTERNATIVE, OF_ANOTHER = 3, 24
# For having more than was typed, two for each three letters of that, up to so many; less where it
# begins with what was typed. Nobody who types three letters means the middle of a title.
PART, MOST_FOR_LENGTH, BEGINS, SHORT, BEGINS_SHORT = 40, 16, 6, 3, 25
# These do not count: Fast & Furious and The Fast and the Furious are as near.
SMALL_WORDS = {*ARTICLES, CONJUNCTION}
# For the last word being unfinished: a whole one is meant as it is, Airplane! no answer to "A.I.";
# for a typing error, and for each more of them.
UNFINISHED, MISTYPED, ANOTHER_ERROR, MOST_ERRORS = 12, 60, 44, 2
# For a word that is no part of it: less if it is one that people add, or somebody's of the film;
# the more, the rarer it is in other titles, up to what an unknown one costs. So many words after a
# whole name may be its subtitle; bigrams are counted as one word.
ADDED, PERSON, LEFT_OUT, COMMON_LEFT_OUT = 2, 2, 90, 30
# For having nothing of the name but who made the film: as much as beginning with it.
MADE_BY = 36
LONG_SUBTITLE, SUBTITLE = 3, 0.5
# What costs more is no match any longer, nor what costs so much more than the best.
HOPELESS, MUCH_WORSE = 250, 150


@dataclass(frozen=True, slots=True)
class ScoredTitle:
    title: FoundTitle
    penalty: float

    @property
    def score(self) -> float:
        return self.title.weight - self.penalty


def score_titles(
    query: NameQuery, titles: list[FoundTitle], vocabulary: Vocabulary
) -> list[ScoredTitle]:
    """Those that match at all, in no order."""
    whole = [by_whole(query, title) for title in titles]
    is_taken = any(
        penalty is not None and penalty <= ANOTHER_ARTICLE and is_proper(title)
        for title, penalty in zip(titles, whole, strict=True)
    )
    alternative = OF_ANOTHER if is_taken else ALTERNATIVE
    scored = []
    for title, penalty in zip(titles, whole, strict=True):
        least = by_words(query, title, vocabulary) if penalty is None else penalty
        if least is not None and least < HOPELESS:
            scored.append(ScoredTitle(title, least + (0 if is_proper(title) else alternative)))
    most = min((title.penalty for title in scored), default=0) + MUCH_WORSE
    return [title for title in scored if title.penalty <= most]


def is_proper(title: FoundTitle) -> bool:
    """Whether the film is called so, in its own language or in another."""
    return title.is_own or title.language is not None


def by_whole(query: NameQuery, title: FoundTitle) -> float | None:
    """As one name, however its words are apart."""
    if title.key == query.key:
        return 0 if title.name.casefold() == query.typed.casefold().strip() else ANOTHER_SIGN
    bare = without_article(title.key)
    if bare in (query.key, query.bare_key):
        return ANOTHER_ARTICLE
    if bare == without_article(query.key):
        return ARTICLE_LACKING
    if title.edits is None or title.joined is None:
        return None
    if not digits_of(query.bare_key) <= digits_of(title.joined):
        return LEFT_OUT
    return min(spelt_otherwise(query, title, title.joined, title.edits), default=None)


def spelt_otherwise(
    query: NameQuery, title: FoundTitle, joined: str, edits: int
) -> Iterator[float]:
    """What the difference costs, with the article as a part of the name and without."""
    article = article_cost(query, title)
    # PostgreSQL counts a second swap as two: more have to be counted anew.
    errors = edits
    if edits > 1:
        errors = min(typing_errors(joined, one, MOST_ERRORS) for one in query.joined_names)
    found = [(errors, article)]
    if article:
        whole = (title.key.replace(" ", ""), query.key.replace(" ", ""))
        found.append((typing_errors(*whole, MOST_ERRORS), 0))
    for errors, cost in found:
        if errors <= MOST_ERRORS:
            yield cost + (for_errors(errors) if errors else ANOTHER_SPACE)


def article_cost(query: NameQuery, title: FoundTitle) -> float:
    """For another article than was typed, or none; less where none was typed."""
    if article_of(title.key) in (article_of(query.key), article_of(query.bare_key)):
        return 0
    return ARTICLE_LACKING if article_of(query.key) else ANOTHER_ARTICLE


def article_of(key: str) -> str:
    return key.removesuffix(without_article(key))


def for_errors(errors: int) -> float:
    return MISTYPED + ANOTHER_ERROR * (errors - 1)


def digits_of(name: str) -> set[str]:
    """Another number is another film rather than a typing error."""
    return set(filter(str.isdecimal, name))


def by_words(query: NameQuery, title: FoundTitle, vocabulary: Vocabulary) -> float | None:
    """Word by word, in any order."""
    parts = compare_words(query, title, vocabulary)
    if not (parts.covered or parts.begins or parts.tells):
        return MADE_BY if is_made_by(query, title) else None
    penalty = parts.penalty
    if parts.errors:
        penalty += for_errors(parts.errors)
    if parts.covered:
        is_short_name = title.joined != joined_key(title.key)
        return penalty + (FOR_SHORT if is_short_name else ANOTHER_SPACE)
    if parts.begins:
        penalty += 0 if ends_with_word(query, title) else UNFINISHED
        penalty += article_cost(query, title) if article_of(query.key) else 0
    more = letters_more(query, title, parts)
    if more:
        return penalty + for_more(query, title, more)
    return penalty + (0 if is_word_for_word(query, title, parts) else ANOTHER_ORDER)


def ends_with_word(query: NameQuery, title: FoundTitle) -> bool:
    """Whether the beginning of a title that was typed without spaces ends where a word does."""
    ends = accumulate(map(len, without_article(title.key).split()))
    return min(map(len, query.joined_names)) in ends


def is_made_by(query: NameQuery, title: FoundTitle) -> bool:
    """Whether the name is nothing but that of people who made the film."""
    return all(not title.people.isdisjoint(word_forms(word)) for word in query.required)


@dataclass(slots=True)
class Comparison:
    """What the words that were typed have to do with a title."""

    # Words of the query that are a name without spaces, as which the title was found.
    covered: frozenset[str]
    # Whether the title begins with all of them, without spaces.
    begins: bool
    # Words of the title; and of those that stand for a typed word one each, in their order.
    matched: set[str] = field(default_factory=set)
    in_order: list[str] = field(default_factory=list)
    errors: int = 0
    # Letters that the last word lacks.
    unfinished: int = 0
    # Whether a word is no part of the title, nor its year or somebody's of the film.
    lacks_word: bool = False
    penalty: float = 0.0

    @property
    def tells(self) -> bool:
        """Whether there is more of the name in it than an article or "and"."""
        return not self.matched <= SMALL_WORDS or bool(self.matched and not self.lacks_word)


def compare_words(query: NameQuery, title: FoundTitle, vocabulary: Vocabulary) -> Comparison:
    covered = query.spans.get(title.joined or "", frozenset())
    parts = Comparison(covered, not covered and title.joined is not None and title.edits is None)
    words = frozenset(title.words)
    for word in query.words:
        if word in covered or (parts.begins and word in query.required):
            continue
        if alike := words.intersection(word_forms(word)):
            parts.matched |= alike
        elif word == query.prefix and (alike := beginning_with(word, words)):
            parts.matched |= alike
            parts.penalty += UNFINISHED
            parts.unfinished = min(map(len, alike)) - len(word)
        elif alike := words & vocabulary.variants.get(word, frozenset()):
            parts.matched |= alike
            parts.errors += 1
        else:
            cost = not_there(word, query, title, vocabulary, covered)
            parts.penalty += cost
            parts.lacks_word |= cost > PERSON
        parts.in_order += sorted(alike)[:1]
    return parts


def is_word_for_word(query: NameQuery, title: FoundTitle, parts: Comparison) -> bool:
    """Whether the title has nothing but the words that were typed, in their order."""
    places = [title.words.index(word) for word in parts.in_order if word in title.words]
    return len(title.words) <= len(query.words) and places == sorted(places)


def not_there(
    word: str,
    query: NameQuery,
    title: FoundTitle,
    vocabulary: Vocabulary,
    covered: frozenset[str],
) -> float:
    """What a word costs that is no part of the title."""
    if word in query.optional:
        return 0 if word == str(title.year) else ADDED
    if not title.people.isdisjoint(word_forms(word)):
        return PERSON
    cost = left_out(word, vocabulary)
    if is_bigram(word):
        cost /= sum(map(is_bigram, query.words))
    if covered and covered.issuperset(query.words[: len(covered)]):
        return cost * (SUBTITLE if len(query.words) - len(covered) >= LONG_SUBTITLE else 1)
    return cost


def beginning_with(prefix: str, words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word.startswith(prefix))


def left_out(word: str, vocabulary: Vocabulary) -> float:
    """A word that no title has says less than one that others have; but a number tells a film
    from its sequels."""
    if word.isdecimal() or word in DIGITS:
        return LEFT_OUT
    titles = sum(vocabulary.titles.get(form, 0) for form in word_forms(word))
    if not titles:
        return LEFT_OUT
    rarity = 6 * math.log(max(1, vocabulary.title_count / titles))
    return min(LEFT_OUT, COMMON_LEFT_OUT + rarity)


def letters_more(query: NameQuery, title: FoundTitle, parts: Comparison) -> int:
    """How many letters the title has that were not typed."""
    key = without_article(title.key)
    if parts.begins:
        return len(key.replace(" ", "")) - min(map(len, query.joined_names))
    words = key.split()
    left = [word for word in words if word not in parts.matched and word not in SMALL_WORDS]
    # Those of a compound are not there by themselves, nor are the pairs of spaceless scripts.
    joined = sum(len(word) for word in parts.matched if word not in words)
    return max(0, sum(map(len, left)) - joined) + parts.unfinished


def for_more(query: NameQuery, title: FoundTitle, more: int) -> float:
    penalty = PART + min(MOST_FOR_LENGTH, more * 2 / 3)
    starts = (query.key, query.bare_key)
    if title.key.startswith(starts) or without_article(title.key).startswith(starts):
        return penalty - (BEGINS_SHORT if len(query.key) <= SHORT else BEGINS)
    return penalty
