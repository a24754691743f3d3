"""What becomes of TMDB's answers: read, healed, or refused with the reason and the body."""

import datetime
import json
from typing import Any

import pytest

from importer.errors import ParseFailed
from importer.tmdb.parse import parse_countries, parse_genres, parse_languages
from importer.tmdb.parse_movie import ParsedMovie, parse_movie
from tests.films import film
from tools.sandbox.payloads import Payload

COUNTRY = b'{"iso_3166_1":"GB","english_name":"United Kingdom"}'


def parsed(**changes: Any) -> ParsedMovie:
    """What is read from film 4 with these fields in its payload."""
    return parse_movie(json.dumps(film(4, **changes)).encode(), 4)


def refusal(**changes: Any) -> str:
    body = json.dumps(film(4, **changes)).encode()
    with pytest.raises(ParseFailed) as raised:
        parse_movie(body, 4)
    assert raised.value.dump == body
    return str(raised.value)


def told(movie: ParsedMovie) -> list[tuple[str, str, str]]:
    """What was left out: its place, why, and what it was."""
    return [(oddity.part, oddity.message, oddity.raw.decode()) for oddity in movie.oddities]


def titles(*names: str | None) -> dict[str, list[dict[str, Any]]]:
    return {"titles": [{"iso_3166_1": "DE", "title": name, "type": ""} for name in names]}


