"""Reads what stands in one field of a row: a year, a day, a rating, an id, a state. Pure."""

import re
from datetime import date
from functools import lru_cache

from movies.imdb_ids import imdb_id_of_typed, normalise_imdb_id

# A spreadsheet makes 2001.0 of a year; a date begins with it; a series has two.
YEAR = re.compile(r"([12][0-9]{3})(?:\.0+|[-/.][01]?[0-9](?:[-/.T ].*)?)?")
YEAR_LENGTH = 4
YEARS = re.compile(r"([12][0-9]{3})\s*[-–—]\s*(?:[12][0-9]{3})?")
TITLE_WITH_YEAR = re.compile(r"(.*\S)\s*[(\[]([12][0-9]{3})[)\]]\s*")
APOSTROPHE = "'"
ARTICLE_LAST = re.compile(
    r"(.*\S), (the|an?|l[ea]s?|el|los|il|lo|gli|die|der|das|l')", re.IGNORECASE
)
ISO_DAY = re.compile(r"([12][0-9]{3})[-/]([01]?[0-9])[-/]([0-3]?[0-9])(?![0-9])")
# IMDb's until 2016: `Sat Jan 16 00:00:00 2016`.
OLD_DAY = re.compile(r"\w{3} (\w{3}) +([0-9]{1,2}) [0-9:]{8} (?:\w+ )?([12][0-9]{3})")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTHS_OF_A_YEAR = 12
FRACTION = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:/|(?=%))\s*(5|10|20|100|%)")
STARS = re.compile(r"([★⭐]+)[☆️]*(½?)[☆️]*")
# As Germany and Eastern Europe write it; with slashes the first number is the day for some and the
# month for others, and only one above 12 tells.
DOTTED_DAY = re.compile(r"([0-3]?[0-9])\.\s?([01]?[0-9])\.\s?([12][0-9]{3})(?![0-9])")
SLASHED_DAY = re.compile(r"([0-3]?[0-9])[/-]([0-3]?[0-9])[/-]([12][0-9]{3})(?![0-9])")
DAY_FIRST = re.compile(r"(?:\w+, )?([0-9]{1,2})[ -](\w{3})\w*\.?,?[ -]([12][0-9]{3})(?![0-9])")
MONTH_FIRST = re.compile(r"(\w{3})\w*\.? ([0-9]{1,2}),? ([12][0-9]{3})(?![0-9])")
NUMBER = re.compile(r"[0-9]{1,9}(?:\.0+)?")
# How an episode is called.
EPISODE = re.compile(r"\bepisode #?[0-9]+\.[0-9]+|\bs[0-9]{1,2}e[0-9]{1,3}\b", re.IGNORECASE)
WANTED = {"planning", "planned", "plantowatch", "wanttowatch", "towatch", "watchlist", "unwatched",
          "unseen", "inprogress", "watching", "paused", "onhold", "hold"}  # fmt: skip
SEEN = {"completed", "watched", "seen", "finished", "repeating", "rewatching", "rewatched",
        "dropped"}  # fmt: skip
# Whether something is so, as tables of many languages say it.
YES = {"yes", "y", "true", "x", "✓", "✔", "☑", "✅", "ja", "j", "oui", "sí", "si", "sì", "sim",
       "tak", "да", "так", "kyllä", "evet", "ano", "áno", "da", "igen", "ναι", "はい", "是", "예",
       "네", "כן", "نعم"}  # fmt: skip
NO = {"no", "n", "false", "-", "–", "✗", "✘", "☐", "❌", "nein", "non", "não", "nao", "nie", "нет",
      "ні", "ei", "nej", "nei", "nee", "hayır", "ne", "nem", "όχι", "いいえ", "否", "아니오", "לא",
      "لا"}  # fmt: skip
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


def split_year(title: str) -> tuple[str, int] | None:
    """A title with its year in brackets behind it, apart; an article that a comma has put to the
    title's end (`Matrix, The`) stands before it again."""
    if not (found := TITLE_WITH_YEAR.fullmatch(title)):
        return None
    name = found[1]
    if last := ARTICLE_LAST.fullmatch(name):
        name = f"{last[2]}{'' if last[2].endswith(APOSTROPHE) else ' '}{last[1]}"
    return name, int(found[2])


def is_span_of_years(text: str) -> bool:
    """Whether it is from one year to another, as a series has it."""
    return len(text) > YEAR_LENGTH and YEARS.fullmatch(text) is not None


@lru_cache(maxsize=10_000)
def parse_day(text: str) -> str | None:
    """The day as ISO 8601 has it, whatever time comes after it; None for what is no day.

    One and the same for all rows of that day: there may be 100,000 of them.
    """
    try:
        year, month, day = _year_month_day(text) or (0, 0, 0)
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _year_month_day(text: str) -> tuple[int, int, int] | None:
    if found := ISO_DAY.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := OLD_DAY.fullmatch(text):
        return int(found[3]), _month(found[1]), int(found[2])
    if found := DOTTED_DAY.match(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := SLASHED_DAY.match(text):
        return _slashed(int(found[1]), int(found[2]), int(found[3]))
    if found := DAY_FIRST.match(text):
        return int(found[3]), _month(found[2]), int(found[1])
    if found := MONTH_FIRST.match(text):
        return int(found[3]), _month(found[1]), int(found[2])
    return None


def _slashed(first: int, second: int, year: int) -> tuple[int, int, int] | None:
    if first == second or second > MONTHS_OF_A_YEAR:
        return year, first, second
    return (year, second, first) if first > MONTHS_OF_A_YEAR else None


def _month(name: str) -> int:
    """Its number by its first three letters; 0 for none."""
    return MONTHS.index(name.casefold()) + 1 if name.casefold() in MONTHS else 0


def parse_rating(text: str, *, stars: bool = False) -> float | None:
    """From 1 to 10, out of five stars doubled; None for 0, for none, and for what is no rating.

    `8/10`, `4/5`, `85 %` and `★★★★½` say themselves what they are out of."""
    number, factor = _out_of(text, 2.0 if stars else 1.0)
    try:
        rating = float(number.replace(",", ".")) * factor
    except ValueError:
        return None
    if not 1 <= rating <= 10:
        return None
    return int(rating) if rating.is_integer() else rating


def _out_of(text: str, factor: float) -> tuple[str, float]:
    """The number in the text, and what makes one of ten of it."""
    if found := FRACTION.fullmatch(text):
        return found[1], 10 / int(found[2].replace("%", "100"))
    if found := STARS.fullmatch(text):
        return str(len(found[1]) + 0.5 * bool(found[2])), 2.0
    return text, factor


def parse_imdb_id(text: str) -> str | None:
    """By itself, or in the address of its page; in a column that is called so after the site, so
    that a number of few digits there can be anything."""
    if len(text) > LONGEST_ADDRESS or (text.isdigit() and len(text) < LEAST_DIGITS):
        return None
    text = text.removeprefix("imdb://")  # Plex's
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


def parse_seen(text: str) -> bool | None:
    """Whether, or how often, a film was seen; None where that is no answer to it."""
    word = text.strip().casefold()
    if word.isdigit():
        return int(word[:9]) > 0
    if word in NO:
        return False
    return True if word in YES or parse_day(text) else None


def names_episode(title: str) -> bool:
    """Whether the title is of an episode by the way it is written."""
    return EPISODE.search(title) is not None
