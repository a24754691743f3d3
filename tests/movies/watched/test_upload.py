"""What is said of films and countries, and of films that stand in several rows or files."""

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.streaming import stream_json
from movies.films import films_by_id
from movies.models import Lens, Movie, Title
from movies.watched.files import NamedFile
from movies.watched.upload import classify_upload
from tests.movies.watched.conftest import Ask
from tests.movies.watched.world import Film

RATED = "Const,Your Rating,Title\n"
LISTED = "Position,Const,Title\n"
NAMED = "Date,Name,Year,Letterboxd URI\n"
STARRED = "Date,Name,Year,Letterboxd URI,Rating\n"
HEAT, STALKER, CITY_OF_GOD = "tt0113277", "tt0079944", "tt0317248"


def placed(answer: Any, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(film[key] for key in keys) for film in answer["matched"]]


def repeated(answer: Any) -> list[tuple[Any, ...]]:
    keys = ("file", "row", "of_file", "of_row", "imdb_id")
    return [tuple(row[key] for key in keys) for row in answer["duplicates"]]


def test_a_film_is_said_as_the_catalogue_has_it(ask: Ask) -> None:
    answer = ask(ratings_csv=f"{RATED}tt0068646,9,Padrino\ntt0211915,8,Amelie\n")

    assert answer["matched"] == [
        {
            "file": "ratings.csv",
            "row": 2,
            "country_codes": ["US"],
            "co_production_codes": [],
            "name": "The Godfather",
            "original_name": "The Godfather",
            "year": 1972,
            "imdb_id": "tt0068646",
            "id": 238,
            "personal_rating": 9,
            "rating": (1_000 * 8.0 + 3_000 * 9.0) / 4_000,
            "poster_url": "https://image.tmdb.org/t/p/w500/238.jpg",
            "seen": True,
            "watched_on": None,
            "rated_on": None,
            "certainty": "id",
            "why": "imdb_id",
            "matched_name": None,
            "matched_language": None,
            "row_year": None,
        },
        {
            "file": "ratings.csv",
            "row": 3,
            "country_codes": ["FR"],
            "co_production_codes": ["DE"],
            "name": "Amélie",
            "original_name": "Le Fabuleux Destin d'Amélie Poulain",
            "year": 2001,
            "imdb_id": "tt0211915",
            "id": 194,
            "personal_rating": 8,
            "rating": 8.0,
            "poster_url": "https://image.tmdb.org/t/p/w500/194.jpg",
            "seen": True,
            "watched_on": None,
            "rated_on": None,
            "certainty": "id",
            "why": "imdb_id",
            "matched_name": None,
            "matched_language": None,
            "row_year": None,
        },
    ]


def test_a_row_without_a_film_keeps_what_was_said_of_it(ask: Ask) -> None:
    """So that nothing is lost when somebody says which film it is."""
    diary = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    answer = ask(
        **{
            "watched.csv": f"{NAMED}2019-06-07,Nothing Like It,1999,https://boxd.it/x\n",
            "diary.csv": f"{diary}2020-01-03,Nothing Like It,1999,https://boxd.it/a,2,,,2020-01-02\n",
        }
    )
    [row] = answer["unmatched"]
    said = ("file", "personal_rating", "seen", "watched_on", "rated_on")
    assert [row[key] for key in said] == ["watched.csv", 4, True, "2020-01-02", "2020-01-02"]


def test_the_last_day_of_rating_is_said_and_that_of_wishing_is_not(ask: Ask) -> None:
    dated = "Const,Your Rating,Date Rated,Title\n"
    answer = ask(
        a_csv=f"{dated}{HEAT},9,2020-01-02,Heat\n{STALKER},8,2019-01-02,Stalker\n",
        b_csv=f"{dated}{HEAT},8,2021-03-04,Heat\n",
        watchlist_csv=f"Position,Const,Created,Title\n1,{HEAT},2022-01-02,Heat\n",
    )
    assert placed(answer, "imdb_id", "rated_on") == [(HEAT, "2021-03-04"), (STALKER, "2019-01-02")]


def test_a_row_without_a_film_is_said_as_the_file_has_it(ask: Ask) -> None:
    answer = ask(ratings_csv="Const,Title,Title Type,Year\n903747,Breaking Bad,tvSeries,2008\n")
    assert answer["unmatched"] == [
        {
            "file": "ratings.csv",
            "row": 2,
            "name": "Breaking Bad",
            "year": 2008,
            "imdb_id": "tt0903747",
            "title_type": "tvSeries",
            "personal_rating": None,
            "seen": False,
            "watched_on": None,
            "rated_on": None,
            "reason": "not_a_movie",
            "candidates": [],
        }
    ]


