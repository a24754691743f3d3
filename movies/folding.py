"""Folds names, so that how a film's name is written does not matter to a search.

Names and queries go through the same functions; PostgreSQL never folds, because its locales
disagree with each other.
"""

import re
import unicodedata
from itertools import pairwise

# PostgreSQL's index entries end at about 2,700 bytes; nobody types names of that length.
KEY_LENGTH = 200
WORD_LENGTH = 40

# Letters that NFKD does not take apart, and apostrophes of all kinds.
LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "ħ": "h", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ə": "a",
        "'": "", "‘": "", "’": "", "ʼ": "", "ʻ": "", "`": "", "′": "", "·": "",
    }
)  # fmt: skip
# Accents, Hebrew points, Arabic vowel signs and tatweel, and what cannot be seen (joiners, soft
# hyphens, bidi marks, variation selectors): written or left out at will.
POINTS = re.compile(r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
                    r"\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
                    r"\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
                    r"\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # fmt: skip
KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# Part of a word in scripts whose vowels are marks: without them Hindi and Thai fall apart.
MARKS = "".join(
    chr(code) for code in range(0x0300, 0x10000) if unicodedata.category(chr(code)) in {"Mn", "Mc"}
)
NOT_WORD = re.compile(rf"(?:[^\w{MARKS}]|_)+")
# Scripts written without spaces: Thai, Lao, Burmese, Khmer, Han with its iteration mark and
# zero, kana, bopomofo.
SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
                       r"\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
                       r"\U00020000-\U0003ffff]+")  # fmt: skip


def fold(name: str) -> str:
    """The name in lower case without accents and punctuation, its words by single spaces."""
    if name.isascii():
        folded = name.casefold().replace("'", "").replace("`", "")
    else:
        # NFKD would make a space of the acute accent that stands for an apostrophe.
        folded = unicodedata.normalize("NFKD", name.replace("´", "'"))
        folded = folded.casefold().translate(LETTERS)
        folded = POINTS.sub("", folded)
        # Kana and Hangul are compared composed; NFKD has unified full-width and half-width.
        folded = unicodedata.normalize("NFC", folded).translate(KATAKANA)
    return NOT_WORD.sub(" ", folded).strip()


def key(name: str) -> str:
    """What two spellings of one name have in common, for equality and prefixes."""
    return fold(name)[:KEY_LENGTH].rstrip()


def words(name: str) -> list[str]:
    """The name's distinct words in order; spaceless scripts as characters and pairs of them."""
    found: dict[str, None] = {}
    for word in key(name).split(" "):
        for piece in SPACELESS.split(word):
            if piece:
                found[piece[:WORD_LENGTH]] = None
        for run in SPACELESS.findall(word):
            found.update(dict.fromkeys(run))
            found.update(dict.fromkeys(map("".join, pairwise(run))))
    return list(found)
