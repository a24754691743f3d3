"""What a person means by what is typed: an id, a name with a year, words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movies.search.query import SearchQuery, parse_name, parse_query


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("The Apartment", SearchQuery("The Apartment")),
        ("The Apartment (1960)", SearchQuery("The Apartment", year=1960)),
        ("1917", SearchQuery("1917")),
        ("(1960)", SearchQuery("(1960)")),
        ("The Apartment (0000)", SearchQuery("The Apartment (0000)")),
        ("tt0053604", SearchQuery("", imdb_id="tt0053604")),
        ("TT13320622", SearchQuery("", imdb_id="tt13320622")),
        ("tt00053604", SearchQuery("", imdb_id="tt0053604")),
        ("tt123", SearchQuery("tt123")),
        ("www.imdb.com/title/tt0053604/?ref_=x", SearchQuery("", imdb_id="tt0053604")),
        (
            "https://www.imdb.com/name/nm0000697/",
            SearchQuery("https://www.imdb.com/name/nm0000697/"),
        ),
        ("https://www.themoviedb.org/movie/284-the-apartment", SearchQuery("", tmdb_id=284)),
        ("https://www.themoviedb.org/de/movie/284", SearchQuery("", tmdb_id=284)),
        ("https://www.themoviedb.org/tv/284", SearchQuery("https://www.themoviedb.org/tv/284")),
    ],
)
def test_ids_addresses_and_years_are_understood(typed: str, asked: SearchQuery) -> None:
    assert parse_query(typed) == asked


def test_a_year_may_stand_without_brackets() -> None:
    assert parse_query("the apartment 1960").without_year == ("the apartment", 1960)
    assert parse_query("blade runner 2049").without_year == ("blade runner", 2049)
    assert parse_query("1917").without_year is None
    assert parse_query("apollo 13").without_year is None


def test_the_last_word_may_be_unfinished() -> None:
    assert (parse_name("the apartm").words, parse_name("the apartm").prefix) == (
        ("the", "apartm"),
        "apartm",
    )
    assert parse_name("the good the").words == ("good", "the")


def test_scripts_without_spaces_are_read_in_pairs_and_never_unfinished() -> None:
    assert (parse_name("七人の侍").words, parse_name("七人の侍").prefix) == (
        ("七人", "人の", "の侍"),
        "",
    )
    assert parse_name("影").words == ("影",)
    assert parse_name("影武者 kage").prefix == "kage"


def test_and_may_be_left_out() -> None:
    assert parse_name("tom & jerry").words == parse_name("tom and jerry").words == ("tom", "jerry")
    assert (parse_name("tom &").words, parse_name("tom &").prefix) == (("tom",), "")
    assert parse_name("and").words == ("and",)


@given(st.text(max_size=200) | st.text("ab &'’.-影武者カ½éß(19)\u0301\u202e", max_size=200))
def test_any_text_is_understood(text: str) -> None:
    typed = parse_name(parse_query(text).name)
    assert bool(typed.key) == bool(typed.words)
    assert all(word and " " not in word for word in typed.words)
    assert not typed.prefix or typed.words[-1] == typed.prefix
    assert all(len(spelling) <= 300 for spelling in typed.key_variants)
