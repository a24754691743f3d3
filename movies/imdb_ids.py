"""IMDb's ids of titles: `tt` and seven digits or more. Found, normalised, linked to. Pure."""

import re

# Seven digits, eight since 2019; what is longer may come.
PATTERN = "tt[0-9]{7,10}"
IN_TEXT = re.compile(rf"\b{PATTERN}\b")
# An id by itself, or in the address of the title's page, as either is typed or pasted.
TYPED = re.compile(rf"(?:\S*\bimdb\.com/(?:\S*/)?title/)?({PATTERN})(?:[/?#]\S*)?", re.IGNORECASE)
# A spreadsheet takes the zeros away, and some exports the tt.
NUMBER = re.compile(r"(?:tt)?([0-9]{1,10})", re.IGNORECASE)

TITLE_URL = "https://www.imdb.com/title/{}/"


def find_imdb_id(text: str) -> str | None:
    """The first id in a text, as it stands there."""
    found = IN_TEXT.search(text)
    return found.group() if found else None


def imdb_id_of_typed(text: str) -> str | None:
    """The id that a text is, or the address of whose page it is; normalised."""
    found = TYPED.fullmatch(text)
    return normalise_imdb_id(found[1]) if found else None


def normalise_imdb_id(text: str) -> str | None:
    """`tt` and at least seven digits, of an id that may lack its zeros or its `tt`."""
    found = NUMBER.fullmatch(text)
    return f"tt{int(found[1]):07}" if found else None


def imdb_title_url(imdb_id: str) -> str:
    """The address of the title's page at IMDb."""
    return TITLE_URL.format(imdb_id)
