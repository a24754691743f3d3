"""A search for a country, a time or both, and for nothing else."""

import pytest

from movies.search.places import PlaceAndTime, parse_place_and_time


@pytest.mark.parametrize(
    ("text", "country", "since", "until", "time"),
    [
        ("Japan 1950s", "JP", 1950, 1959, "1950s"),
        ("1950s japan", "JP", 1950, 1959, "1950s"),
        ("Films from Japan in the 1950s", "JP", 1950, 1959, "1950s"),
        ("nippon 1954", "JP", 1954, 1954, "1954"),
        ("Brazil 60s", "BR", 1960, 1969, "1960s"),
        ("’00s South Korea", "KR", 2000, 2009, "2000s"),
        ("USSR 1920s", "SU", 1920, 1929, "1920s"),
        ("czech republic 1960-1969", "CZ", 1960, 1969, "1960s"),
        ("Italy 1945–1952", "IT", 1945, 1952, "1945–1952"),
        ("Italy 1950s to 1960s", "IT", 1950, 1969, "1950–1969"),
        ("Côte d’Ivoire", "CI", None, None, ""),
        ("The Gambia", "GM", None, None, ""),
        ("best movies 1999", None, 1999, 1999, "1999"),
        ("1954", None, 1954, 1954, "1954"),
        ("the 1930s", None, 1930, 1939, "1930s"),
    ],
)
def test_a_country_and_a_time_are_understood(
    text: str, country: str | None, since: int | None, until: int | None, time: str
) -> None:
    found = parse_place_and_time(text)

    assert found == PlaceAndTime(country, since, until)
    assert found.time == time


@pytest.mark.parametrize(
    "text",
    [
        "",
        "films",
        "the",
        "Blade Runner 2049",
        "2001: A Space Odyssey",
        "Paris, Texas",
        "Japanese Story",
        "jap",
        "3000",
        "1812",
        "Italy 1969-1950",
        "tt0068646",
        "12 Monkeys",
        "\x00",
    ],
)
def test_what_may_be_a_title_is_one(text: str) -> None:
    assert parse_place_and_time(text) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("africa", PlaceAndTime(continent="Africa")),
        ("south american films 1960s", PlaceAndTime(None, 1960, 1969, "South America")),
        ("horror", PlaceAndTime(genre=27)),
        ("sci-fi movies", PlaceAndTime(genre=878)),
        ("French comedies", PlaceAndTime("FR", genre=35)),
        ("comedy france", PlaceAndTime("FR", genre=35)),
        ("westerns from Italy 1960s", PlaceAndTime("IT", 1960, 1969, genre=37)),
        ("south african drama", PlaceAndTime("ZA", genre=18)),
        ("north korean war films", PlaceAndTime("KP", genre=10752)),
        ("russian films", PlaceAndTime("RU")),
        ("russian 1920s", PlaceAndTime("RU", 1920, 1929)),
    ],
)
def test_a_continent_and_a_genre_are_understood(text: str, place: PlaceAndTime) -> None:
    assert parse_place_and_time(text) == place


@pytest.mark.parametrize("text", ["italian", "American", "family romance", "horror express"])
def test_an_adjective_alone_and_other_words_may_be_a_title(text: str) -> None:
    assert parse_place_and_time(text) is None


def test_a_genre_alone_may_be_a_title_too() -> None:
    assert PlaceAndTime(genre=27).is_genre_alone
    assert not PlaceAndTime("FR", genre=27).is_genre_alone


def test_a_decade_is_told_from_other_times() -> None:
    assert PlaceAndTime(None, 1950, 1959).decade == 1950
    assert PlaceAndTime(None, 1950, 1969).decade is None
    assert PlaceAndTime("JP").decade is None
