"""What people type into a search: names of films whole, unfinished and with typing errors."""

import random
import re
from bisect import bisect_left
from typing import Any

# Words in which an error is made; scripts without spaces have none.
WORD = re.compile(r"[^\W\d_\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{4,}")
FIRST_NOT_LATIN = 0x370
# The longest name of each row.
BOUNDS = [5, 10, 15, 20, 30]
LENGTHS = ["1–5 letters", "6–10", "11–15", "16–20", "21–30", "31 and more"]
COMMON = [
    "the", "love", "of the", "the love", "t", "l", "th", "lo", "man", "a", "in the", "night of",
    "la", "de", "the man", "love and", "day", "el", "life of", "the w", "of love a", "girl",
]  # fmt: skip
HOPELESS = [
    "qxzvkj", "wfpt gzzk", "the qqqqxz", "zz top of the pxq", "jkljkljkl love", "aaaaaaaaaaaa",
    "xqx " * 40, "the of and a to in is on " * 8, "love " * 40, "qwertyuiop asdfghjkl zxcvbnm",
    "1234567890", "x" * 200, "the love of the man in the night and the day of the dead girl",
]  # fmt: skip

# Years and countries that few films and many films are of.
RARE: list[dict[str, Any]] = [
    {"country": "MT"}, {"country": "VA"}, {"year": 1896}, {"year": 1923},
    {"country": "FR", "year": 1923}, {"country": "MT", "year": 1990},
]  # fmt: skip
FREQUENT: list[dict[str, Any]] = [
    {"country": "US"}, {"country": "FR"}, {"year": 2008}, {"year": 2024},
    {"country": "FR", "year": 2008}, {"country": "US", "year": 2024},
]  # fmt: skip
# Together with these: words that are common, mistyped, in vain.
NARROWED = [
    "the", "love", "of the", "the man", "a", "t", "tha", "loev", "nihgt of teh", "god father",
    "the dead girl", "qxzvkj", "the qqqqxz", "wfpt gzzk", "life of",
]  # fmt: skip


def unfinished(name: str, dice: random.Random) -> str:
    """At least three of its letters, and not all of them."""
    return name[: dice.randint(3, len(name) - 1)] if len(name) > 3 else name


def misspelt(name: str, dice: random.Random) -> str | None:
    """The name with one error in one of its longer words; None when it has no such word."""
    words = list(WORD.finditer(name))
    if not words:
        return None
    chosen = dice.choice(words)
    wrong = dice.choice([mistype, leave_out, double, swap])(chosen[0], dice)
    return name[: chosen.start()] + wrong + name[chosen.end() :]


def mistype(word: str, dice: random.Random) -> str:
    """Another letter of the same script instead of one."""
    place = dice.randrange(len(word))
    letters = alphabet(word) - {word[place].lower()}
    return word[:place] + dice.choice(sorted(letters)) + word[place + 1 :]


def leave_out(word: str, dice: random.Random) -> str:
    place = dice.randrange(len(word))
    return word[:place] + word[place + 1 :]


def double(word: str, dice: random.Random) -> str:
    place = dice.randrange(len(word))
    return word[:place] + word[place] + word[place:]


def swap(word: str, dice: random.Random) -> str:
    """Two letters in each other's place, different ones if there are any."""
    places = [place for place in range(len(word) - 1) if word[place] != word[place + 1]]
    place = dice.choice(places or [0])
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def alphabet(word: str) -> set[str]:
    """Letters of its script: of the Latin one those of every keyboard, else those near its own."""
    last = max(map(ord, word.lower()))
    if last < FIRST_NOT_LATIN:
        return set("abcdefghijklmnopqrstuvwxyz")
    near = map(chr, range(last - 16, last + 16))
    return {letter for letter in near if letter.isalpha()} | set(word.lower())


def length(name: str) -> str:
    """Its row among LENGTHS."""
    return LENGTHS[bisect_left(BOUNDS, len(name))]
