"""The file of payloads: what it serves, and what is no such file."""

import gzip
import json
from pathlib import Path

import pytest
import requests

from tests.tools.sandbox.conftest import export_path
from tools.sandbox.payloads import film_payload
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import PayloadFile

FILMS = [film_payload(7, "Über"), film_payload(3, "Three", popularity=2.5)]


@pytest.fixture
def movies(tmp_path: Path) -> Path:
    path = tmp_path / "movies.ndjson.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, FILMS)).encode()))
    return path


def test_each_film_is_served_as_the_file_has_it(movies: Path) -> None:
    source = PayloadFile(movies)
    assert [source.payload(7), source.payload(3)] == FILMS
    assert source.payload(4) is None


def test_the_export_names_the_files_films_in_its_order(movies: Path) -> None:
    with Sandbox(PayloadFile(movies)) as sandbox:
        export = requests.get(sandbox.url + export_path(), timeout=10)
    lines = [json.loads(line) for line in gzip.decompress(export.content).splitlines()]
    assert [(line["id"], line["popularity"]) for line in lines] == [(7, 0.0), (3, 2.5)]


def test_lists_beside_the_file_are_used_where_there_are_any(movies: Path) -> None:
    country = {"iso_3166_1": "SE", "english_name": "Sverige"}
    (movies.parent / "tmdb-countries.json").write_text(json.dumps([country]))
    ratings = b"tconst\taverageRating\tnumVotes\ntt0000007\t5.0\t70\n"
    (movies.parent / "imdb-title-ratings-2018.tsv.gz").write_bytes(gzip.compress(ratings))
    source = PayloadFile(movies)
    assert source.countries == [country]
    assert len(source.genres) == 19
    assert b"".join(source.imdb_lines()) == ratings


def test_without_ratings_beside_it_the_table_has_only_its_header(movies: Path) -> None:
    assert b"".join(PayloadFile(movies).imdb_lines()) == b"tconst\taverageRating\tnumVotes\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no gzip", "not a whole gzip file"),
        (gzip.compress(b'{"id": 1}' * 100)[:-9], "not a whole gzip file"),
        (gzip.compress(b"\n"), "holds no movie"),
        (gzip.compress(json.dumps(FILMS[0]).encode() + b'\n{"id": "x"}\n'), "line 2: not a movie"),
    ],
    ids=["no gzip", "cut off", "empty", "no film"],
)
def test_what_is_no_file_of_payloads_is_refused(movies: Path, content: bytes, said: str) -> None:
    movies.write_bytes(content)
    with pytest.raises(ValueError, match=said):
        PayloadFile(movies)
