"""A search for no title but for a country or a continent, a time, a genre, or several of these:
`Japan 1950s`, `1954`, `USSR`, `french comedies`."""

import re
from dataclasses import dataclass, field, replace
from typing import TypedDict

from movies.country_names import country_called
from movies.folding import key
from movies.genre_names import genre_called
from movies.nationalities import continent_called, nationality_called

FIRST_YEAR, LAST_YEAR = 1870, 2100
RANGE = re.compile(
    r"\b((?:18|19|20)\d\d)s?\s*(?:-|–|—|to|until)\s*((?:18|19|20)\d\d)(s?)(?!\w)", re.I
)
DECADE = re.compile(r"\b(?:the\s+)?((?:18[7-9]|19\d|20\d)0)['’]?s(?!\w)", re.I)
# Of the last hundred years before those that are not over.
SHORT_DECADE = re.compile(r"(?:\bthe\s+)?(?<!\w)['’]?([0-9]0)['’]?s(?!\w)", re.I)
YEAR = re.compile(r"(?<![\w])((?:18[7-9]|19\d|20\d)\d)(?!\w)")
FIRST_OF_SHORT = 20
# What is said beside them and means nothing more.
FILMS = {"film", "films", "movie", "movies", "cinema"}
NOISE = FILMS | {"from", "of", "in", "best", "the"}


class Narrowing(TypedDict):
    """By what a country's or a continent's list is narrowed."""

    since: int | None
    until: int | None
    genre: int | None


@dataclass(frozen=True, slots=True)
class PlaceAndTime:
    """A country by its code or a continent by its name, the first and the last year, and a genre
    by TMDB's number; at least one of these is there."""

    country: str | None = None
    since: int | None = None
    until: int | None = None
    continent: str | None = None
    genre: int | None = None
    # Whether the country was called by its adjective: "italian".
    is_adjective: bool = field(default=False, compare=False)

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(since=self.since, until=self.until, genre=self.genre)

    @property
    def is_genre_alone(self) -> bool:
        return self == PlaceAndTime(genre=self.genre)

    @property
    def time(self) -> str:
        """`1950s`, `1954`, `1950–1969`; empty for all times."""
        if self.since is None or self.until is None:
            return ""
        if self.since == self.until:
            return str(self.since)
        is_decade = self.since % 10 == 0 and self.until == self.since + 9
        return f"{self.since}s" if is_decade else f"{self.since}–{self.until}"

    @property
    def decade(self) -> int | None:
        """Its first year, where the time is one decade."""
        return self.since if self.time.endswith("s") else None


def parse_place_and_time(text: str) -> PlaceAndTime | None:
    """None where anything else is said, which may be the title of a film."""
    since, until, rest = split_time(text)
    place = parse_place(without_noise(rest)) or parse_place(key(rest))
    if place is None:
        is_time_alone = since is not None and not without_noise(rest)
        return PlaceAndTime(since=since, until=until) if is_time_alone else None
    if place.is_adjective and since is None and place.genre is None and not has_films(rest):
        return None
    return replace(place, since=since, until=until)


def parse_place(text: str) -> PlaceAndTime | None:
    """A country, a continent, a genre, or a genre beside one of the former."""
    words = text.split()
    for at in range(len(words) + 1):
        for named, genre in ((words[at:], words[:at]), (words[:at], words[at:])):
            found = place_of(" ".join(named), " ".join(genre))
            if found is not None:
                return found
    return None


def place_of(named: str, genre: str) -> PlaceAndTime | None:
    """Of what is left when one of them is empty, the other; None where either is not known."""
    number = genre_called(genre)
    if (genre and number is None) or not (named or genre):
        return None
    if not named:
        return PlaceAndTime(genre=number)
    if code := country_called(named):
        return PlaceAndTime(code, genre=number)
    if continent := continent_called(named):
        return PlaceAndTime(continent=continent, genre=number)
    if code := nationality_called(named):
        return PlaceAndTime(code, genre=number, is_adjective=True)
    return None


def has_films(text: str) -> bool:
    """Whether it is said that films are looked for."""
    return not FILMS.isdisjoint(key(text).split())


def split_time(text: str) -> tuple[int | None, int | None, str]:
    """The first and the last year that are said, and the text without them."""
    if found := RANGE.search(text):
        since, until = int(found[1]), int(found[2]) + (9 if found[3] else 0)
        if since > until:
            return None, None, text
    elif found := DECADE.search(text):
        since, until = int(found[1]), int(found[1]) + 9
    elif found := SHORT_DECADE.search(text):
        short = int(found[1])
        since = (1900 if short >= FIRST_OF_SHORT else 2000) + short
        until = since + 9
    elif found := YEAR.search(text):
        since = until = int(found[1])
    else:
        return None, None, text
    return since, until, text[: found.start()] + " " + text[found.end() :]


def without_noise(text: str) -> str:
    return " ".join(word for word in key(text).split() if word not in NOISE)
