"""The sandbox's own catalogue: how much is in it, its form, and what is told of broken lines."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tools.sandbox import reference
from tools.sandbox.catalogue import FILMS, TITLES, load_films, load_imdb_ratings
from tools.sandbox.payloads import Payload

COUNTRIES = {country["iso_3166_1"]: country for country in reference.countries()}
LANGUAGES = {language["iso_639_1"]: language for language in reference.languages()}
GENRES = {genre["id"]: genre for genre in reference.genres()}

Write = Callable[[list[str], list[str]], tuple[Path, Path]]


@pytest.fixture(scope="module")
def films() -> list[Payload]:
    return load_films()


def origins(film: Payload) -> set[str]:
    """The countries a film is listed under: where TMDB names no origin, those that produced it."""
    return set(film["origin_country"] or producers(film))


def producers(film: Payload) -> set[str]:
    return {country["iso_3166_1"] for country in film["production_countries"]}


def alternative_titles(film: Payload) -> list[dict[str, str]]:
    titles: list[dict[str, str]] = film["alternative_titles"]["titles"]
    return titles


def scripts(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def test_there_are_films_of_a_hundred_countries(films: list[Payload]) -> None:
    assert len(films) >= 700
    assert len({country for film in films for country in origins(film)}) >= 100


def test_former_states_have_their_films(films: list[Payload]) -> None:
    assert {"SU", "YU", "XC", "XG"} <= {country for film in films for country in origins(film)}
    assert "AN" in {country for film in films for country in producers(film)}


def test_best_lists_of_many_countries_can_be_filled(films: list[Payload]) -> None:
    long_ones = Counter(
        country
        for film in films
        if film["runtime"] >= 40 and film["vote_count"]
        for country in origins(film)
    )
    assert sum(number >= 10 for number in long_ones.values()) >= 40
    assert sum(number >= 11 for number in long_ones.values()) >= 36


def test_films_are_known_by_titles_in_many_scripts(films: list[Payload]) -> None:
    titled = [film for film in films if alternative_titles(film)]
    assert len(titled) >= 45
    assert all(len(alternative_titles(film)) <= 8 for film in titled)
    names = "".join(title["title"] for film in titled for title in alternative_titles(film))
    assert scripts(names) >= {
        "ARABIC", "ARMENIAN", "CJK", "CYRILLIC", "DEVANAGARI", "GEORGIAN", "GREEK", "HANGUL",
        "HEBREW", "KATAKANA", "KHMER", "LATIN", "MYANMAR", "THAI",
    }  # fmt: skip


def test_an_alternative_title_is_another_title(films: list[Payload]) -> None:
    for film in films:
        titles = [title["title"] for title in alternative_titles(film)]
        assert len(titles) == len(set(titles) - {film["title"], film["original_title"]})


def test_films_are_in_the_order_of_their_ids_each_once(films: list[Payload]) -> None:
    assert all(film["id"] < later["id"] for film, later in pairwise(films))


def test_titles_are_in_the_order_of_films_and_countries() -> None:
    lines = [line.split("\t") for line in TITLES.read_text(encoding="utf-8").splitlines()[1:]]
    keys = [(int(tmdb_id), country) for tmdb_id, country, *_ in lines]
    assert keys == sorted(keys)


def test_imdb_ids_are_well_formed_and_unique(films: list[Payload]) -> None:
    imdb_ids = [film["imdb_id"] for film in films if film["imdb_id"] is not None]
    assert all(re.fullmatch(r"tt\d{7,8}", imdb_id) for imdb_id in imdb_ids)
    assert len(imdb_ids) == len(set(imdb_ids))


def test_every_film_is_of_the_time_of_cinema(films: list[Payload]) -> None:
    days = [date.fromisoformat(film["release_date"]) for film in films if film["release_date"]]
    assert all(1890 <= day.year <= 2026 for day in days)


def test_every_code_has_its_name_from_the_reference_lists(films: list[Payload]) -> None:
    for film in films:
        assert origins(film) <= COUNTRIES.keys()
        assert {title["iso_3166_1"] for title in alternative_titles(film)} <= COUNTRIES.keys()
        assert film["original_language"] in LANGUAGES
        assert all(genre == GENRES[genre["id"]] for genre in film["genres"])
        for country in film["production_countries"]:
            assert country["name"] == COUNTRIES[country["iso_3166_1"]]["english_name"]
        for language in film["spoken_languages"]:
            assert language == LANGUAGES[language["iso_639_1"]]


def test_what_has_votes_has_a_rating_and_what_has_none_has_none(films: list[Payload]) -> None:
    for film in films:
        assert bool(film["vote_count"]) == bool(film["vote_average"])
        assert 0 <= film["vote_average"] <= 10


def test_the_most_voted_film_is_the_most_popular(films: list[Payload]) -> None:
    by_votes = sorted(films, key=lambda film: film["vote_count"])
    popularities = [film["popularity"] for film in by_votes]
    assert popularities == sorted(popularities)
    assert 10 < popularities[-1] < 100


def test_imdb_ratings_are_of_films_of_the_catalogue(films: list[Payload]) -> None:
    imdb_ids = {film["imdb_id"] for film in films}
    ratings = load_imdb_ratings()
    assert len(ratings) >= 450
    for imdb_id, rating, votes in ratings:
        assert imdb_id in imdb_ids
        assert 1 <= rating <= 10
        assert votes >= 1


def test_the_awkward_kinds_are_there(films: list[Payload]) -> None:
    assert any(film["imdb_id"] is None for film in films)
    assert any(film["release_date"] == "" for film in films)
    assert any(film["vote_count"] == 0 for film in films)
    assert any(film["runtime"] == 0 for film in films)
    assert any(0 < film["runtime"] < 40 for film in films)
    assert any(len(film["origin_country"]) > 3 for film in films)
    assert any(not film["origin_country"] and producers(film) for film in films)
    assert any(film["origin_country"] and not producers(film) for film in films)
    assert any(producers(film) and origins(film).isdisjoint(producers(film)) for film in films)
    assert any(scripts(film["original_title"]) == {"HEBREW"} for film in films)
    assert any(scripts(film["original_title"]) == {"ARABIC"} for film in films)


def test_a_well_known_film_looks_as_tmdb_sends_it(films: list[Payload]) -> None:
    (film,) = (film for film in films if film["id"] == 129)
    assert film | {"popularity": 0.0, "vote_average": 0.0, "vote_count": 0, "genres": []} == {
        "adult": False,
        "backdrop_path": None,
        "belongs_to_collection": None,
        "budget": 0,
        "genres": [],
        "homepage": "",
        "id": 129,
        "imdb_id": "tt0245429",
        "origin_country": ["JP"],
        "original_language": "ja",
        "original_title": "千と千尋の神隠し",
        "overview": "",
        "popularity": 0.0,
        "poster_path": None,
        "production_companies": [],
        "production_countries": [{"iso_3166_1": "JP", "name": "Japan"}],
        "release_date": "2001-07-20",
        "revenue": 0,
        "runtime": 125,
        "spoken_languages": [{"iso_639_1": "ja", "english_name": "Japanese", "name": "日本語"}],
        "status": "Released",
        "tagline": "",
        "title": "Spirited Away",
        "video": False,
        "vote_average": 0.0,
        "vote_count": 0,
        "alternative_titles": {"titles": []},
    }
    assert {genre["name"] for genre in film["genres"]} == {"Animation", "Family", "Fantasy"}


def test_each_payload_is_its_own_to_change(films: list[Payload]) -> None:
    entries = [country for film in films for country in film["production_countries"]]
    assert len({id(entry) for entry in entries}) == len(entries)


def header(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").partition("\n")[0].split("\t")


FILM = {
    "tmdb_id": "11",
    "imdb_id": "tt0076759",
    "title": "Star Wars",
    "original_title": "Star Wars",
    "origin_countries": "US",
    "genres": "12,28",
    "original_language": "en",
}


def film_line(**changed: str) -> str:
    return "\t".join((FILM | changed).get(name, "") for name in header(FILMS))


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes the two files with these lines below their headers, and gives their paths."""

    def write(films: list[str], titles: list[str]) -> tuple[Path, Path]:
        paths = tmp_path / "films.tsv", tmp_path / "titles.tsv"
        for path, original, lines in zip(paths, (FILMS, TITLES), (films, titles), strict=True):
            text = "\n".join(["\t".join(header(original)), *lines]) + "\n"
            path.write_text(text, encoding="utf-8")
        return paths

    return write