def test_the_worlds_rating_is_the_one_of_all_other_answers(ask: Ask) -> None:
    answer = ask(a_csv="Const\n" + "".join(f"{film.imdb_id}\n" for film in Movie.objects.all()))

    films = films_by_id(film["id"] for film in answer["matched"])
    assert len(films) > 40
    for film in answer["matched"]:
        assert film["rating"] == films[film["id"]].rating


@pytest.mark.parametrize(
    ("kind", "codes"), [("origin", ["BR"]), ("production", ["BR", "FR", "DE"])]
)
def test_countries_are_seen_through_the_lens_asked_for(
    ask: Ask, kind: str, codes: list[str]
) -> None:
    answer = ask(Lens(kind), ratings_csv=f"{RATED}{CITY_OF_GOD},9,\n")

    assert answer["by"] == kind
    assert placed(answer, "country_codes") == [(codes,)]
    assert answer["countries"] == dict.fromkeys(codes, 1)


def test_countries_are_counted_of_seen_and_of_wanted_films_apart(ask: Ask) -> None:
    answer = ask(
        ratings_csv=f"{RATED}{STALKER},9,\n{HEAT},7,\ntt0068646,7,\ntt0113277,7,\n",
        watchlist_csv=f"{LISTED}1,tt0245429,\n2,tt0047478,\n3,tt0078788,\n4,{HEAT},\n",
    )

    assert answer["countries"] == {"US": 2, "SU": 1}
    assert list(answer["countries"]) == ["US", "SU"]
    assert answer["wanted_countries"] == {"JP": 2, "US": 1}
    assert answer["summary"] == {
        "rows": 8,
        "matched": 6,
        "unmatched": 0,
        "duplicates": 2,
        "seen": 3,
        "wanted": 3,
        # The United States; the Soviet Union is one of the former states.
        "countries": 1,
        "countries_total": 15,
        "former_states": 1,
    }


def test_countries_without_a_rated_film_of_their_own_do_not_count(ask: Ask) -> None:
    csv = "Const,Your Rating\ntt0832517,8\n"
    by_origin = ask(ratings_csv=csv)["summary"]
    assert (by_origin["countries"], by_origin["countries_total"]) == (1, 15)


def test_nothing_is_counted_of_nothing(ask: Ask) -> None:
    answer = ask(ratings_csv=RATED)
    assert answer["countries"] == answer["wanted_countries"] == {}
    assert answer["matched"] == answer["unmatched"] == answer["duplicates"] == []
    assert answer["summary"]["rows"] == 0


def test_a_film_in_several_files_is_matched_once_with_what_all_say(ask: Ask) -> None:
    answer = ask(
        watchlist_csv=f"{LISTED}1,{HEAT},\n2,{STALKER},\n",
        ratings_csv=f"{RATED}{HEAT},8,\n",
        watched_csv=f"{NAMED},Stalker,1979,x\n,Heat,1995,y\n",
    )

    assert placed(answer, "file", "row", "imdb_id", "personal_rating", "seen") == [
        ("watchlist.csv", 2, HEAT, 8, True),
        ("watchlist.csv", 3, STALKER, None, True),
    ]
    assert repeated(answer) == [
        ("ratings.csv", 2, "watchlist.csv", 2, HEAT),
        ("watched.csv", 2, "watchlist.csv", 3, STALKER),
        ("watched.csv", 3, "watchlist.csv", 2, HEAT),
    ]
    assert answer["source"] == "mixed"


def test_letterboxds_watched_and_rated_films_are_one_list(ask: Ask) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("watched.csv", f"{NAMED},Heat,1995,y\n,Stalker,1979,x\n,Nix,2001,z\n")
        archive.writestr("ratings.csv", f"{STARRED},Stalker,1979,x,4.5\n,Nix,2001,z,2\n")
        archive.writestr("watchlist.csv", f"{NAMED},Oldboy,2003,w\n")

    answer = ask(letterboxd_zip=packed.getvalue())

    assert (answer["source"], [file["file"] for file in answer["files"]]) == (
        "letterboxd",
        ["ratings.csv", "watched.csv", "watchlist.csv"],
    )
    assert placed(answer, "file", "row", "name", "personal_rating", "seen") == [
        ("ratings.csv", 2, "Stalker", 9, True),
        ("watched.csv", 2, "Heat", None, True),
        ("watchlist.csv", 2, "Oldboy", None, False),
    ]
    assert [(row["file"], row["row"], row["reason"]) for row in answer["unmatched"]] == [
        ("ratings.csv", 3, "not_in_catalogue")
    ]
    assert repeated(answer) == [
        ("watched.csv", 3, "ratings.csv", 2, STALKER),
        ("watched.csv", 4, "ratings.csv", 3, None),
    ]


