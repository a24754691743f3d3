"""Numbers in letters."""

import pytest

from movies.search.numbers import in_digits


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("twelve angry men", "12 angry men"),
        ("twenty eight days later", "28 days later"),
        ("the forty year old virgin", "the 40 year old virgin"),
        ("three hundred", "300"),
        ("one hundred and one dalmatians", "101 dalmatians"),
        ("two thousand one a space odyssey", "2001 a space odyssey"),
        ("ten thousand bc", "10000 bc"),
        ("nineteen eighty four", "1984"),
        ("seven eleven", "7 11"),
        ("one two three", "1 2 3"),
        ("twenty twenty", "2020"),
        ("hundred years and two days", "hundred years and 2 days"),
        ("", ""),
    ],
)
def test_are_as_digits(typed: str, digits: str) -> None:
    assert " ".join(in_digits(typed.split())) == digits
