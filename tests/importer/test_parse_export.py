"""Lines of the daily export: films, blank ones, broken ones with the film that they may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.files.line_parsers import parse_export

GOOD = b'{"adult":false,"id":3924,"original_title":"Blondie","popularity":1.8,"video":false}'


def ids(lines: bytes) -> list[int]:
    found, broken = parse_export(lines, 1)
    assert broken == []
    return [line.id for line in found]


def test_a_line_is_a_film() -> None:
    [[line], broken] = parse_export(GOOD + b"\n", 1)
    assert (line.id, line.popularity, line.adult, line.video) == (3924, 1.8, False, False)
    assert broken == []


def test_adult_films_and_videos_are_told() -> None:
    lines = (
        b'{"id":1,"popularity":0,"adult":true}\n'
        b'{"id":2,"popularity":0,"video":true}\n'
        b'{"id":3,"popularity":0}\n'
    )
    found, _ = parse_export(lines, 1)
    assert [(line.adult, line.video) for line in found] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_line_ends_of_any_kind_and_blank_lines_are_the_same() -> None:
    first, second = b'{"id":1,"popularity":1}', b'{"id":2,"popularity":1}'
    assert ids(first + b"\n" + second) == [1, 2]
    assert ids(first + b"\r\n" + second + b"\r\n") == [1, 2]
    assert ids(b"\n\n" + first + b"\n \t\n\r\n" + second + b"\n\n") == [1, 2]


def test_a_film_listed_twice_is_given_twice() -> None:
    assert ids((GOOD + b"\n") * 2) == [3924, 3924]


def test_an_empty_export_has_no_films() -> None:
    assert ids(b"") == ids(b"\n") == []


@pytest.mark.parametrize(
    ("line", "says", "movie_id"),
    [
        (b"nonsense", "JSON is malformed", None),
        (b'{"adult":false,"id":', "truncated", None),
        (b'{"id":7}', "missing required field `popularity`", 7),
        (b'{"popularity":1}', "missing required field `id`", None),
        (b'{"id":"7","popularity":1}', "Expected `int`, got `str`", 7),
        (b'{"id": 7 ,"popularity":"high"}', "Expected `float`, got `str`", 7),
        (b'{"id":7,"popularity":NaN}', "JSON is malformed", 7),
        (b'{"id":7,"popularity":1e999}', "out of range", 7),
        (b'{"id":7,"popularity":1,"adult":null}', "Expected `bool`, got `null`", 7),
        (b'{"id":7,"popularity":1,"video":"no"}', "Expected `bool`, got `str`", 7),
        (b'{"id":null,"popularity":1}', "Expected `int`, got `null`", None),
        (b'{"id":-5,"popularity":1}', "Expected `int` >= 1", None),
        (b'{"id":0,"popularity":1}', "Expected `int` >= 1", 0),
        (b'{"id":99999999999,"popularity":1}', "Expected `int` <= 2147483647", None),
        (b'{"id":123abc,"popularity":1}', "JSON is malformed", None),
        (b'{"id":7,"original_title":"\\"id\\":8","popularity":', "truncated", 7),
        (b'["a","list"]', "Expected `object`, got `array`", None),
        (b"null", "Expected `object`, got `null`", None),
        (b"\xff\xfe\x00", "JSON is malformed", None),
        (b'{"id":7,"deep":' + b"[" * 100_000, "recursion", 7),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_broken_line_is_told_with_its_number_and_likely_film(
    line: bytes, says: str, movie_id: int | None
) -> None:
    found, [broken] = parse_export(GOOD + b"\n\n" + line + b"\n" + GOOD, 1001)

    assert [good.id for good in found] == [3924, 3924]
    assert (broken.number, broken.movie_id, broken.line) == (1003, movie_id, line)
    assert broken.message.startswith("line 1003: ")
    assert says in broken.message


@given(st.lists(st.binary(max_size=40) | st.just(GOOD), max_size=6))
def test_every_line_is_a_film_or_broken_or_blank(lines: list[bytes]) -> None:
    text = b"\n".join(lines)

    found, broken = parse_export(text, 1)

    assert [line.id for line in found].count(3924) == lines.count(GOOD)
    by_number = dict(enumerate(text.split(b"\n"), 1))
    assert all(by_number[line.number] == line.line for line in broken)
