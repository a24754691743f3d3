"""What a person means by what is typed: an id, a name with a year, words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movies.search.asked import Asked, read, respacings, understand


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("The Apartment", Asked("The Apartment")),
        ("The Apartment (1960)", Asked("The Apartment", year=1960)),
        ("1917", Asked("1917")),
        ("(1960)", Asked("(1960)")),
        ("The Apartment (0000)", Asked("The Apartment (0000)")),
        ("tt0053604", Asked("", imdb_id="tt0053604")),
        ("TT13320622", Asked("", imdb_id="tt13320622")),
        ("tt00053604", Asked("", imdb_id="tt0053604")),
        ("tt123", Asked("tt123")),
        ("www.imdb.com/title/tt0053604/?ref_=x", Asked("", imdb_id="tt0053604")),
        ("https://www.imdb.com/name/nm0000697/", Asked("https://www.imdb.com/name/nm0000697/")),
        ("https://www.themoviedb.org/movie/284-the-apartment", Asked("", tmdb_id=284)),
        ("https://www.themoviedb.org/de/movie/284", Asked("", tmdb_id=284)),
        ("https://www.themoviedb.org/tv/284", Asked("https://www.themoviedb.org/tv/284")),
    ],
)
def test_ids_addresses_and_years_are_understood(typed: str, asked: Asked) -> None:
    assert understand(typed) == asked


def test_a_year_may_stand_without_brackets() -> None:
    assert understand("the apartment 1960").without_year == ("the apartment", 1960)
    assert understand("blade runner 2049").without_year == ("blade runner", 2049)
    assert understand("1917").without_year is None
    assert understand("apollo 13").without_year is None


def test_the_last_word_may_be_unfinished() -> None:
    assert (read("the apartm").words, read("the apartm").unfinished) == (
        ("the", "apartm"),
        "apartm",
    )
    assert read("the good the").words == ("good", "the")


def test_scripts_without_spaces_are_read_in_pairs_and_never_unfinished() -> None:
    assert (read("七人の侍").words, read("七人の侍").unfinished) == (("七人", "人の", "の侍"), "")
    assert read("影").words == ("影",)
    assert read("影武者 kage").unfinished == "kage"


def test_and_may_be_left_out() -> None:
    assert read("tom & jerry").words == read("tom and jerry").words == ("tom", "jerry")
    assert (read("tom &").words, read("tom &").unfinished) == (("tom",), "")
    assert read("and").words == ("and",)


def test_a_space_more_or_less_is_one_reading_of_several() -> None:
    assert ("godfather", "part") in respacings(("god", "father", "part"))
    assert ("star", "wars") in respacings(("starwars",))


@given(st.text(max_size=200) | st.text("ab &'’.-影武者カ½éß(19)\u0301\u202e", max_size=200))
def test_any_text_is_understood(text: str) -> None:
    typed = read(understand(text).name)
    assert bool(typed.key) == bool(typed.words)
    assert all(word and " " not in word for word in typed.words)
    assert not typed.unfinished or typed.words[-1] == typed.unfinished
    assert all(len(spelling) <= 300 for spelling in typed.spellings)
