"""Dumps made readable: whatever came, it can be shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.admin.dump import SHOWN_CHARACTERS, readable


def test_json_is_indented() -> None:
    shown = readable('{"id":603,"title":"Amélie"}'.encode())

    assert shown.form == "JSON"
    assert shown.text == '{\n  "id": 603,\n  "title": "Amélie"\n}'
    assert not shown.is_cut


@pytest.mark.parametrize(
    ("dump", "text"),
    [
        (b'"\\ud800"', '"\\ud800"'),
        (b'"\\u0000"', '"\\u0000"'),
        ('"\u202eevil"'.encode(), '"\\u202eevil"'),
        (b"<html>\r\n", "<html>\\r\n"),
        (b"caf\xe9 au lait", "caf\\xe9 au lait"),
        (b"", ""),
        (b"[" * 100_000, "[" * SHOWN_CHARACTERS),
        (b"9" * 5_000, "9" * 5_000),
    ],
)
def test_what_cannot_be_seen_is_escaped(dump: bytes, text: str) -> None:
    assert readable(dump).text == text


def test_what_is_no_text_is_shown_as_bytes() -> None:
    shown = readable(b"\x1f\x8b\x08\x00\xff\xfe" * 4)

    assert shown.form == "bytes"
    assert shown.text.startswith("00000000  1f 8b 08 00 ff fe")


@given(st.binary(max_size=200) | st.text().map(lambda text: text.encode(errors="ignore")))
def test_anything_can_be_shown(dump: bytes) -> None:
    shown = readable(dump)

    # As a page it has to be UTF-8, which lone surrogates are not.
    assert b"\0" not in shown.text.encode()
    assert shown.size == len(dump)


@given(st.integers(min_value=0, max_value=200_000))
def test_what_is_long_is_cut_and_says_so(size: int) -> None:
    shown = readable(b"x" * size)

    assert len(shown.text) == min(size, SHOWN_CHARACTERS)
    assert shown.is_cut == (size > SHOWN_CHARACTERS)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(st.characters(categories=["L", "N"])),
        st.lists,
        max_leaves=20,
    )
)
def test_json_keeps_what_it_says(value: object) -> None:
    shown = readable(json.dumps(value).encode())

    assert shown.form == "JSON"
    assert json.loads(shown.text) == value