class TestDetails:
    def test_are_read_as_they_are(self) -> None:
        assert parsed() == ParsedMovie(
            id=4,
            imdb_id="tt0000004",
            title="Film 4",
            original_title="Film 4",
            original_language="en",
            release_date=datetime.date(1999, 12, 31),
            status="Released",
            runtime=90,
            poster_path="/poster.jpg",
            popularity=99.6,
            tmdb_rating=7.5,
            tmdb_votes=100,
            origin_countries=["GB"],
            production_countries=["GB"],
            genre_ids=[18],
            spoken_languages=["en"],
            overview="",
            tagline="",
            backdrop_path=None,
            collection_id=None,
            company_countries=[],
            trailer_site=None,
            trailer_key=None,
            names=["Film 4"],
            translated=None,
            credits=None,
            availability=None,
            collection_names={},
            country_names={"GB": "United Kingdom"},
            genre_names={18: "Drama"},
            language_names={"en": "English"},
            oddities=[],
        )

    @pytest.mark.parametrize(
        "given_id",
        ["tt0245429", " tt0245429 ", "tt0245429\n", "https://www.imdb.com/title/tt0245429/?ref"],
    )
    def test_an_imdb_id_is_found_in_what_surrounds_it(self, given_id: str) -> None:
        assert parsed(imdb_id=given_id).imdb_id == "tt0245429"

    @pytest.mark.parametrize(
        "given_id",
        [
            None,
            "",
            "  ",
            "tt",
            "nm0000123",
            "tt123456",
            "tt12345678901",
            "xtt0245429",
            "tt٠٢٤٥٤٢٩",
        ],
    )
    def test_what_is_no_imdb_id_is_none(self, given_id: str | None) -> None:
        assert parsed(imdb_id=given_id).imdb_id is None

    def test_an_imdb_id_may_stand_among_the_external_ids_alone(self) -> None:
        ids = {"imdb_id": " tt10872600", "wikidata_id": None}
        assert parsed(imdb_id=None, external_ids=ids).imdb_id == "tt10872600"
        assert parsed(imdb_id="", external_ids=None).imdb_id is None

    @pytest.mark.parametrize("empty", [None, "", "   "])
    def test_a_release_date_may_be_unknown(self, empty: str | None) -> None:
        assert parsed(release_date=empty).release_date is None

    @pytest.mark.parametrize("wrong", ["1999", "1999-13-01", "1999-02-29", "soon", "0000-01-01"])
    def test_what_is_no_release_date_is_left_out(self, wrong: str) -> None:
        movie = parsed(release_date=wrong)
        assert movie.release_date is None
        assert told(movie) == [("release_date", f"not a date: '{wrong}'", wrong)]

    @pytest.mark.parametrize("unknown", [None, 0])
    def test_a_runtime_may_be_unknown(self, unknown: int | None) -> None:
        assert parsed(runtime=unknown).runtime is None

    @pytest.mark.parametrize(("rating", "votes"), [(0, 0), (0.0, 7), (7.5, 0), (0.4, 7)])
    def test_a_rating_of_nobody_is_none(self, rating: float, votes: int) -> None:
        movie = parsed(vote_average=rating, vote_count=votes)
        assert (movie.tmdb_rating, movie.tmdb_votes) == (None, votes)

    @pytest.mark.parametrize("empty", [None, "", " "])
    def test_a_poster_may_be_missing(self, empty: str | None) -> None:
        assert parsed(poster_path=empty).poster_path is None

    @pytest.mark.parametrize(("given_code", "code"), [(" ja ", "ja"), ("", ""), ("  ", "")])
    def test_an_original_language_may_be_padded_or_unknown(
        self, given_code: str, code: str
    ) -> None:
        assert parsed(original_language=given_code).original_language == code

    @pytest.mark.parametrize(
        "field",
        ["origin_country", "production_countries", "genres", "spoken_languages", "status",
         "external_ids", "alternative_titles"],
    )  # fmt: skip
    def test_what_old_records_lack_may_be_null_or_absent(self, field: str) -> None:
        absent = film(4)
        absent.pop(field, None)
        assert parsed(**{field: None}) == parse_movie(json.dumps(absent).encode(), 4)

    def test_nulls_are_empty_lists(self) -> None:
        movie = parsed(
            origin_country=None, production_countries=None, genres=None, spoken_languages=None
        )
        assert movie.origin_countries == []
        assert movie.production_countries == []
        assert movie.genre_ids == []
        assert movie.spoken_languages == []

    @pytest.mark.parametrize(
        ("language", "origins", "produced_in", "expected"),
        [
            # Moolaadé, in Bambara; Manakamana, in Nepali: TMDB has their languages for countries.
            ("bm", ["BM"], ["BF", "CM", "FR", "MA", "SN", "TN"], []),
            ("ne", ["NE"], ["NP", "US"], []),
            ("sv", ["SV", "FI"], ["SE", "FI"], ["FI"]),
            # It is spoken there, or made there, or nobody knows where else.
            ("se", ["SE", "FI"], ["FI"], ["SE", "FI"]),
            ("fr", ["FR"], ["BE"], ["FR"]),
            ("ne", ["NE"], ["NE", "NP"], ["NE"]),
            ("ne", ["NE"], [], ["NE"]),
            ("es", ["NE"], ["NP"], ["NE"]),
        ],
    )
    def test_a_language_is_no_country(
        self, language: str, origins: list[str], produced_in: list[str], expected: list[str]
    ) -> None:
        movie = parsed(
            original_language=language,
            origin_country=origins,
            production_countries=[{"iso_3166_1": code} for code in produced_in],
        )
        assert movie.origin_countries == expected
        assert movie.production_countries == produced_in

    def test_what_is_named_twice_counts_once_in_its_order(self) -> None:
        movie = parsed(
            origin_country=["SE", "FI", "SE"],
            production_countries=[{"iso_3166_1": code} for code in ("FI", "SE", "FI")],
            genres=[{"id": number, "name": "Drama"} for number in (18, 16, 18)],
            spoken_languages=[{"iso_639_1": code} for code in ("sv", "fi", "sv")],
        )
        assert movie.origin_countries == ["SE", "FI"]
        assert movie.production_countries == ["FI", "SE"]
        assert movie.genre_ids == [18, 16]
        assert movie.spoken_languages == ["sv", "fi"]

    def test_names_are_distinct_and_the_title_is_first(self) -> None:
        movie = parsed(
            title=" Spirited Away ",
            original_title="千と千尋の神隠し",
            alternative_titles=titles("Chihiro", " Spirited Away", "", None, "Chihiro ", " "),
        )
        assert movie.title == "Spirited Away"
        assert movie.names == ["Spirited Away", "千と千尋の神隠し", "Chihiro"]

    def test_one_title_stands_for_the_other(self) -> None:
        assert parsed(title="", original_title="Ran").title == "Ran"
        assert parsed(title="Ran", original_title=" ").original_title == "Ran"

    def test_a_film_without_any_title_is_refused(self) -> None:
        assert refusal(title=" ", original_title="") == "the film has no title"

    def test_another_film_than_asked_for_is_refused(self) -> None:
        assert refusal(id=5) == "asked for movie 4, got movie 5"

    @pytest.mark.parametrize(
        ("field", "wrong", "where"),
        [
            ("title", 42, "$.title"),
            ("title", None, "$.title"),
            ("id", "4", "$.id"),
            ("id", 0, "$.id"),
            ("id", 2**31, "$.id"),
            ("vote_count", -1, "$.vote_count"),
            ("vote_count", 1.5, "$.vote_count"),
            ("vote_count", True, "$.vote_count"),
            ("vote_count", 10**9 + 1, "$.vote_count"),
            ("vote_average", 10.1, "$.vote_average"),
            ("vote_average", -0.1, "$.vote_average"),
            ("vote_average", "7.5", "$.vote_average"),
        ],
    )
    def test_what_is_wrong_is_refused_with_its_place(
        self, field: str, wrong: Any, where: str
    ) -> None:
        assert f"`{where}`" in refusal(**{field: wrong})

    @pytest.mark.parametrize(
        ("field", "wrong", "where", "left"),
        [
            ("popularity", "93.4", "popularity", {"popularity": 0.0}),
            ("runtime", -1, "runtime", {"runtime": None}),
            ("runtime", "90", "runtime", {"runtime": None}),
            ("runtime", 90.5, "runtime", {"runtime": None}),
            ("release_date", 1999, "release_date", {"release_date": None}),
            ("original_title", 42, "original_title", {"original_title": "Film 4"}),
            ("original_language", "english", "original_language", {"original_language": ""}),
            ("origin_country", ["gb", "FR"], "origin_country[0]", {"origin_countries": ["FR"]}),
            ("origin_country", ["GB", " "], "origin_country[1]", {"origin_countries": ["GB"]}),
            ("origin_country", ["GBR"], "origin_country[0]", {"origin_countries": []}),
            ("origin_country", "GB", "origin_country", {"origin_countries": []}),
            ("production_countries", [{"name": "?"}, {"iso_3166_1": "SE"}],
             "production_countries[0]", {"production_countries": ["SE"]}),
            ("production_countries", [None], "production_countries[0]",
             {"production_countries": []}),
            ("genres", [{"id": "18", "name": "Drama"}], "genres[0]", {"genre_ids": []}),
            ("genres", [{"id": 2**31, "name": "Drama"}], "genres[0]", {"genre_ids": []}),
            ("spoken_languages", [{"iso_639_1": "en\n"}], "spoken_languages[0]",
             {"spoken_languages": []}),
            ("spoken_languages", [{"iso_639_1": ""}, {"iso_639_1": "sv"}], "spoken_languages[0]",
             {"spoken_languages": ["sv"]}),
            ("alternative_titles", titles("A") | {"titles": [{}, {"title": "B"}]},
             "alternative_titles.titles[0]", {"names": ["Film 4", "B"]}),
            ("alternative_titles", [], "alternative_titles", {"names": ["Film 4"]}),
            ("overview", {"text": "?"}, "overview", {"overview": ""}),
            ("belongs_to_collection", {"id": 10, "name": ""}, "belongs_to_collection",
             {"collection_id": None}),
            ("production_companies", [{"origin_country": "Sweden"}, {"origin_country": "SE"}],
             "production_companies[0].origin_country", {"company_countries": ["SE"]}),
            ("external_ids", "tt1234567", "external_ids", {"imdb_id": "tt0000004"}),
        ],
    )  # fmt: skip
    def test_what_is_odd_is_left_out_and_told_as_it_came(
        self, field: str, wrong: Any, where: str, left: dict[str, Any]
    ) -> None:
        movie = parsed(**{field: wrong})
        assert {name: getattr(movie, name) for name in left} == left
        ((place, message, raw),) = told(movie)
        assert (place, bool(message)) == (where, True)
        assert raw in json.dumps(wrong, separators=(",", ":"))

    def test_a_number_of_thousands_of_digits_is_refused(self) -> None:
        body = json.dumps(film(4)).replace('"vote_count": 100', '"vote_count": 1' + "0" * 5000)
        with pytest.raises(ParseFailed, match="out of range"):
            parse_movie(body.encode(), 4)

    @pytest.mark.parametrize("field", ["id", "title", "vote_average", "vote_count"])
    def test_what_every_record_has_may_not_be_missing(self, field: str) -> None:
        payload = film(4)
        del payload[field]
        with pytest.raises(ParseFailed, match=f"missing required field `{field}`"):
            parse_movie(json.dumps(payload).encode(), 4)

    def test_nul_in_a_title_is_refused(self) -> None:
        assert "NUL in 'a" in refusal(title="a\0b")

    @pytest.mark.parametrize(
        ("changes", "where"),
        [
            ({"original_title": "a\0b"}, "original_title"),
            ({"status": "a\0b"}, "status"),
            ({"poster_path": "/a\0b"}, "poster_path"),
            ({"alternative_titles": titles("a\0b")}, "alternative_titles.titles[0]"),
            ({"genres": [{"id": 18, "name": "a\0b"}]}, "genres[0]"),
            ({"production_countries": [{"iso_3166_1": "GB", "name": "a\0b"}]},
             "production_countries[0].name"),
            ({"spoken_languages": [{"iso_639_1": "en", "english_name": "a\0b"}]},
             "spoken_languages[0].english_name"),
        ],
        ids=str,
    )  # fmt: skip
    def test_nul_is_left_out_wherever_it_would_be_stored(
        self, changes: Payload, where: str
    ) -> None:
        movie = parsed(**changes)
        assert [place for place, _, _ in told(movie)] == [where]
        assert "\0" not in repr(movie)

    @pytest.mark.parametrize(
        "half", [rb"\ud83d", rb"\ude00", rb"\ud83d\ud83d", rb"\ud83dx", rb"\ud83d\u0041"]
    )
    def test_half_a_surrogate_pair_is_refused(self, half: bytes) -> None:
        body = json.dumps(film(4)).encode().replace(b"Film 4", half)
        with pytest.raises(ParseFailed) as raised:
            parse_movie(body, 4)
        assert raised.value.dump == body

    def test_a_whole_surrogate_pair_is_a_letter(self) -> None:
        assert parsed(title="\U0001f600").title == "😀"

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"null",
            b"[]",
            b'"film"',
            b"{}",
            b"<!DOCTYPE html>",
            b"\xff\xfe\x00",
            b'{"id":4,"title":"\xff"}',
            b'{"deep":' + b"[" * 100_000,
            b'{"deep":' + b'{"a":' * 100_000,
            json.dumps(film(4)).encode()[:-1],
            json.dumps(film(4)).encode("utf-16"),
            json.dumps(film(4)).encode() * 2,
        ],
        ids=lambda body: ascii(body[:20]),
    )
    def test_what_is_no_film_at_all_is_refused(self, body: bytes) -> None:
        with pytest.raises(ParseFailed) as raised:
            parse_movie(body, 4)
        assert raised.value.dump == body

    def test_a_reason_does_not_repeat_a_book(self) -> None:
        ((_, message, raw),) = told(parsed(release_date="x" * 100_000))
        assert len(message) + len(raw) < 200
        assert len(refusal(title="x" * 100_000 + "\0")) < 200


