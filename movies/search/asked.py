"""What somebody means who types a film's name: an id, a year beside the name, words."""

import re
from dataclasses import dataclass

from movies import folding

IMDB_ID = re.compile(r"(?:\S*\bimdb\.com/(?:\S*/)?title/)?tt(\d{7,8})(?:[/?#]\S*)?", re.IGNORECASE)
TMDB_ADDRESS = re.compile(r"\S*\bthemoviedb\.org/(?:\S*/)?movie/(\d{1,9})\b\S*", re.IGNORECASE)
NAME_AND_YEAR = re.compile(r"(.*\S)\s*[(\[（]\s*([12]\d{3})\s*[)\]）]")
NAME_THEN_YEAR = re.compile(r"(.*\S)\s+(1[89]\d\d|20\d\d)")

# One of them may stand before a name or be left out: "godfather" means The Godfather.
ARTICLES = ("the", "a", "an", "le", "la", "les", "l", "el", "los", "las", "il", "lo",
            "der", "das")  # fmt: skip
COMMON_ARTICLES = ("the", "a")
# Numbers are written in three ways: Rocky II, Ocean's Eleven.
NUMBERS = [
    ("1", "i", "one"), ("2", "ii", "two"), ("3", "iii", "three"), ("4", "iv", "four"),
    ("5", "v", "five"), ("6", "vi", "six"), ("7", "vii", "seven"), ("8", "viii", "eight"),
    ("9", "ix", "nine"), ("10", "x", "ten"), ("11", "xi", "eleven"), ("12", "xii", "twelve"),
]  # fmt: skip
# I, V and X by themselves are letters, too.
SAME_NUMBER = {
    word: number for number in NUMBERS for word in number if word not in {"i", "v", "x"}
}
# God father and starwars: a space too many or too few, in names up to this length.
LONGEST_SPACED = 30
# The same within a longer name, of up to so many words.
MOST_RESPACED = 8
# Written or left out at will, and often as a sign.
JOINING = "and"


@dataclass(frozen=True, slots=True)
class Asked:
    """A film's id, or a name, perhaps with the year beside it."""

    name: str
    year: int | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None

    @property
    def is_id(self) -> bool:
        return bool(self.imdb_id or self.tmdb_id)

    @property
    def without_year(self) -> tuple[str, int] | None:
        """The name and the year at its end, if there is one: matrix 1999."""
        found = NAME_THEN_YEAR.fullmatch(self.name)
        return (found[1], int(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class Typed:
    """A folded name in its words, the last of which may be the beginning of one."""

    key: str
    words: tuple[str, ...]
    # The last of the words, where it may be the beginning of another; else "".
    unfinished: str

    @property
    def vocabulary(self) -> list[str]:
        """All words that may be meant, but for typing errors and endings."""
        return [same for word in self.words for same in same_number(word)]

    @property
    def has_article(self) -> bool:
        first, _, rest = self.key.partition(" ")
        return first in ARTICLES and bool(rest)

    @property
    def spellings(self) -> list[str]:
        """Keys that may mean the same: with another article or none, or with a space elsewhere."""
        bare = self.key.partition(" ")[2] if self.has_article else self.key
        spaced = other_spaces(bare) if len(bare) <= LONGEST_SPACED else []
        keys = [self.key, bare, *(f"{article} {bare}" for article in ARTICLES)]
        keys += spaced + [f"{article} {key}" for article in COMMON_ARTICLES for key in spaced]
        return list(dict.fromkeys(keys))


def understand(text: str) -> Asked:
    """The film's id, where the text is one or an address with one; else the name and the year."""
    text = text.strip()
    if found := IMDB_ID.fullmatch(text):
        return Asked("", imdb_id=f"tt{int(found[1]):07}")
    if found := TMDB_ADDRESS.fullmatch(text):
        return Asked("", tmdb_id=int(found[1]))
    if found := NAME_AND_YEAR.fullmatch(text):
        return Asked(found[1], year=int(found[2]))
    return Asked(text)


def read(name: str) -> Typed:
    """The name's words in their order; those of scripts without spaces are never unfinished."""
    key = folding.key(name)
    words = folding.words_of_key(key)
    # The characters of a pair need not be looked for one by one.
    pairs = "".join(word for word in words if is_pair(word))
    words = [word for word in words if word not in pairs or is_pair(word)]
    last = folding.SPACELESS.split(key.rpartition(" ")[2])[-1]
    if last:  # at the end, even if it stands at its beginning as well
        words = [word for word in words if word != last] + [last]
    if len(words) > 1:
        words = [word for word in words if word != JOINING]
    return Typed(key, tuple(words), "" if last == JOINING else last)


def is_pair(word: str) -> bool:
    return len(word) == 2 and bool(folding.SPACELESS.fullmatch(word))


def same_number(word: str) -> tuple[str, ...]:
    """The word; where it is a number, in every way in which that is written."""
    return SAME_NUMBER.get(word, (word,))


def other_spaces(key: str) -> list[str]:
    """The key with one space more or less, or without any."""
    more = [f"{key[:place]} {key[place:]}" for place in range(1, len(key))]
    less = [key[:place] + key[place + 1 :] for place, sign in enumerate(key) if sign == " "]
    return [*more, *less, key.replace(" ", "")]


def respacings(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words with two of them written as one, or one as two."""
    if len(words) > MOST_RESPACED:
        return []
    joined = [
        (*words[:place], words[place] + words[place + 1], *words[place + 2 :])
        for place in range(len(words) - 1)
    ]
    parted = [
        (*words[:place], word[:cut], word[cut:], *words[place + 1 :])
        for place, word in enumerate(words)
        for cut in range(2, len(word) - 1)
    ]
    return joined + parted
