"""TMDB's API as the sandbox speaks it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import requests

from tests.tools.sandbox.conftest import Get
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films


def test_a_movie_has_the_parts_that_are_asked_for(get: Get, films: Films) -> None:
    bare = get("/3/movie/603").json()
    whole = get("/3/movie/603?append_to_response=alternative_titles,external_ids").json()
    assert "alternative_titles" not in bare
    assert "external_ids" not in bare
    assert whole.pop("external_ids")["imdb_id"] == "tt0133093"
    assert whole == films.films[603]


@pytest.mark.parametrize(("name", "code"), [("604", 34), ("0", 6), ("-1", 6), ("x", 6)])
def test_a_movie_that_is_not_there_is_a_404_of_tmdb(get: Get, name: str, code: int) -> None:
    answer = get(f"/3/movie/{name}")
    assert answer.status_code == 404
    assert answer.json()["success"] is False
    assert answer.json()["status_code"] == code


def test_films_can_come_change_and_go_while_it_runs(get: Get, films: Films) -> None:
    films.films[603]["title"] = "Matrix"
    assert get("/3/movie/603").json()["title"] == "Matrix"
    del films.films[603]
    assert get("/3/movie/603").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/3/movie/603", "/3/movie/changes", "/3/genre/movie/list", "/3/configuration/countries"],
)
def test_without_the_key_everything_is_refused(sandbox: Sandbox, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = requests.get(sandbox.url + path, headers=headers, timeout=10)
        assert answer.status_code == 401
        assert answer.json()["status_code"] == 7


def test_the_key_can_stand_in_the_query(sandbox: Sandbox) -> None:
    answer = requests.get(f"{sandbox.tmdb_url}/movie/603?api_key=sandbox", timeout=10)
    assert answer.json()["id"] == 603


def test_reference_lists_have_tmdbs_shape(get: Get) -> None:
    countries = {entry["iso_3166_1"]: entry for entry in get("/3/configuration/countries").json()}
    languages = {entry["iso_639_1"]: entry for entry in get("/3/configuration/languages").json()}
    genres = {entry["id"]: entry["name"] for entry in get("/3/genre/movie/list").json()["genres"]}
    assert countries["SE"]["english_name"] == "Sweden"
    assert countries.keys() >= {"AN", "CS", "SU", "XC", "XG", "XI", "YU", "ZR"}
    assert languages["de"] == {"iso_639_1": "de", "english_name": "German", "name": "Deutsch"}
    assert languages.keys() >= {"xx", "cn", "sh", "mo"}
    assert genres[18] == "Drama"
    assert len(genres) == 19


def test_changes_come_a_hundred_a_page(get: Get, films: Films) -> None:
    day = date(2026, 3, 1)
    films.changed = {day: [None, *range(1, 250)], day - timedelta(days=20): [999]}
    pages = [
        get(f"/3/movie/changes?start_date=2026-02-20&end_date=2026-03-02&page={page}").json()
        for page in (1, 2, 3, 4)
    ]
    assert [len(page["results"]) for page in pages] == [100, 100, 50, 0]
    assert {(page["total_pages"], page["total_results"]) for page in pages} == {(3, 250)}
    assert pages[0]["results"][:2] == [{"id": None, "adult": None}, {"id": 1, "adult": False}]


def test_changes_are_of_the_last_day_unless_asked_otherwise(get: Get, films: Films) -> None:
    today = datetime.now(UTC).date()
    films.changed = {today: [1], today - timedelta(days=5): [2]}
    assert [entry["id"] for entry in get("/3/movie/changes").json()["results"]] == [1]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("start_date=2026-01-01&end_date=2026-01-16", 422, 20),
        ("start_date=2026-01-02&end_date=2026-01-01", 422, 20),
        ("start_date=yesterday", 422, 5),
        ("page=0", 400, 22),
        ("page=501", 400, 22),
    ],
)
def test_changes_refuse_what_tmdb_refuses(get: Get, query: str, status: int, code: int) -> None:
    answer = get(f"/3/movie/changes?{query}")
    assert (answer.status_code, answer.json()["status_code"]) == (status, code)


def test_a_window_of_fourteen_days_is_allowed(get: Get) -> None:
    assert get("/3/movie/changes?start_date=2026-01-01&end_date=2026-01-15").status_code == 200


def test_over_the_rate_comes_tmdbs_429(get: Get, sandbox: Sandbox) -> None:
    sandbox.rate = 3
    statuses = [get("/3/movie/603").status_code for _ in range(3)]
    refused = [get("/3/movie/603") for _ in range(10)]
    assert statuses == [200] * 3
    assert 25 in [answer.json().get("status_code") for answer in refused]


def test_it_counts_what_was_asked(get: Get, sandbox: Sandbox) -> None:
    for path in ("/3/movie/603", "/3/movie/603", "/3/movie/604", "/3/genre/movie/list", "/else"):
        get(path)
    assert sandbox.requests == {"movie": 3, "genres": 1, "other": 1}
    assert sandbox.asked == {603: 2, 604: 1}
