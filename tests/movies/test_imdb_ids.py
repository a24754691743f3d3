"""IMDb's ids of titles: found in a text, typed by a person, as a spreadsheet leaves them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movies.imdb_ids import find_imdb_id, imdb_id_of_typed, imdb_title_url, normalise_imdb_id

NUMBERS = st.integers(0, 10**10 - 1)


@pytest.mark.parametrize(
    ("text", "imdb_id"),
    [
        ("tt0053604", "tt0053604"),
        (" https://www.imdb.com/title/tt0053604/?ref_=x", "tt0053604"),
        ("tt0053604 and tt0133093", "tt0053604"),
        ("tt13320622", "tt13320622"),
        ("att0053604", None),
        ("tt005360", None),
        ("tt12345678901", None),
        ("TT0053604", None),
        ("", None),
    ],
)
def test_one_is_found_in_a_text(text: str, imdb_id: str | None) -> None:
    assert find_imdb_id(text) == imdb_id


@pytest.mark.parametrize(
    ("typed", "imdb_id"),
    [
        ("tt0053604", "tt0053604"),
        ("TT00053604", "tt0053604"),
        ("m.imdb.com/de/title/tt0053604/fullcredits?ref_=x#y", "tt0053604"),
        ("https://www.imdb.com/name/nm0000697/", None),
        ("the apartment tt0053604", None),
        ("tt123", None),
    ],
)
def test_one_is_typed_by_itself_or_in_its_pages_address(typed: str, imdb_id: str | None) -> None:
    assert imdb_id_of_typed(typed) == imdb_id


@given(NUMBERS, st.sampled_from(["", "tt", "TT"]))
def test_a_number_is_normalised_however_it_is_written(number: int, prefix: str) -> None:
    imdb_id = normalise_imdb_id(f"{prefix}{number}")
    assert imdb_id == normalise_imdb_id(f"{prefix}{number:010}") == f"tt{number:07}"
    assert find_imdb_id(imdb_title_url(imdb_id)) == imdb_id


@pytest.mark.parametrize("text", ["", "tt", "nm0000697", "tt00536O4", "12345678901", "-1"])
def test_what_is_no_number_has_none(text: str) -> None:
    assert normalise_imdb_id(text) is None
