"""The words that a title has to have: of each word that was typed its alternatives, and how many
titles have them, about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod

from psycopg import sql

from movies.folding import SPACELESS
from movies.search.query import word_forms

# Words of one language are in a title together more often than by chance.
CORRELATION = 4

BEGUN = sql.SQL("key LIKE {first} OR key LIKE {later}")
WHOLE = sql.SQL("' ' || key || ' ' LIKE ANY ({patterns})")


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Alternatives: words of which a title has to have one."""

    words: tuple[str, ...]
    # The share of the titles that have one, about.
    share: float
    # Where not "", any word that begins with it will do as well.
    prefix: str = ""
    # Whether `words` has all that do.
    has_all_words: bool = True
    # The share of the titles that have the prefix as a word.
    whole_share: float = 0

    def with_alternatives(self, words: Iterable[str], share: float) -> "WordGroup":
        """With more words, and the share that these have."""
        return replace(self, words=(*self.words, *words), share=self.share + share)

    @property
    def as_whole_word(self) -> "WordGroup":
        """Without the words that its prefix begins."""
        return WordGroup(word_forms(self.prefix), self.whole_share) if self.prefix else self

    @property
    def key_patterns(self) -> list[str]:
        """LIKE's of the words that do not begin with the prefix, for keys between two spaces."""
        words = [word for word in self.words if not self.prefix or word[0] != self.prefix[0]
                 or not word.startswith(self.prefix)]  # fmt: skip
        return [f"%{word}%" if SPACELESS.match(word) else f"% {word} %" for word in words]


def selective_groups(groups: Sequence[WordGroup], title_count: float, few: int) -> list[WordGroup]:
    """The groups by which so few titles are found; none, if even all of them find more."""
    indexable = [group for group in groups if group.has_all_words]
    # A prefix is many words: these are left to be read, where the others suffice.
    whole_words = [group for group in indexable if not group.prefix]
    for some in (whole_words, indexable):
        if some and estimate_titles(some, title_count) <= few:
            return some
    return []


def estimate_titles(groups: Sequence[WordGroup], title_count: float) -> float:
    """About how many titles have a word of each, of so many."""
    shares = [min(CORRELATION * group.share, 1) for group in groups]
    return title_count / CORRELATION * prod(shares) if shares else title_count


def without_one(groups: Sequence[WordGroup]) -> list[list[WordGroup]]:
    return [[*groups[:place], *groups[place + 1 :]] for place in range(len(groups))]


def words_condition(groups: Sequence[WordGroup]) -> sql.Composable:
    """A word of each group, for the index over words."""
    single = [group.words[0] for group in groups if len(group.words) == 1]
    several = [list(group.words) for group in groups if len(group.words) > 1]
    conditions = [sql.SQL("words @> {}::text[]").format(single)] if single else []
    return conjunction(
        conditions + [sql.SQL("words && {}::text[]").format(words) for words in several]
    )


def key_condition(groups: Iterable[WordGroup]) -> sql.Composable:
    """The same for keys, which are compared one by one."""
    return conjunction(map(has_one, groups))


def has_one(group: WordGroup) -> sql.Composable:
    """A prefix is looked for in the key itself: to put spaces around tens of thousands of keys
    takes as long as to read them."""
    parts: list[sql.Composable] = []
    if group.prefix:
        parts.append(BEGUN.format(first=f"{group.prefix}%", later=f"% {group.prefix}%"))
    if group.key_patterns or not parts:
        parts.append(WHOLE.format(patterns=group.key_patterns))
    return sql.SQL("({})").format(sql.SQL(" OR ").join(parts))


def conjunction(conditions: Iterable[sql.Composable]) -> sql.Composable:
    return sql.SQL(" AND ").join([sql.SQL("true"), *conditions])
