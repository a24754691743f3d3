"""A search query as it is typed: an id, or a name in its words, perhaps with a year beside it."""

import re
from dataclasses import dataclass

from movies import folding
from movies.imdb_ids import imdb_id_of_typed

TMDB_URL = re.compile(r"\S*\bthemoviedb\.org/(?:\S*/)?movie/(\d{1,9})\b\S*", re.IGNORECASE)
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
NUMBER_FORMS = {
    word: number for number in NUMBERS for word in number if word not in {"i", "v", "x"}
}
# God father and starwars: a space too many or too few, in names up to this length.
LONGEST_RESPACED_KEY = 30
# The same within a longer name, of up to so many words.
MOST_RESPACED_WORDS = 8
# Written or left out at will, and often as a sign.
CONJUNCTION = "and"


@dataclass(frozen=True, slots=True)
class SearchQuery:
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
class NameQuery:
    """A name, folded and split into words, the last of which may be the prefix of one."""

    key: str
    words: tuple[str, ...]
    # The last of the words, where it may be unfinished; else "".
    prefix: str

    @property
    def word_forms(self) -> list[str]:
        """The words, numbers among them in every form."""
        return [form for word in self.words for form in number_forms(word)]

    @property
    def has_article(self) -> bool:
        first, _, rest = self.key.partition(" ")
        return first in ARTICLES and bool(rest)

    @property
    def key_variants(self) -> list[str]:
        """Keys that may mean the same: with another article or none, or with a space elsewhere."""
        bare = self.key.partition(" ")[2] if self.has_article else self.key
        spaced = respaced_keys(bare) if len(bare) <= LONGEST_RESPACED_KEY else []
        keys = [self.key, bare, *(f"{article} {bare}" for article in ARTICLES)]
        keys += spaced + [f"{article} {key}" for article in COMMON_ARTICLES for key in spaced]
        return list(dict.fromkeys(keys))


def parse_query(text: str) -> SearchQuery:
    """The film's id, where the text is one or an address with one; else the name and the year."""
    text = text.strip()
    if imdb_id := imdb_id_of_typed(text):
        return SearchQuery("", imdb_id=imdb_id)
    if found := TMDB_URL.fullmatch(text):
        return SearchQuery("", tmdb_id=int(found[1]))
    if found := NAME_AND_YEAR.fullmatch(text):
        return SearchQuery(found[1], year=int(found[2]))
    return SearchQuery(text)


def parse_name(name: str) -> NameQuery:
    """The name's words in their order; those of scripts without spaces are never a prefix."""
    key = folding.key(name)
    words = folding.words_of_key(key)
    # The characters of a bigram need not be looked for one by one.
    bigrams = "".join(word for word in words if is_bigram(word))
    words = [word for word in words if word not in bigrams or is_bigram(word)]
    last = folding.SPACELESS.split(key.rpartition(" ")[2])[-1]
    if last:  # at the end, even if it stands at its beginning as well
        words = [word for word in words if word != last] + [last]
    if len(words) > 1:
        words = [word for word in words if word != CONJUNCTION]
    return NameQuery(key, tuple(words), "" if last == CONJUNCTION else last)


def is_bigram(word: str) -> bool:
    """Whether it is two characters of a script without spaces, as such names are indexed by."""
    return len(word) == 2 and bool(folding.SPACELESS.fullmatch(word))


def number_forms(word: str) -> tuple[str, ...]:
    """The word; where it is a number, in every way in which that is written."""
    return NUMBER_FORMS.get(word, (word,))


def respaced_keys(key: str) -> list[str]:
    """The key with one space more or less, or without any."""
    more = [f"{key[:index]} {key[index:]}" for index in range(1, len(key))]
    less = [key[:index] + key[index + 1 :] for index, sign in enumerate(key) if sign == " "]
    return [*more, *less, key.replace(" ", "")]


def respaced_words(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words with two of them written as one, or one as two."""
    if len(words) > MOST_RESPACED_WORDS:
        return []
    merged = [
        (*words[:index], words[index] + words[index + 1], *words[index + 2 :])
        for index in range(len(words) - 1)
    ]
    split = [
        (*words[:index], word[:cut], word[cut:], *words[index + 1 :])
        for index, word in enumerate(words)
        for cut in range(2, len(word) - 1)
    ]
    return merged + split
