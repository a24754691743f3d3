"""What is read of the parts that are appended to a film's details, and what is left out."""

import json
from typing import Any

import pytest

from importer.errors import ParseFailed
from importer.tmdb.parse_movie import ParsedMovie, parse_movie
from importer.tmdb.parse_parts import (
    ParsedAvailability,
    ParsedCredits,
    ParsedPerson,
    parse_watch_providers,
)
from tests.films import film

PARTS = ["translations", "credits", "videos", "watch/providers"]


def parsed(**parts: Any) -> ParsedMovie:
    return parse_movie(json.dumps(film(4, **parts)).encode(), 4)


def places(movie: ParsedMovie) -> list[str]:
    return [oddity.part for oddity in movie.oddities]


def translated(*titles: tuple[str, str | None]) -> dict[str, Any]:
    return {
        "translations": [
            {"iso_639_1": language, "iso_3166_1": "XX", "data": {"title": title}}
            for language, title in titles
        ]
    }


def cast(*members: tuple[int, str, str]) -> list[dict[str, Any]]:
    return [
        {"id": number, "name": name, "character": character, "order": order}
        for order, (number, name, character) in enumerate(members)
    ]


def video(**changes: Any) -> dict[str, Any]:
    return {
        "key": "abc",
        "site": "YouTube",
        "type": "Trailer",
        "iso_639_1": "en",
        "official": True,
    } | changes


def provider(number: int, priority: int | None = 0, **changes: Any) -> dict[str, Any]:
    named = {"provider_id": number, "provider_name": f"Cinema {number}", "logo_path": "/l.png"}
    return named | {"display_priority": priority} | changes


class TestTranslations:
    def test_are_names_with_a_language(self) -> None:
        movie = parsed(translations=translated(("de", "Krieg der Sterne"), ("en", " Film 4 ")))
        assert movie.translated == {"Krieg der Sterne": "de"}

    def test_a_name_in_several_languages_has_the_first_by_code(self) -> None:
        spanish = [(code, "La guerra") for code in ("pt", "es", "gl", "es", "ca")]
        movie = parsed(translations=translated(*spanish))
        assert movie.translated == {"La guerra": "ca"}

    def test_one_that_translates_no_title_gives_none(self) -> None:
        given = translated(("de", ""), ("fr", None))
        given["translations"] += [
            {"iso_639_1": "it"},
            {"iso_639_1": "ja", "data": None},
            {"iso_639_1": "sv", "data": {"overview": "?"}},
        ]
        movie = parsed(translations=given)
        assert (movie.translated, movie.oddities) == ({}, [])

    def test_an_alternative_title_is_no_translation_as_well(self) -> None:
        alternative = {"titles": [{"title": "Kino"}]}
        movie = parsed(alternative_titles=alternative, translations=translated(("de", "Kino")))
        assert (movie.names, movie.translated) == (["Film 4", "Kino"], {})


class TestCredits:
    def test_are_the_directors_and_the_first_five_of_the_cast(self) -> None:
        members = cast(*((number, f"Actor {number}", f"Role {number}") for number in range(1, 9)))
        crew = [
            {"id": 20, "name": "Writer", "job": "Screenplay"},
            {"id": 21, "name": " Director ", "job": "Director", "profile_path": "/d.jpg"},
        ]
        found = parsed(credits={"cast": members[::-1], "crew": crew}).credits
        assert found is not None
        assert found.directors == [ParsedPerson(21, "Director", "/d.jpg")]
        assert [(person.id, role) for person, role in found.cast] == [
            (number, f"Role {number}") for number in range(1, 6)
        ]

    def test_who_is_named_twice_stands_once(self) -> None:
        members = cast((1, "A", "Twin"), (2, "B", ""), (1, "A", "Other twin"), (1, "A", "Twin"))
        crew = [{"id": 1, "name": "A", "job": job} for job in ("Director", "Writer", "Director")]
        assert parsed(credits={"cast": members, "crew": crew}).credits == ParsedCredits(
            [ParsedPerson(1, "A", None)],
            [(ParsedPerson(1, "A", None), "Twin / Other twin"), (ParsedPerson(2, "B", None), "")],
        )

    def test_an_entry_without_a_name_or_an_id_is_left_out(self) -> None:
        members: list[Any] = [*cast((1, "A", "x"), (2, " ", "y")), {"name": "C", "order": 3}, None]
        movie = parsed(credits={"cast": members, "crew": "nobody"})
        assert movie.credits is not None
        assert [person.name for person, _ in movie.credits.cast] == ["A"]
        assert places(movie) == [
            "credits.cast[1]", "credits.cast[2]", "credits.cast[3]", "credits.crew",
        ]  # fmt: skip

    def test_three_thousand_people_are_read(self) -> None:
        members = cast(*((number, f"Actor {number}", "") for number in range(1, 3001)))
        found = parsed(credits={"cast": members, "crew": []}).credits
        assert found is not None
        assert len(found.cast) == 5


