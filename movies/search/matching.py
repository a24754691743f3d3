"""Which titles match what was typed, and which of them match better."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from psycopg import sql

from movies.search.asked import ARTICLES, Typed, read, respacings, same_number
from movies.search.narrowing import Narrowing
from movies.search.spelling import Vocabulary, look_up, neighbours
from movies.search.titles import Found, Group, exact, holding

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
class Ranked:
    """A film's best title; one of a lower rank comes first, then one with a higher score."""

    movie_id: int
    name: str
    rank: int
    score: int

    @property
    def place(self) -> tuple[int, int]:
        """The better match has the lower one."""
        return self.rank, -self.score


def matches(typed: Typed, narrowing: Narrowing, limit: int) -> list[Ranked]:
    """The best title of each film, of at least `limit` films if there are as many.

    It asks no further than it has to.
    """
    found: dict[int, Ranked] = {}
    most = max(limit, AT_LEAST)
    for rank, titles in enumerate(stages(typed, narrowing, most, found)):
        for title in titles:
            ranked = Ranked(title.movie_id, title.name, rank, title.score)
            found.setdefault(title.movie_id, ranked)
        if len(found) >= limit:
            break
    return list(found.values())


def stages(
    typed: Typed, narrowing: Narrowing, limit: int, found: dict[int, Ranked]
) -> Iterator[Iterable[Found]]:
    """Titles that are the name; that hold its words; that do but for a typing error, or a space.

    After better matches only those misspelt ones are given that are the whole name but for the
    error. `found` is what the stages before have given.
    """
    names = exact(typed.spellings, verbatim(typed), narrowing, limit)
    yield names
    known = look_up(typed.vocabulary, typed.unfinished)
    groups = meant(typed, known)
    held = holding(groups, beginning(typed), narrowing, limit, known.titles)
    yield held
    if found:  # then the last word counts as it is
        groups = [finished(word, known) for word in typed.words]
    near = holding(
        or_misspelt(typed, groups, known), wholeness(typed), narrowing, limit, known.titles
    )
    yield [title for title in near if not found or title.score >= DECISIVE]
    readings = [name.key for name in names if differ_in_spaces(name.key, typed.key)]
    if readings or not (held or near):
        respaced = respacing(typed, groups, readings)
        if respaced:
            yield holding(respaced, beginning(typed), narrowing, limit, known.titles)


def meant(typed: Typed, known: Vocabulary) -> list[Group]:
    """For each typed word those that it may mean without an error; the last may be unfinished."""
    groups = [finished(word, known) for word in typed.words]
    if typed.unfinished:
        words = tuple({*same_number(typed.unfinished), *known.endings})
        groups[-1] = Group(words, known.share(words), typed.unfinished, known.has_all_endings)
    return groups


def finished(word: str, known: Vocabulary) -> Group:
    """The word; a number in any way in which that is written."""
    words = same_number(word)
    return Group(words, known.share(words))


def or_misspelt(typed: Typed, groups: Sequence[Group], known: Vocabulary) -> list[Group]:
    """The same, or a word that is a typing error away."""
    near = neighbours(typed.words)
    return [
        group.joined_by(others, sum(others.values()) / known.titles)
        for group, others in zip(groups, map(near.get, typed.words, repeat({})), strict=True)
    ]


def respacing(typed: Typed, groups: Sequence[Group], names: Sequence[str]) -> list[Group]:
    """The likeliest reading with one space more or less: of these names, or starwars, god father.

    [] if there is none of which all words are known.
    """
    readings = [read(name).words for name in names[:1]] or respacings(typed.words)
    new = {reading: set(reading) - set(typed.words) for reading in readings}
    if not any(new.values()):
        return []
    known = look_up(list(set().union(*new.values())), "")
    rarest = {
        reading: min(map(known.films.get, words, repeat(0)), default=0)
        for reading, words in new.items()
    }
    best = max(readings, key=rarest.__getitem__)
    if not rarest[best]:
        return []
    kept = dict(zip(typed.words, groups, strict=True))
    return [kept.get(word) or finished(word, known) for word in best]


def differ_in_spaces(key: str, other: str) -> bool:
    return key != other and key.replace(" ", "") == other.replace(" ", "")


def verbatim(typed: Typed) -> sql.Composable:
    return BONUS.format(KEY_IS.format(typed.key), DECISIVE if typed.has_article else VERBATIM)


def beginning(typed: Typed) -> sql.Composable:
    """A bonus for titles that begin with what was typed, an article before it left aside."""
    is_short = len(typed.key) <= SHORT
    starts = [typed.key, *(f"{article} {typed.key}" for article in ARTICLES)]
    begins = KEY_IS_LIKE.format([f"{start}%" for start in starts])
    whole = KEY_IS_LIKE.format([f"{start} %" for start in starts])
    return sql.SQL("{} + {}").format(
        BONUS.format(begins, SHORT_BEGINNING if is_short else BEGINNING),
        BONUS.format(whole, SHORT_WHOLE if is_short else WHOLE),
    )


def wholeness(typed: Typed) -> sql.Composable:
    """A bonus for titles of as many words as were typed, an article left aside."""
    articles = [f"{article} %" for article in ARTICLES]
    return BONUS.format(WORDS.format(articles, len(typed.key.split())), DECISIVE)
