"""Mistakes made anywhere in a name, as fingers and memory make them, by their kind."""

import random
import re
from collections.abc import Sequence

from tools.benchmarks.typed import double, leave_out, mistype, swap

WORD = re.compile(r"[^\W_]+")
# A letter, digit or other part of a word, next to another one.
BETWEEN = re.compile(r"(?<=[^\W_])(?=[^\W_])")
SHORT, MIDDLING, LONG = "in a word of 1–3 letters", "of 4–6 letters", "of 7 and more"
APART = "at a space or sign"
ONE_ERROR = [SHORT, MIDDLING, LONG, APART]
SIGNS = " -.,'"
LETTER_ERRORS = [mistype, leave_out, double, swap]


def anywhere(name: str, dice: random.Random) -> tuple[str, str]:
    """The kind of the error, and the name with it: each place of the name as likely as another."""
    place = dice.randrange(len(name))
    word = next((word for word in WORD.finditer(name) if word.start() <= place < word.end()), None)
    if word is None or (len(name) > 3 and dice.random() < 1 / 10):
        return APART, respace(name, place, dice)
    errors = LETTER_ERRORS if len(word[0]) > 1 else [mistype, double]
    wrong = dice.choice(errors)(word[0], dice)
    kind = SHORT if len(word[0]) <= 3 else MIDDLING if len(word[0]) <= 6 else LONG
    return kind, name[: word.start()] + wrong + name[word.end() :]


def respace(name: str, place: int, dice: random.Random) -> str:
    """A space or sign at this place is left out, doubled or another one; in a word one is put."""
    if WORD.match(name[place]):
        return name[:place] + dice.choice(SIGNS[:3]) + name[place:]
    instead = dice.choice(["", name[place] * 2, dice.choice(SIGNS)])
    return name[:place] + instead + name[place + 1 :]


def twice(name: str, dice: random.Random) -> str:
    """Two such errors."""
    _, once = anywhere(name, dice)
    return anywhere(once, dice)[1] if once else name


def word_missing(name: str, dice: random.Random) -> str | None:
    """Without one of its words; None for names of fewer than three."""
    words = name.split()
    if len(words) < 3:
        return None
    del words[dice.randrange(len(words))]
    return " ".join(words)


def word_too_many(name: str, names: Sequence[str], dice: random.Random) -> str:
    """With a word of another name somewhere."""
    words = name.split()
    words.insert(dice.randint(0, len(words)), dice.choice(dice.choice(names).split()))
    return " ".join(words)


def word_wrong(name: str, names: Sequence[str], dice: random.Random) -> str | None:
    """With another name's word instead of one; None for names of fewer than three."""
    words = name.split()
    if len(words) < 3:
        return None
    words[dice.randrange(len(words))] = dice.choice(dice.choice(names).split())
    return " ".join(words)