class TestTrailer:
    @pytest.mark.parametrize(
        ("videos", "key"),
        [
            ([video(key="a", official=False), video(key="b")], "b"),
            ([video(key="a", iso_639_1="fr"), video(key="b", iso_639_1="en")], "b"),
            ([video(key="a", iso_639_1="fr"), video(key="b", iso_639_1=None)], "a"),
            ([video(key="a", type="Teaser"), video(key="b", site="Dailymotion")], None),
            ([video(key="a", site="Vimeo")], "a"),
            ([], None),
        ],
    )
    def test_is_official_before_fans_and_in_a_language_one_knows(
        self, videos: list[Any], key: str | None
    ) -> None:
        movie = parsed(videos={"results": videos})
        assert (movie.trailer_key, movie.oddities) == (key, [])

    def test_a_key_that_is_none_is_left_out(self) -> None:
        videos = [video(key="a b&c=d"), video(key="", site="Vimeo"), video(key="good")]
        movie = parsed(videos={"results": videos})
        assert movie.trailer_key == "good"
        assert places(movie) == ["videos.results[0]", "videos.results[1]"]


class TestAvailability:
    def test_is_by_region_and_kind_in_tmdbs_order(self) -> None:
        offers = {"SE": {"link": "https://x", "flatrate": [provider(8, 2), provider(9, 1)]}}
        assert parsed(**{"watch/providers": {"results": offers}}).availability == (
            ParsedAvailability(
                {("SE", "flatrate"): [9, 8]},
                {8: ("Cinema 8", "/l.png"), 9: ("Cinema 9", "/l.png")},
            )
        )

    def test_what_is_odd_in_one_region_leaves_the_others(self) -> None:
        offers = {
            "SE": {"rent": [provider(8, provider_name=""), provider(9)], "buy": None},
            "sweden": {"rent": [provider(8)]},
            "DE": [],
            "FR": {"rent": [provider(8, None), provider(7, None)], "free": "no"},
        }
        movie = parsed(**{"watch/providers": {"results": offers}})
        assert movie.availability is not None
        assert movie.availability.offers == {("SE", "rent"): [9], ("FR", "rent"): [7, 8]}
        assert len(movie.oddities) == 4

    def test_the_answer_on_its_own_is_read_alike(self) -> None:
        body = b'{"id":4,"results":{"SE":{"buy":[{"provider_id":1,"provider_name":"A"}]}}}'
        found, oddities = parse_watch_providers(body)
        assert (found.offers, oddities) == ({("SE", "buy"): [1]}, [])

    @pytest.mark.parametrize("body", [b"", b"[]", b'{"results":null}', b"<html>", b"{}"])
    def test_an_answer_that_is_none_is_refused(self, body: bytes) -> None:
        with pytest.raises(ParseFailed):
            parse_watch_providers(body)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("given", "is_told"), [(None, False), ([], True), ("?", True), ({}, False)]
)
def test_a_part_that_is_none_leaves_the_film(part: str, given: Any, is_told: bool) -> None:
    movie = parsed(**{part: given})
    assert movie.title == "Film 4"
    assert places(movie) == [part] * is_told


def test_a_part_that_did_not_come_is_not_known_and_one_that_is_empty_is() -> None:
    absent = parsed()
    assert (absent.translated, absent.credits, absent.availability) == (None, None, None)
    empty = parsed(
        **{
            "translations": {"translations": []},
            "credits": {"cast": [], "crew": []},
            "watch/providers": {"results": {}},
        }
    )
    assert (empty.translated, empty.credits) == ({}, ParsedCredits([], []))
    assert empty.availability == ParsedAvailability({}, {})
