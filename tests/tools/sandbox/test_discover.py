"""`/discover/movie` as the sandbox serves it: TMDB's filters, orders, pages and errors."""

import gzip
import json
from pathlib import Path

import pytest
import requests

from tests.tools.sandbox.conftest import Get
from tools.sandbox.payloads import Payload, film_payload
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films, PayloadFile
from tools.sandbox.synthetic import Synthetic

KEY = {"Authorization": "Bearer sandbox"}


@pytest.fixture
def films() -> Films:
    """45 films of Sweden, the later the more votes and the less popularity, and some others."""
    swedish = [
        film_payload(
            number,
            f"Film {number}",
            origin_country=["SE"],
            original_language="sv",
            vote_count=number,
            popularity=100.0 - number,
        )
        for number in range(1, 46)
    ]
    shared = film_payload(100, "Shared", origin_country=["SE", "DK"], vote_count=1000)
    danish = film_payload(101, "Danish", origin_country=["DK"], vote_count=5)
    adult = film_payload(102, "Adult", origin_country=["DK"], vote_count=5, adult=True)
    video = film_payload(103, "Video", origin_country=["DK"], vote_count=5, video=True)
    return Films([*swedish, shared, danish, adult, video, film_payload(104, "Stateless")])


def ids(page: Payload) -> list[int]:
    return [entry["id"] for entry in page["results"]]


def discover(get: Get, **query: object) -> Payload:
    page: Payload = get(
        "/3/discover/movie", params={name.replace("__", "."): query[name] for name in query}
    ).json()
    return page


def test_a_countrys_films_come_twenty_a_page_the_most_voted_first(get: Get) -> None:
    pages = [
        discover(get, with_origin_country="SE", sort_by="vote_count.desc", page=page)
        for page in (1, 2, 3, 4)
    ]
    assert ids(pages[0]) == [100, *range(45, 26, -1)]
    assert [len(page["results"]) for page in pages] == [20, 20, 6, 0]
    assert [page["page"] for page in pages] == [1, 2, 3, 4]
    assert {(page["total_pages"], page["total_results"]) for page in pages} == {(3, 46)}


def test_by_default_the_most_popular_come_first_of_all_that_are_no_adult_titles(get: Get) -> None:
    page = discover(get)
    assert ids(page)[:3] == [1, 2, 3]
    assert page["total_results"] == 48
    assert ids(discover(get, sort_by="vote_count.asc"))[:3] == [104, 1, 2]


def test_it_filters_by_votes_and_language_and_several_countries(get: Get) -> None:
    assert discover(get, with_original_language="sv", vote_count__gte=40)["total_results"] == 6
    assert discover(get, with_origin_country="SE|DK")["total_results"] == 47
    assert ids(discover(get, with_origin_country="DK", sort_by="vote_count.desc")) == [100, 101]


def test_nothing_found_is_one_empty_page(get: Get) -> None:
    nothing = {"page": 1, "results": [], "total_pages": 1, "total_results": 0}
    assert discover(get, with_origin_country="NO") == nothing
    assert discover(get, with_original_language="en-US") == nothing


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"page": 0}, 400, 22),
        ({"page": 501}, 400, 22),
        ({"page": "x"}, 422, 5),
        ({"sort_by": "beauty.desc"}, 422, 5),
        ({"vote_count.gte": "many"}, 422, 5),
    ],
)
def test_it_refuses_what_tmdb_refuses(
    get: Get, query: dict[str, object], status: int, code: int
) -> None:
    answer = get("/3/discover/movie", params=query)
    assert (answer.status_code, answer.json()["status_code"]) == (status, code)
    assert get("/3/discover/movie", params={"page": 500}).status_code == 200


def test_an_entry_names_neither_countries_nor_imdbs_id(get: Get, films: Films) -> None:
    films.films[100]["genres"] = [{"id": 18, "name": "Drama"}]
    (entry,) = discover(get, with_origin_country="DK", vote_count__gte=100)["results"]
    assert entry.keys() == {
        "adult", "backdrop_path", "genre_ids", "id", "original_language", "original_title",
        "overview", "popularity", "poster_path", "release_date", "title", "video",
        "vote_average", "vote_count",
    }  # fmt: skip
    assert entry["genre_ids"] == [18]


def test_films_that_come_while_it_runs_are_found(get: Get, films: Films) -> None:
    films.films[200] = film_payload(200, "New", origin_country=["NO"])
    assert ids(discover(get, with_origin_country="NO")) == [200]


def test_a_file_of_payloads_is_searched_too(tmp_path: Path) -> None:
    plain = film_payload(7, "Seven", origin_country=["US"], vote_count=3)
    old = film_payload(8, "Eight", vote_count=9)
    del old["origin_country"], old["overview"], old["video"]  # as answers of other years
    path = tmp_path / "films.ndjson.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, [plain, old])).encode()))
    with Sandbox(PayloadFile(path)) as sandbox:
        url = f"{sandbox.tmdb_url}/discover/movie"
        of_us = requests.get(f"{url}?with_origin_country=US", headers=KEY, timeout=10).json()
        every = requests.get(f"{url}?sort_by=vote_count.desc", headers=KEY, timeout=10).json()
    assert ids(of_us) == [7]
    assert ids(every) == [8, 7]


def test_made_up_films_are_found_by_what_their_payloads_say() -> None:
    world = Synthetic(600)
    french = [film for film in world.payloads() if film["origin_country"] == ["FR"]]
    expected = sorted((-film["vote_count"], film["id"]) for film in french)
    with Sandbox(world) as sandbox:
        url = f"{sandbox.tmdb_url}/discover/movie?with_origin_country=FR&sort_by=vote_count.desc"
        page = requests.get(url, headers=KEY, timeout=10).json()
    assert ids(page) == [movie_id for _, movie_id in expected[:20]]
    assert page["total_results"] == len(french) > 20


def test_one_country_can_fail_or_all(get: Get, sandbox: Sandbox) -> None:
    path = "/3/discover/movie?with_origin_country="
    sandbox.faults.only["discover/SE"] = "422"
    assert get(path + "SE").status_code == 422
    assert get(path + "DK").status_code == 200
    sandbox.faults.only["discover"] = "no-permission"
    refused = get(path + "DK")
    assert (refused.status_code, refused.json()["status_code"]) == (401, 3)


def test_a_country_can_answer_its_first_page_for_ever(get: Get, sandbox: Sandbox) -> None:
    sandbox.faults.only["discover/SE"] = "page-1"
    first, second = (discover(get, with_origin_country="SE", page=page) for page in (1, 2))
    assert first == second
    assert second["page"] == 1


def test_a_list_can_name_a_film_that_there_is_not(get: Get, sandbox: Sandbox) -> None:
    sandbox.faults.only["discover"] = "ghost"
    ghost = ids(discover(get, with_origin_country="DK"))[0]
    assert get(f"/3/movie/{ghost}").json()["status_code"] == 34


def test_shares_strike_lists_only(films: Films) -> None:
    with Sandbox(films, faults="discover-500=1") as sandbox:
        of = {
            path: requests.get(f"{sandbox.tmdb_url}/{path}", headers=KEY, timeout=10).status_code
            for path in ("discover/movie", "movie/100", "movie/100/watch/providers")
        }
    assert of == {
        "discover/movie": 500,
        "movie/100": 200,
        "movie/100/watch/providers": 200,
    }
