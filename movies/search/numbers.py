"""Numbers in letters, as people type what a title has in digits: `twenty eight days later`."""

from collections.abc import Sequence

UNDER_TWENTY = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
UNDER_HUNDRED = {
    **{word: value for value, word in enumerate(UNDER_TWENTY, start=1)},
    **{word: 10 * value for value, word in enumerate(TENS, start=2)},
}
POWERS = {"hundred": 100, "thousand": 1000}


def in_digits(words: Sequence[str]) -> list[str]:
    """The words, each number of one or several of them in digits."""
    found, place = [], 0
    while place < len(words):
        value, after = number_at(words, place)
        found.append(str(value) if value else words[place])
        place = after if value else place + 1
    return found


def number_at(words: Sequence[str], place: int) -> tuple[int, int]:
    """The number that begins at this place, or 0, and the place behind it."""
    value, place = under_hundred(words, place)
    power = POWERS.get(words[place], 1) if value and place < len(words) else 1
    if power > 1:
        value, place = value * power, place + 1
        more, after = under_hundred(words, place + (words[place : place + 1] == ["and"]))
        return (value + more, after) if more else (value, place)
    # A year: nineteen eighty four.
    more, after = under_hundred(words, place)
    return (100 * value + more, after) if 10 <= value <= 20 and more >= 10 else (value, place)


def under_hundred(words: Sequence[str], place: int) -> tuple[int, int]:
    value = UNDER_HUNDRED.get(words[place], 0) if place < len(words) else 0
    if not value:
        return 0, place
    unit = UNDER_HUNDRED.get(words[place + 1], 0) if place + 1 < len(words) else 0
    return (value + unit, place + 2) if value >= 20 and 0 < unit < 10 else (value, place + 1)