def test_a_film_may_have_titles_with_and_without_a_type(written: Write) -> None:
    lines = ["11\tDE\tKrieg der Sterne", "11\tIN\tस्टार वार्स\tHindi"]
    (film,) = load_films(*written([film_line()], lines))
    assert alternative_titles(film) == [
        {"iso_3166_1": "DE", "title": "Krieg der Sterne", "type": ""},
        {"iso_3166_1": "IN", "title": "स्टार वार्स", "type": "Hindi"},
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("12\tonly three\tfields", "3 fields instead of 15"),
        (film_line() + "\tone more", "16 fields instead of 15"),
        ("", "1 fields instead of 15"),
        (film_line(tmdb_id="eleven"), r"int.*tmdb_id"),
        (film_line(tmdb_id=""), r"int.*tmdb_id"),
        (film_line(tmdb_id="0"), r">= 1.*tmdb_id"),
        (film_line(imdb_id="tt12"), r"imdb_id"),
        (film_line(imdb_id=" tt0076759"), r"imdb_id"),
        (film_line(title=""), r"title"),
        (film_line(release_date="25 May 1977"), r"release_date"),
        (film_line(release_date="1977-02-30"), r"release_date"),
        (film_line(runtime="two hours"), r"runtime"),
        (film_line(genres="12,,28"), r"genres"),
        (film_line(tmdb_rating="11.0"), r"tmdb_rating"),
        (film_line(imdb_votes="-5"), r"imdb_votes"),
        (film_line(origin_countries="US,QQ"), "'QQ' is not in TMDB's lists"),
        (film_line(production_countries="us"), "'us' is not in TMDB's lists"),
        (film_line(genres="12,1"), "1 is not in TMDB's lists"),
        (film_line(spoken_languages="qq"), "'qq' is not in TMDB's lists"),
        (film_line(original_language="qq"), "'qq' is not in TMDB's lists"),
        (film_line(tmdb_id="10"), "film 10 is there already"),
    ],
)
def test_a_broken_film_is_named_by_its_line(written: Write, line: str, told: str) -> None:
    with pytest.raises(ValueError, match=rf"^films\.tsv, line 3: .*{told}"):
        load_films(*written([film_line(tmdb_id="10"), line], []))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("11\tDE", "2 fields instead of 4"),
        ("11\tDE\t", "title"),
        ("11\tQQ\tStar Wars", "'QQ' is not in TMDB's lists"),
        ("12\tDE\tKrieg der Sterne", "there is no film 12"),
        ("x\tDE\tKrieg der Sterne", r"int.*tmdb_id"),
    ],
)
def test_a_broken_title_is_named_by_its_line(written: Write, line: str, told: str) -> None:
    with pytest.raises(ValueError, match=rf"^titles\.tsv, line 3: .*{told}"):
        load_films(*written([film_line()], ["11\tSE\tStjärnornas krig", line]))


def test_columns_in_another_order_are_refused(written: Write) -> None:
    films, titles = written([film_line()], [])
    films.write_text(films.read_text().replace("imdb_id\ttitle", "title\timdb_id"))
    with pytest.raises(ValueError, match=r"^films\.tsv, line 1: the header should be"):
        load_films(films, titles)


def test_a_broken_line_is_named_when_only_the_ratings_are_read(written: Write) -> None:
    films, _ = written([film_line(imdb_rating="8.6", imdb_votes="a million")], [])
    with pytest.raises(ValueError, match=r"^films\.tsv, line 2: .*imdb_votes"):
        load_imdb_ratings(films)
