"""A search for no title but for a country, a time or both: `Japan 1950s`, `1954`, `USSR`."""

import re
from dataclasses import dataclass

from movies.country_names import country_called
from movies.folding import key

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
NOISE = {"film", "films", "movie", "movies", "cinema", "from", "of", "in", "best", "the"}


@dataclass(frozen=True, slots=True)
class PlaceAndTime:
    """A country by its code, the first and the last year; at least one of the two is there."""

    country: str | None = None
    since: int | None = None
    until: int | None = None

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
    country = country_called(without_noise(rest)) or country_called(rest.strip())
    if country is None and without_noise(rest):
        return None
    if country is None and since is None:
        return None
    return PlaceAndTime(country, since, until)


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
