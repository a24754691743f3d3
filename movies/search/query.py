"""A search query as it is typed: an id, or a name in its words, perhaps with a year beside it."""

import re
from dataclasses import dataclass
from functools import cached_property

from movies import folding
from movies.articles import ARTICLES, joined_key, without_article
from movies.imdb_ids import imdb_id_of_typed
from movies.search.numbers import in_digits

TMDB_URL = re.compile(r"\S*\bthemoviedb\.org/(?:\S*/)?movie/(\d{1,9})\b\S*", re.IGNORECASE)
NAME_AND_YEAR = re.compile(r"(.*\S)\s*[(\[（]\s*([12]\d{3})\s*[)\]）]")
YEAR = re.compile(r"(?:^|(?<=\s))(?:18[7-9]\d|19\d\d|20\d\d)(?=\s|$)")

# Written in several ways, each as good as the other: Rocky II, Ocean's Eleven, Batman v Superman.
SPELLINGS = [
    ("1", "i", "one"), ("2", "ii", "two"), ("3", "iii", "three"), ("4", "iv", "four"),
    ("5", "v", "five"), ("6", "vi", "six"), ("7", "vii", "seven"), ("8", "viii", "eight"),
    ("9", "ix", "nine"), ("10", "x", "ten"), ("11", "xi", "eleven"), ("12", "xii", "twelve"),
    ("13", "xiii", "thirteen"), ("14", "xiv", "fourteen"), ("15", "xv", "fifteen"),
    ("20", "xx", "twenty"), ("30", "thirty"), ("40", "forty"), ("50", "fifty"), ("60", "sixty"),
    ("70", "seventy"), ("80", "eighty"), ("90", "ninety"),
    ("1st", "first"), ("2nd", "second"), ("3rd", "third"), ("4th", "fourth"), ("5th", "fifth"),
    ("6th", "sixth"), ("7th", "seventh"), ("8th", "eighth"), ("9th", "ninth"), ("10th", "tenth"),
    ("100", "hundred"), ("1000", "thousand"),
    ("part", "pt"), ("volume", "vol"), ("versus", "vs", "v"), ("doctor", "dr"),
    ("mister", "mr"), ("saint", "st"), ("episode", "ep"), ("junior", "jr"), ("mount", "mt"),
    ("number", "no"), ("ok", "okay"),
    # British and American.
    ("colour", "color"), ("grey", "gray"), ("theatre", "theater"), ("judgement", "judgment"),
    ("honour", "honor"), ("centre", "center"), ("defence", "defense"), ("armour", "armor"),
    ("neighbour", "neighbor"), ("neighbours", "neighbors"), ("harbour", "harbor"),
    ("favourite", "favorite"), ("traveller", "traveler"), ("programme", "program"),
    ("jewellery", "jewelry"), ("pyjamas", "pajamas"), ("mum", "mom"), ("tyre", "tire"),
]  # fmt: skip
# I, V and X by themselves are letters, too; St and No are words of many languages.
ONE_WAY = {"i", "v", "x", "no", "one"}
WORD_FORMS = {
    word: (word, *(other for other in forms if other != word))
    for forms in SPELLINGS
    for word in forms
    if word not in ONE_WAY
} | {"one": ("one", "1", "i"), "v": ("v", "vs", "versus")}
DIGITS = {word: forms[0] for forms in SPELLINGS for word in forms if forms[0].isdecimal()}
# E T, as folding joins E.T.
INITIALS = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_])+(?!\S)")
# What people add to a name to say what they look for.
NOISE = {"movie", "movies", "film", "films", "full", "trailer", "filme", "pelicula"}
# What joins such a word to the rest: "films by Ozu", "movie about a shark with".
JOINING = {"by", "with", "about", "of", "from", "in", "where", "starring", "directed"}
# Spans of so many words of a name at the most are looked for as names of their own.
MOST_SPAN_WORDS = 10
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
        """The name without the last year in it, if there is one beside other words."""
        years = list(YEAR.finditer(self.name))
        if not years:
            return None
        rest = self.name[: years[-1].start()].rstrip() + self.name[years[-1].end() :]
        return (rest.strip(), int(years[-1][0])) if folding.key(rest) else None


