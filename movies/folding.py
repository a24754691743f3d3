"""Folds names, so that how a film's name is written does not matter to a search.

Names and queries go through the same functions; PostgreSQL never folds, because its locales
disagree with each other.
"""

import re
import unicodedata
from itertools import pairwise

# To be raised with every change of what `key` or `words` give: stored titles are then folded
# anew (movies.derived.folded_names).
VERSION = 2

# PostgreSQL's index entries end at about 2,700 bytes; nobody types names of that length.
KEY_LENGTH = 200
WORD_LENGTH = 40

APOSTROPHES = "'‘’ʼʻ`′"
# Letters that NFKD does not take apart, or that keyboards of one script write in two ways.
LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "ħ": "h", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ə": "a", "ґ": "г",
        "ک": "ك", "ی": "ي", "ى": "ي", "ة": "ه",
        "&": " and ", "·": "", **dict.fromkeys(APOSTROPHES, ""),
    }
)  # fmt: skip
# Accents, Hebrew points, Arabic vowel signs and tatweel, the dot below letters of Hindi, and
# what cannot be seen (joiners, soft hyphens, bidi marks, variation selectors): written or left
# out at will.
POINTS = re.compile(r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
                    r"\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c"
                    r"\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
                    r"\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # fmt: skip
KATAKANA = re.compile(r"[\u30a1-\u30f6]")
HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# NFKD makes 1⁄2 of ½, and 81⁄2 of 8½.
FRACTION = re.compile(r"([¼-¾⅐-⅞↉])(?<=\d.)")
# M*A*S*H, E.T., S.W.A.T.: letters that are typed as one word.
INITIALS = re.compile(r"(?<!\w)[^\W\d_](?:[.*][^\W\d_])+(?!\w)")
# Part of a word in scripts whose vowels are marks: without them Hindi and Thai fall apart.
MARKS = "".join(
    chr(code) for code in range(0x0300, 0x10000) if unicodedata.category(chr(code)) in {"Mn", "Mc"}
)
NOT_WORD = re.compile(rf"(?:[^\w{MARKS}]|_)+")
NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
# Scripts written without spaces: Thai, Lao, Burmese, Khmer, Han with its iteration mark and
# zero, kana, bopomofo.
SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
                       r"\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
                       r"\U00020000-\U0003ffff]+")  # fmt: skip
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
# L'Avventura, d'Amélie, O'Brien: words of their own, unlike those in don't and Ocean's.
ELIDED = re.compile(
    rf"(?<!\w)([cdjlmnost]|qu|un|all|dell|nell|sull)[{APOSTROPHES}](?=\w)", re.IGNORECASE
)
# Spider-Man is typed Spiderman as well, and L'Avventura Lavventura.
COMPOUND = re.compile(rf"\w+(?:[-‐‑‒–.{APOSTROPHES}´]\w+)+")


def fold(name: str) -> str:
    """The name in lower case without accents and punctuation, its words by single spaces."""
    # Most names need the fewest of the steps; an export of 100,000 is folded while somebody waits.
    if name.isascii():
        folded = apart(name).casefold().replace("'", "").replace("`", "").replace("&", " and ")
        return NOT_ASCII_WORD.sub(" ", together(folded)).strip()
    # NFKD would make a space of the acute accent that stands for an apostrophe.
    composed = unicodedata.normalize("NFC", name.replace("´", "'"))
    spaced = FRACTION.sub(r" \1", apart(composed))
    folded = unicodedata.normalize("NFKD", spaced).casefold().translate(LETTERS)
    # Kana and Hangul are compared composed; NFKD has unified full-width and half-width.
    folded = unicodedata.normalize("NFC", POINTS.sub("", folded))
    if KATAKANA.search(folded):
        folded = folded.translate(HIRAGANA)
    return NOT_WORD.sub(" ", together(folded)).strip()


def apart(name: str) -> str:
    """L'Avventura as two words."""
    return ELIDED.sub(r"\1 ", name) if APOSTROPHE.search(name) else name


def together(name: str) -> str:
    """S.W.A.T. as one."""
    return INITIALS.sub(lambda initials: re.sub(r"[.*]", "", initials[0]), name)


def key(name: str) -> str:
    """What two spellings of one name have in common, for equality and prefixes."""
    return fold(name)[:KEY_LENGTH].rstrip()


def words(name: str) -> list[str]:
    """The distinct words by which a title is found: those of its key, and of its compounds."""
    found = dict.fromkeys(words_of_key(key(name)))
    for compound in COMPOUND.findall(unicodedata.normalize("NFC", name[:KEY_LENGTH])):
        joined = fold(compound).replace(" ", "")
        if joined and not SPACELESS.search(joined):
            found[joined[:WORD_LENGTH]] = None
    return list(found)


def words_of_key(key: str) -> list[str]:
    """Its distinct words in order; spaceless scripts as characters and pairs of them."""
    found: dict[str, None] = {}
    for word in key.split():
        for piece in SPACELESS.split(word):
            if piece:
                found[piece[:WORD_LENGTH]] = None
        for run in SPACELESS.findall(word):
            found.update(dict.fromkeys(run))
            found.update(dict.fromkeys(map("".join, pairwise(run))))
    return list(found)