def test_the_first_of_two_own_ratings_stays(ask: Ask) -> None:
    answer = ask(ratings_csv=f"{RATED}{HEAT},,\n{HEAT},8,\n{HEAT},3,\n")
    assert placed(answer, "row", "personal_rating") == [(2, 8)]


@pytest.mark.parametrize(
    ("files", "source"),
    [
        ({"a.csv": RATED, "b.csv": RATED}, "imdb_ratings"),
        ({"a.csv": RATED, "b.csv": LISTED}, "imdb"),
        ({"a.csv": NAMED, "watchlist.csv": NAMED}, "letterboxd"),
        ({"a.csv": NAMED, "b.csv": RATED}, "mixed"),
    ],
)
def test_the_source_is_what_all_files_have_in_common(
    ask: Ask, files: dict[str, str], source: str
) -> None:
    assert ask(**files)["source"] == source


def test_the_film_with_most_votes_answers_for_an_id(ask: Ask) -> None:
    Movie.objects.filter(id=900001).update(tmdb_votes=5_000)
    assert placed(ask(a_csv=f"Const\n{HEAT}\n"), "id") == [(900001,)]


def test_of_two_films_with_as_many_votes_the_older_record_answers(ask: Ask) -> None:
    Movie.objects.filter(id=900001).update(tmdb_votes=1_000, tmdb_rating=8)
    assert placed(ask(a_csv=f"Const\n{HEAT}\n"), "id") == [(949,)]


def test_a_name_of_punctuation_alone_is_not_taken_for_another(ask: Ask) -> None:
    film = Film(900003, None, "...", "...", "2001-01-01", "US")
    film.movie().save()
    Title.objects.bulk_create(film.titles())

    answer = ask(watched_csv=f"{NAMED},???,2001,x\n")

    assert [row["reason"] for row in answer["unmatched"]] == ["not_in_catalogue"]


def test_what_cannot_be_said_fails_before_anything_has_been(ask: Ask) -> None:
    watched = classify_upload([NamedFile("\ud800.csv", RATED.encode())], Lens.ORIGIN)
    with pytest.raises(UnicodeEncodeError):
        stream_json(watched)


@pytest.mark.parametrize("rows", [1, 50])
def test_the_queries_do_not_depend_on_the_rows(ask: Ask, rows: int) -> None:
    named = NAMED + "".join(f",Film {number},1999,{number}\n" for number in range(rows))
    rated = RATED + "".join(f"{number},7,\n" for number in range(1, rows + 1))
    with CaptureQueriesContext(connection) as queries:
        ask(watched_csv=named, ratings_csv=rated)

    # Films by IMDb's ids, those of Letterboxd's names, for the rows that stay without one its
    # namesakes, and then the best known of their name; former states; rated countries.
    assert len(queries) == 1 + 1 + 1 + 1 + 1 + 1, [query["sql"] for query in queries]


def test_rows_of_nothing_but_commas_are_counted_apart(ask: Ask) -> None:
    answer = ask(ratings_csv=f"{RATED}{HEAT},8,Heat\n,,\n\n , ,\n")
    assert answer["blank_rows"] == {"ratings.csv": 2}
    assert answer["summary"]["rows"] == 1


def test_ratings_and_days_that_are_none_are_counted_and_their_films_taken(ask: Ask) -> None:
    dated = "Const,Your Rating,Date Rated,Title\n"
    answer = ask(
        ratings_csv=f"{dated}{HEAT},eleven,31/31/2020,Heat\n{STALKER},0,2020-01-02,Stalker\n"
    )
    assert answer["odd_values"] == {"ratings.csv": 2}
    assert placed(answer, "imdb_id", "personal_rating", "rated_on") == [
        (HEAT, None, None),
        (STALKER, None, "2020-01-02"),
    ]