class TestReferenceLists:
    def test_are_names_by_code(self) -> None:
        assert parse_countries(b"[" + COUNTRY + b"]") == {"GB": "United Kingdom"}
        genres = b'{"genres":[{"id":18,"name":"Drama"},{"id":16,"name":" Animation "}]}'
        assert parse_genres(genres) == {18: "Drama", 16: "Animation"}

    def test_a_language_without_an_english_name_has_its_own(self) -> None:
        languages = [
            {"iso_639_1": "ja", "english_name": "Japanese", "name": "日本語"},
            {"iso_639_1": "bm", "english_name": "", "name": "Bamanankan"},
            {"iso_639_1": "xx", "english_name": None, "name": None},
        ]
        found = parse_languages(json.dumps(languages).encode())
        assert found == {"ja": "Japanese", "bm": "Bamanankan", "xx": ""}

    @pytest.mark.parametrize(
        ("parse", "body"),
        [
            (parse_countries, b"{}"),
            (parse_countries, COUNTRY),
            (parse_countries, b"[" + COUNTRY + b",null]"),
            (parse_countries, b'[{"iso_3166_1":"gb","english_name":"United Kingdom"}]'),
            (parse_countries, b'[{"iso_3166_1":"GB","english_name":"\\u0000"}]'),
            (parse_countries, b"[" * 100_000),
            (parse_languages, b'[{"iso_639_1":"english"}]'),
            (parse_languages, b'[{"iso_639_1":"en","english_name":"\\u0000"}]'),
            (parse_genres, b"[]"),
            (parse_genres, b'{"genres":[{"id":18}]}'),
            (parse_genres, b'{"genres":[{"id":18,"name":null}]}'),
            (parse_genres, b'{"genres":[{"id":18,"name":"\\u0000"}]}'),
            (parse_genres, b"<html>"),
        ],
    )
    def test_are_refused_as_a_whole(self, parse: Any, body: bytes) -> None:
        with pytest.raises(ParseFailed) as raised:
            parse(body)
        assert raised.value.dump == body