@dataclass(frozen=True)
class NameQuery:
    """A name, folded and split into words, the last of which may be the prefix of one."""

    typed: str
    key: str
    words: tuple[str, ...]
    # The last of the words, where it may be unfinished; else "".
    prefix: str
    # The year that is said, beside the name or in it.
    year: int | None = None
    # Of the words those that a title need not have: the year, and such as "movie".
    optional: frozenset[str] = frozenset()

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if word not in self.optional)

    @property
    def word_forms(self) -> list[str]:
        """The words, each in every spelling."""
        return [form for word in self.words for form in word_forms(word)]

    @cached_property
    def bare_key(self) -> str:
        """Without what a title need not have."""
        return " ".join(word for word in self.key.split() if word not in self.optional)

    @property
    def key_variants(self) -> list[str]:
        """Keys that may mean the same: with another article or none."""
        bare = {without_article(self.key), without_article(self.bare_key)}
        keys = [self.key, *bare, *(f"{article} {key}" for article in ARTICLES for key in bare)]
        return list(dict.fromkeys(keys))

    @cached_property
    def joined_names(self) -> list[str]:
        """The whole name without spaces, as it is and without what a title need not have."""
        keys = (self.key, self.bare_key)
        return list(dict.fromkeys(joined_key(key) for key in keys))

    @cached_property
    def spans(self) -> dict[str, frozenset[str]]:
        """Parts of the name that may be a name by themselves, without spaces, with their words:
        words beside one another, and all but one; numbers as digits, too."""
        words = self.key.split()
        if len(words) > MOST_SPAN_WORDS:
            words = words[:MOST_SPAN_WORDS]
        parts = [words[:place] + words[place + 1 :] for place in range(len(words))]
        parts += [
            words[start:end] for start in range(len(words)) for end in range(start + 1, len(words))
        ]
        parts += [self.key.split(), self.bare_key.split()]
        spans: dict[str, frozenset[str]] = {}
        for part in filter(None, parts):
            bare = without_article(" ".join(part)).split()
            whole = "".join(bare)
            digits = "".join(DIGITS.get(word, word) for word in in_digits(bare))
            for joined in {whole, digits, whole.removeprefix("the") or whole}:
                spans[joined] = max(spans.get(joined, frozenset()), frozenset(part), key=len)
        return spans


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


def parse_name(name: str, year: int | None = None) -> NameQuery:
    """The name's words in their order; those of scripts without spaces are never a prefix.

    The `year` stands beside the name, or else may be one of its words.
    """
    key = INITIALS.sub(lambda found: found[0].replace(" ", ""), folding.key(name))
    words = folding.words_of_key(key)
    # The characters of a bigram need not be looked for one by one.
    bigrams = "".join(word for word in words if is_bigram(word))
    words = [word for word in words if word not in bigrams or is_bigram(word)]
    last = folding.SPACELESS.split(key.rpartition(" ")[2])[-1]
    if last:  # at the end, even if it stands at its beginning as well
        words = [word for word in words if word != last] + [last]
    if len(words) > 1:
        words = [word for word in words if word != CONJUNCTION]
    optional = NOISE & set(words)
    if optional:
        optional |= JOINING & set(words)
    if year is None and (found := SearchQuery(name).without_year):
        year = found[1]
        optional.add(str(year))
    if optional >= set(words):
        optional = set()
    prefix = "" if last == CONJUNCTION or last in optional else last
    return NameQuery(name, key, tuple(words), prefix, year, frozenset(optional))


def is_bigram(word: str) -> bool:
    """Whether it is two characters of a script without spaces, as such names are indexed by."""
    return len(word) == 2 and bool(folding.SPACELESS.fullmatch(word))


def word_forms(word: str) -> tuple[str, ...]:
    """The word; where it is a number or shortened, in every way in which that is written."""
    return WORD_FORMS.get(word, (word,))
