"""Compares how names are written: letter by letter, without accents, or without signs. Pure."""

import re
import unicodedata
from enum import IntEnum

from movies.folding import APOSTROPHES, LETTERS, POINTS

# Signs that keyboards write in several ways.
TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys(APOSTROPHES + "´", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "…": "...",
    }
)
# They make another name where others only divide it: X+Y and X/Y, but not Spider-Man.
TELLING_SIGNS = re.compile(r"[+/!?.*#@%=$€£&<>~^|\\]")
BLANKS = re.compile(r"\s+")


class Spelling(IntEnum):
    """How far two names of one folded key are from each other."""

    AS_WRITTEN = 0
    OTHER_ACCENTS = 1
    OTHER_SIGNS = 2
    # Each has signs that the other has not.
    ANOTHER_NAME = 3


def compare(name: str, other: str) -> Spelling:
    """Two names that are the same when they are folded; capitals never matter."""
    if name == other:
        return Spelling.AS_WRITTEN
    written, other_written = _written(name), _written(other)
    if written == other_written:
        return Spelling.AS_WRITTEN
    if _without_accents(written) == _without_accents(other_written):
        return Spelling.OTHER_ACCENTS
    signs, other_signs = _telling_signs(written), _telling_signs(other_written)
    if signs and other_signs and signs != other_signs:
        return Spelling.ANOTHER_NAME
    return Spelling.OTHER_SIGNS


def _written(name: str) -> str:
    if name.isascii():
        return BLANKS.sub(" ", name.casefold())
    composed = unicodedata.normalize("NFC", name).translate(TYPOGRAPHY)
    return BLANKS.sub(" ", composed.casefold())


def _without_accents(written: str) -> str:
    if written.isascii():
        return written
    apart = POINTS.sub("", unicodedata.normalize("NFKD", written))
    return "".join(map(_plain_letter, unicodedata.normalize("NFC", apart)))


def _plain_letter(character: str) -> str:
    return character.translate(LETTERS) if character.isalpha() else character


def _telling_signs(written: str) -> list[str]:
    return sorted(TELLING_SIGNS.findall(written))
