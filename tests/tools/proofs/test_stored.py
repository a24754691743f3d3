"""`script/prove stored`: silent about a good import, and not to be fooled by a bad one."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_django import Settings

from importer.models import ImportRun
from tests.conftest import RunImport
from tests.films import film
from tools.proofs.comparison import Difference
from tools.proofs.payloads import NotPayloads, read_films, read_ratings, read_world
from tools.proofs.payloads import film as expected_film
from tools.proofs.stored import differences, ratings
from tools.sandbox.sources import Films

GB = {"iso_3166_1": "GB", "name": "United Kingdom"}
FR = {"iso_3166_1": "FR", "name": "France"}
NAMES = [{"iso_3166_1": "FR", "title": name, "type": ""} for name in ("Un", "Deux", "Un")]

CAST = [
    {"id": 21, "name": "Ann", "character": "A", "order": 1, "profile_path": "/a.jpg"},
    {"id": 22, "name": "Bo", "character": "", "order": 0},
    {"id": 21, "name": "Ann", "character": "Her twin", "order": 2, "profile_path": "/a.jpg"},
]
PARTS: dict[str, Any] = {
    "overview": " A story. ",
    "tagline": "Told",
    "backdrop_path": "/b.jpg",
    "belongs_to_collection": {"id": 31, "name": "Stories"},
    "production_companies": [{"origin_country": "FR"}, {"origin_country": ""}],
    "translations": {
        "translations": [
            {"iso_639_1": code, "data": {"title": name}}
            for code, name in (("sv", "Saga"), ("da", "Saga"), ("de", "Sage"), ("en", ""))
        ]
    },
    "credits": {"cast": CAST, "crew": [{"id": 23, "name": "Cy", "job": "Director"}]},
    "videos": {"results": [{"key": "k", "site": "YouTube", "type": "Trailer"}]},
    "watch/providers": {
        "results": {
            "SE": {
                "rent": [
                    {"provider_id": 42, "provider_name": "Two", "display_priority": 2},
                    {"provider_id": 41, "provider_name": "One", "display_priority": 1},
                ]
            }
        }
    },
}

# A film of each sort that the rules tell apart.
SORTS = [
    film(1),
    film(2, origin_country=["FR"], production_countries=[GB, FR]),
    film(3, origin_country=[], production_countries=[FR, GB]),
    film(4, origin_country=["SU"], production_countries=[]),
    film(5, title="A Name", original_title="Ein Name", alternative_titles={"titles": NAMES}),
    film(6, imdb_id=None, release_date="", runtime=0, poster_path=None, genres=[]),
    film(7, imdb_id=" tt0000077 ", title=" Padded "),
    film(8, vote_average=0.0, vote_count=0),
    film(9, vote_average=0.0, vote_count=3),
    film(10, runtime=20, vote_count=40_000, vote_average=9.1),
    film(11, origin_country=["GB", "GB"], production_countries=[GB, GB], spoken_languages=[]),
    film(12, title="Straße der Öfen", original_title="Улица", original_language="ru"),
    film(13, **PARTS),
    film(14, origin_country=["GB", "FR"], original_language="fr"),
    film(15, origin_country=["GB", "FR"], production_companies=[{"origin_country": "FR"}]),
    film(16, origin_country=["FR", "GB", "SU"]),
    film(17, origin_country=["SU", "FR"], original_language="ka"),
    film(18, imdb_id="tt0000010", vote_count=39_999),
]

TITLE_TWICE = """
INSERT INTO title (movie_id, name, key, words, weight, year, countries, is_own)
SELECT movie_id, name, key, words, weight, year, countries, is_own FROM title WHERE name = 'Un'
"""

LATER_SET = "INSERT INTO change_set (number, token, at) VALUES (2, 7, now())"

# A change of one row, with the place and the column that have to be named.
CHANGES = [
    ("UPDATE movie SET imdb_id = 'tt0000002' WHERE id = 1", "movie 1", "imdb_id"),
    ("UPDATE movie SET imdb_id = '' WHERE id = 6", "movie 6", "imdb_id"),
    ("UPDATE movie SET title = 'Film  1' WHERE id = 1", "movie 1", "title"),
    ("UPDATE movie SET original_title = 'film 1' WHERE id = 1", "movie 1", "original_title"),
    ("UPDATE movie SET original_language = 'fr' WHERE id = 1", "movie 1", "original_language"),
    ("UPDATE movie SET release_date = '2000-01-01' WHERE id = 1", "movie 1", "release_date"),
    ("UPDATE movie SET release_date = '2000-01-01' WHERE id = 6", "movie 6", "release_date"),
    ("UPDATE movie SET status = '' WHERE id = 1", "movie 1", "status"),
    ("UPDATE movie SET runtime = 91 WHERE id = 1", "movie 1", "runtime"),
    ("UPDATE movie SET runtime = 0 WHERE id = 6", "movie 6", "runtime"),
    ("UPDATE movie SET poster_path = NULL WHERE id = 1", "movie 1", "poster_path"),
    ("UPDATE movie SET popularity = popularity + 1e-12 WHERE id = 1", "movie 1", "popularity"),
    ("UPDATE movie SET tmdb_rating = 7.50000001 WHERE id = 1", "movie 1", "tmdb_rating"),
    ("UPDATE movie SET tmdb_rating = 0 WHERE id = 8", "movie 8", "tmdb_rating"),
    ("UPDATE movie SET tmdb_votes = 101 WHERE id = 1", "movie 1", "tmdb_votes"),
    ("UPDATE movie SET origin_countries = '{FR}' WHERE id = 3", "movie 3", "origin_countries"),
    ("UPDATE movie SET production_countries = '{FR,GB}' WHERE id = 2", "movie 2",
     "production_countries"),
    ("UPDATE movie SET genre_ids = '{18,18}' WHERE id = 1", "movie 1", "genre_ids"),
    ("UPDATE movie SET spoken_languages = '{}' WHERE id = 1", "movie 1", "spoken_languages"),
    ("DELETE FROM movie WHERE id = 1", "movie 1", "row"),
    ("UPDATE movie SET id = 24 WHERE id = 1", "movie 24", "row"),
    ("UPDATE title SET name = 'Une' WHERE name = 'Un'", "title of movie 5", "name"),
    ("DELETE FROM title WHERE name = 'Deux'", "title of movie 5", "name"),
    (TITLE_TWICE, "title of movie 5", "name"),
    ("UPDATE title SET id = -id WHERE name = 'Un'", "title of movie 5", "name"),
    ("UPDATE title SET key = 'deu' WHERE name = 'Deux'", "title 'Deux' of movie 5", "key"),
    ("UPDATE title SET words = '{}' WHERE name = 'Deux'", "title 'Deux' of movie 5", "words"),
    ("UPDATE title SET year = 1900 WHERE name = 'Deux'", "title 'Deux' of movie 5", "year"),
    ("UPDATE title SET countries = '{DE}' WHERE name = 'Deux'", "title 'Deux' of movie 5",
     "countries"),
    ("UPDATE title SET is_own = true WHERE name = 'Deux'", "title 'Deux' of movie 5", "is_own"),
    ("UPDATE title SET weight = weight - 1 WHERE name = 'Deux'", "title 'Deux' of movie 5",
     "weight"),
    ("UPDATE movie SET home_countries = '{FR,GB}' WHERE id = 2", "movie 2", "home_countries"),
    ("UPDATE standing SET is_home = true WHERE movie_id = 2 AND country_id = 'GB'",
     "standing of movie 2 in GB", "is_home"),
    ("UPDATE standing SET few_votes = true WHERE movie_id = 1",
     "standing of movie 1 in GB", "few_votes"),
    ("UPDATE catalogue SET min_listed = 101", "standing of movie 11 in GB", "few_votes"),
    ("UPDATE movie SET imdb_id = 'tt0000010' WHERE id = 1", "movie 1", "imdb_id"),
    ("UPDATE country_total SET films_by_decade = '{}' WHERE by = 'home' AND country_id = 'GB'",
     "country_total by home of GB", "films_by_decade"),
    ("UPDATE continent_total SET rated = rated + 1 WHERE by = 'home' AND continent = 'Europe'",
     "continent_total by home of Europe", "rated"),
    ("UPDATE standing SET is_origin = true WHERE movie_id = 2 AND country_id = 'GB'",
     "standing of movie 2 in GB", "is_origin"),
    ("UPDATE standing SET is_production = true WHERE movie_id = 4",
     "standing of movie 4 in SU", "is_production"),
    ("UPDATE standing SET country_id = 'RU' WHERE movie_id = 4",
     "standing of movie 4 in SU", "row"),
    ("DELETE FROM standing WHERE movie_id = 1", "standing of movie 1 in GB", "row"),
    ("UPDATE standing SET is_short = false WHERE movie_id = 10",
     "standing of movie 10 in GB", "is_short"),
    ("UPDATE standing SET year = NULL WHERE movie_id = 1", "standing of movie 1 in GB", "year"),
    ("UPDATE standing SET genre_ids = '{}' WHERE movie_id = 1", "standing of movie 1 in GB",
     "genre_ids"),
    ("UPDATE standing SET language = 'fi' WHERE movie_id = 1", "standing of movie 1 in GB",
     "language"),
    ("UPDATE country_facet SET rated = rated + 1 WHERE country_id = 'FR' AND genre_id = 18",
     "country_facet FR 1990 18 True True True", "rated"),
    ("UPDATE standing SET rating = 7.5000001 WHERE movie_id = 1",
     "standing of movie 1 in GB", "rating"),
    ("UPDATE standing SET votes = 1000 WHERE movie_id = 1", "standing of movie 1 in GB", "votes"),
    ("UPDATE standing SET weighted_rating = weighted_rating + 1e-9 WHERE movie_id = 1",
     "standing of movie 1 in GB", "weighted_rating"),
    ("UPDATE country_total SET movies = movies + 1 WHERE by = 'origin' AND country_id = 'GB'",
     "country_total by origin of GB", "movies"),
    ("UPDATE country_total SET listed = listed + 1 WHERE by = 'production' AND country_id = 'FR'",
     "country_total by production of FR", "listed"),
    ("UPDATE catalogue SET c = c + 1e-9", "catalogue", "c"),
    ("UPDATE word SET titles = titles + 1 WHERE word = 'deux'", "word 'deux'", "titles"),
    ("DELETE FROM word WHERE word = 'deux'", "word 'deux'", "row"),
    ("UPDATE imdb_rating SET rating = 7.6 WHERE imdb_id = 'tt0000001'",
     "standing of movie 1 in GB", "rating"),
    ("UPDATE imdb_rating SET votes = 1000 WHERE imdb_id = 'tt0000001'",
     "standing of movie 1 in GB", "votes"),
    ("UPDATE imdb_rating SET votes = 1000 WHERE imdb_id = 'tt0000001'",
     "title 'Film 1' of movie 1", "weight"),
    ("UPDATE imdb_rating SET rating = 7.6 WHERE imdb_id = 'tt0000001'", "catalogue", "c"),
    ("DELETE FROM imdb_rating", "standing of movie 1 in GB", "votes"),
    ("UPDATE imdb_rating SET imdb_id = 'tt0000008'", "standing of movie 8 in GB", "row"),
    ("UPDATE tmdb_movie SET popularity = 0 WHERE id = 1", "tmdb_movie 1", "popularity"),
    ("UPDATE tmdb_movie SET gone_at = now() WHERE id = 1", "tmdb_movie 1", "gone_at"),
    ("UPDATE tmdb_movie SET exported_on = NULL WHERE id = 1", "tmdb_movie 1", "exported_on"),
    ("UPDATE tmdb_movie SET fetched_at = NULL WHERE id = 1", "tmdb_movie 1", "fetched_at"),
    ("UPDATE tmdb_movie SET due_at = fetched_at WHERE id = 1", "tmdb_movie 1", "due_at"),
    ("UPDATE tmdb_movie SET due_at = due_at + interval '1 year' WHERE id = 1", "tmdb_movie 1",
     "due_at"),
    ("UPDATE tmdb_movie SET attempts = 1 WHERE id = 1", "tmdb_movie 1", "attempts"),
    ("DELETE FROM tmdb_movie WHERE id = 1", "tmdb_movie 1", "row"),
    ("UPDATE tmdb_movie SET id = 24 WHERE id = 1", "tmdb_movie 24", "row"),
    ("DELETE FROM country WHERE code = 'SU'", "country SU", "row"),
    ("DELETE FROM genre WHERE id = 18", "genre 18", "row"),
    ("DELETE FROM language WHERE code = 'ru'", "language ru", "row"),
    ("ALTER TABLE movie ADD mood text", "movie 1", "mood"),
    ("UPDATE movie SET overview = NULL WHERE id = 1", "movie 1", "overview"),
    ("UPDATE movie SET tagline = NULL WHERE id = 13", "movie 13", "tagline"),
    ("UPDATE movie SET backdrop_path = NULL WHERE id = 13", "movie 13", "backdrop_path"),
    ("UPDATE movie SET collection_id = NULL WHERE id = 13", "movie 13", "collection_id"),
    ("UPDATE movie SET company_countries = '{}' WHERE id = 13", "movie 13", "company_countries"),
    ("UPDATE movie SET trailer_site = 'Vimeo' WHERE id = 13", "movie 13", "trailer_site"),
    ("UPDATE movie SET trailer_key = NULL WHERE id = 13", "movie 13", "trailer_key"),
    ("UPDATE movie SET availability_at = NULL WHERE id = 13", "movie 13", "availability_at"),
    ("UPDATE title SET language = 'sv' WHERE name = 'Saga'", "title 'Saga' of movie 13",
     "language"),
    ("UPDATE person SET name = 'Anna' WHERE id = 21", "person 21", "name, profile_path"),
    ("UPDATE person SET profile_path = NULL WHERE id = 21", "person 21", "name, profile_path"),
    ("UPDATE person SET key = 'a' WHERE id = 21", "person 21", "key, words"),
    ("UPDATE person SET words = '{}' WHERE id = 21", "person 21", "key, words"),
    ("UPDATE person SET weight = 0 WHERE id = 23", "person 23", "weight"),
    ("UPDATE credit SET person_id = 22 WHERE job = 'director'",
     "credit of movie 13 as director 0", "person_id"),
    ("UPDATE credit SET character = 'A' WHERE person_id = 21",
     "credit of movie 13 as actor 1", "character"),
    ("UPDATE credit SET position = 7 WHERE person_id = 21",
     "credit of movie 13 as actor 7", "row"),
    ("UPDATE credit SET job = 'actor', position = 9 WHERE job = 'director'",
     "credit of movie 13 as director 0", "row"),
    ("DELETE FROM credit WHERE person_id = 22", "credit of movie 13 as actor 0", "row"),
    ("UPDATE availability SET providers = '{42,41}'",
     "availability of movie 13 in SE by rent", "providers"),
    ("UPDATE availability SET region = 'NO'", "availability of movie 13 in NO by rent", "row"),
    ("UPDATE availability SET kind = 'buy'", "availability of movie 13 in SE by rent", "row"),
    ("UPDATE provider SET name = 'Zwei' WHERE id = 42", "provider 42", "row"),
    ("UPDATE provider SET logo_path = '/l.png' WHERE id = 42", "provider 42", "row"),
    ("DELETE FROM provider WHERE id = 41", "provider 41", "row"),
    ("UPDATE collection SET name = 'Tales'", "collection 31", "row"),
    ("UPDATE tmdb_movie SET discover_rank = 3 WHERE id = 1", "tmdb_movie 1", "discover_rank"),
    ("UPDATE tmdb_movie SET not_found = 1 WHERE id = 1", "tmdb_movie 1", "not_found"),
    ("UPDATE tmdb_movie SET not_found_at = now() WHERE id = 1", "tmdb_movie 1", "not_found_at"),
    ("UPDATE country_director SET films = 2", "country_director of GB at 1", "films"),
    ("UPDATE country_director SET person_id = 21", "country_director of GB at 1", "person_id"),
    ("UPDATE country_director SET position = 2", "country_director of GB at 1", "row"),
    ("DELETE FROM country_director", "country_director of GB at 1", "row"),
    ("UPDATE movie_change SET kind = 'left' WHERE movie_id = 1", "movie_change 1", "kind"),
    ("UPDATE movie_change SET change_set_id = 9 WHERE movie_id = 1", "movie_change 1",
     "change_set_id"),
    (f"{LATER_SET}; UPDATE movie_change SET change_set_id = 2 WHERE movie_id = 1",
     "movie_change 1", "change_set_id"),
    ("UPDATE movie_change SET movie_id = 24 WHERE movie_id = 1", "movie_change 24", "kind"),
    ("DELETE FROM movie_change WHERE movie_id = 1", "movie_change 1", "row"),
    ("UPDATE change_set SET number = 2", "change_set", "number"),
    (f"{LATER_SET}; UPDATE change_set SET at = at - interval '1 day' WHERE number = 2",
     "change_set 2", "at"),
]  # fmt: skip


@pytest.fixture
def file(source: Films, tmp_path: Path) -> Path:
    """A file of the films that `source` serves."""
    source.films = {film["id"]: film for film in SORTS}
    path = tmp_path / "films.ndjson.gz"
    path.write_bytes(gzip.compress(b"".join(json.dumps(film).encode() + b"\n" for film in SORTS)))
    return path


@pytest.fixture
def imported(file: Path, run_import: RunImport, database_url: str) -> Iterator[psycopg.Connection]:
    """A connection to the database that the films have been imported into."""
    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    with psycopg.connect(database_url) as connection:
        yield connection
        connection.rollback()


def test_a_good_import_is_found_to_be_good(file: Path, imported: psycopg.Connection[Any]) -> None:
    assert list(differences(imported, read_world(file))) == []


def test_one_changed_column_of_one_row_is_found_and_named(
    file: Path, imported: psycopg.Connection[Any]
) -> None:
    world = read_world(file)
    unnoticed = []
    for change, where, column in CHANGES:
        imported.execute(change.encode())
        found = {
            (difference.where, difference.column) for difference in differences(imported, world)
        }
        if (where, column) not in found:
            unnoticed.append((change, found))
        imported.rollback()
    assert unnoticed == []


def test_every_column_of_a_film_is_among_those_changes(imported: psycopg.Connection[Any]) -> None:
    columns = imported.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'movie'"
    )
    changed = {column for _, where, column in CHANGES if where.startswith("movie ")}
    assert {name for (name,) in columns} - changed == {"id"}


def test_a_difference_says_what_is_stored_and_what_should_be() -> None:
    difference = Difference("movie 603", "runtime", 135, 136)

    assert str(difference) == "movie 603, runtime: stored 135, expected 136"


def test_adult_titles_and_videos_are_not_expected(tmp_path: Path) -> None:
    films = [film(1), film(2, adult=True), film(3, video=True)]
    path = tmp_path / "films.ndjson.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, films)).encode()))

    assert list(read_films(path)) == [1]


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"{"), gzip.compress(b"[1]")],
    ids=["empty", "no gzip", "no JSON", "no film"],
)
def test_what_is_no_file_of_payloads_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "films.ndjson.gz"
    path.write_bytes(content)

    with pytest.raises(NotPayloads, match="is no file of payloads"):
        read_films(path)


def test_imdb_ids_are_trimmed_and_empty_ones_are_none() -> None:
    assert expected_film(film(1, imdb_id=" tt0000001\t")).row["imdb_id"] == "tt0000001"
    assert expected_film(film(1, imdb_id="")).row["imdb_id"] is None
    elsewhere = film(1, imdb_id=None, external_ids={"imdb_id": "tt0000002"})
    assert expected_film(elsewhere).row["imdb_id"] == "tt0000002"


def test_ratings_that_are_not_those_of_imdbs_file_are_found(
    imported: psycopg.Connection[Any], tmp_path: Path
) -> None:
    path = tmp_path / "ratings.tsv.gz"
    path.write_bytes(gzip.compress(b"tconst\taverageRating\tnumVotes\ntt0000001\t7.5\t100\n"))
    wanted = read_ratings(path)

    assert list(ratings(imported, wanted)) == []
    imported.execute("UPDATE imdb_rating SET votes = 101")
    assert list(ratings(imported, wanted)) == [
        Difference("imdb_rating tt0000001", "votes", 101, 100)
    ]
    imported.execute("DELETE FROM imdb_rating")
    assert [difference.column for difference in ratings(imported, wanted)] == ["row"]


def test_the_command_ends_with_0_or_with_1(
    file: Path, imported: psycopg.Connection[Any], database_url: str, settings: Settings
) -> None:
    def prove() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "tools.proofs", "stored", str(file)],
            env=os.environ | {"DEBUG": "1", "DATABASE_URL": database_url},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )

    good = prove()
    imported.execute("UPDATE movie SET runtime = 91 WHERE id = 1")
    imported.commit()
    bad = prove()

    assert (good.returncode, bad.returncode) == (0, 1)
    assert "compared 18 films" in good.stdout
    assert "WRONG: movie 1, runtime: stored 91, expected 90" in bad.stdout
