"""Reads what stands in one field of a row: a year, a day, a rating, an id, a state. Pure."""

import re
from datetime import date
from functools import lru_cache

from movies.imdb_ids import imdb_id_of_typed, normalise_imdb_id

# A spreadsheet makes 2001.0 of a year; a date begins with it; a series has two.
YEAR = re.compile(r"([12][0-9]{3})(?:\.0+|[-/.][01]?[0-9](?:[-/.T ].*)?)?")
YEAR_LENGTH = 4
YEARS = re.compile(r"([12][0-9]{3})\s*[-–—]\s*(?:[12][0-9]{3})?")
ISO_DAY = re.compile(r"([12][0-9]{3})[-/]([01]?[0-9])[-/]([0-3]?[0-9])(?![0-9])")
# IMDb's until 2016: `Sat Jan 16 00:00:00 2016`.
OLD_DAY = re.compile(r"\w{3} (\w{3}) +([0-9]{1,2}) [0-9:]{8} (?:\w+ )?([12][0-9]{3})")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
NUMBER = re.compile(r"[0-9]{1,9}(?:\.0+)?")
# How an episode is called.
EPISODE = re.compile(r"\bepisode #?[0-9]+\.[0-9]+|\bs[0-9]{1,2}e[0-9]{1,3}\b", re.IGNORECASE)
WANTED = {"planning", "planned", "plantowatch", "wanttowatch", "towatch", "watchlist", "unwatched",
          "unseen", "inprogress", "watching", "paused", "onhold", "hold"}  # fmt: skip
SEEN = {"completed", "watched", "seen", "finished", "repeating", "rewatching", "rewatched",
        "dropped"}  # fmt: skip
# Of an address, in characters; and of an IMDb id without its letters and zeros.
LONGEST_ADDRESS, LEAST_DIGITS = 300, 5
# PostgreSQL's and TMDB's numbers end here.
HIGHEST_ID = 2**31 - 1


def parse_year(text: str) -> int | None:
    """The year that the text is, or begins with; the first of a series' two."""
    if len(text) == YEAR_LENGTH and text.isascii() and text.isdigit():  # as nearly all are
        return int(text) if "1000" <= text < "3000" else None
    found = YEAR.fullmatch(text) or YEARS.fullmatch(text)
    return int(found[1]) if found else None


def is_span_of_years(text: str) -> bool:
    """Whether it is from one year to another, as a series has it."""
    return len(text) > YEAR_LENGTH and YEARS.fullmatch(text) is not None


@lru_cache(maxsize=10_000)
def parse_day(text: str) -> str | None:
    """The day as ISO 8601 has it, whatever time comes after it; None for what is no day.

    One and the same for all rows of that day: there may be 100,000 of them.
    """
    if found := ISO_DAY.match(text):
        year, month, day = map(int, found.groups())
    elif found := OLD_DAY.fullmatch(text):
        name = found[1].casefold()
        month = MONTHS.index(name) + 1 if name in MONTHS else 0
        year, day = int(found[3]), int(found[2])
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def parse_rating(text: str, *, stars: bool = False) -> float | None:
    """From 1 to 10, out of five stars doubled; None for 0, for none, and for what is no rating."""
    try:
        rating = float(text.replace(",", ".")) * (2 if stars else 1)
    except ValueError:
        return None
    if not 1 <= rating <= 10:
        return None
    return int(rating) if rating.is_integer() else rating


def parse_imdb_id(text: str) -> str | None:
    """By itself, or in the address of its page; in a column that is called so after the site, so
    that a number of few digits there can be anything."""
    if len(text) > LONGEST_ADDRESS or (text.isdigit() and len(text) < LEAST_DIGITS):
        return None
    return normalise_imdb_id(text) or imdb_id_of_typed(text)


def parse_number(text: str) -> int | None:
    """A whole number above 0; a spreadsheet can have made 129.0 of it."""
    if not NUMBER.fullmatch(text):
        return None
    number = int(text.partition(".")[0])
    return number if 0 < number <= HIGHEST_ID else None


def parse_state(text: str) -> bool | None:
    """Whether a film of this state has been seen; None where nothing is said."""
    word = "".join(filter(str.isalpha, text.casefold()))
    return word in SEEN if word in SEEN | WANTED else None


def names_episode(title: str) -> bool:
    """Whether the title is of an episode by the way it is written."""
    return EPISODE.search(title) is not None
