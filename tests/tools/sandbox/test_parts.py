"""The parts that can be appended to a movie's details, and what can become of them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.tools.sandbox.conftest import Get
from tools.sandbox.payloads import film_payload
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films, PayloadFile
from tools.sandbox.synthetic import Synthetic

PARTS = "alternative_titles,external_ids,translations,credits,videos,watch/providers"
WHOLE = f"/3/movie/603?append_to_response={PARTS}"
KEY = {"Authorization": "Bearer sandbox"}

EMPTY = {
    "translations": {"translations": []},
    "credits": {"cast": [], "crew": []},
    "videos": {"results": []},
    "watch/providers": {"results": {}},
    "keywords": {"keywords": []},
    "release_dates": {"results": []},
    "images": {"backdrops": [], "logos": [], "posters": []},
    "similar": {"page": 1, "results": [], "total_pages": 1, "total_results": 0},
}


def test_details_tell_of_the_film(get: Get) -> None:
    assert get("/3/movie/603").json().keys() >= {
        "overview", "tagline", "backdrop_path", "belongs_to_collection", "production_companies",
    }  # fmt: skip


@pytest.mark.parametrize("name", EMPTY)
def test_a_part_that_nothing_is_known_of_is_empty(get: Get, name: str) -> None:
    assert get(f"/3/movie/603?append_to_response={name}").json()[name] == EMPTY[name]


def test_what_there_is_no_part_of_is_passed_over(get: Get) -> None:
    asked = get("/3/movie/603?append_to_response=videos,seasons,,Credits,account_states").json()
    assert asked.keys() - get("/3/movie/603").json().keys() == {"videos"}


@pytest.mark.parametrize(("number", "status"), [(20, 200), (21, 400)])
def test_twenty_parts_can_be_appended(get: Get, number: int, status: int) -> None:
    answer = get(f"/3/movie/603?append_to_response={','.join(['credits'] * number)}")
    assert answer.status_code == status
    assert answer.json().get("status_code") == (27 if status == 400 else None)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox with a file of one payload that holds some parts."""
    payload = film_payload(7, "Seven", imdb_id="tt0000007") | {
        "credits": {"cast": [{"id": 1, "name": "Somebody"}], "crew": []},
        "keywords": {"keywords": [{"id": 2, "name": "sin"}]},
        "trailers": {"youtube": []},
    }
    del payload["alternative_titles"]
    path = tmp_path / "films.ndjson.gz"
    path.write_bytes(gzip.compress(json.dumps(payload).encode()))
    with Sandbox(PayloadFile(path)) as sandbox:
        yield sandbox


def test_a_file_of_payloads_gives_the_parts_that_it_has(real: Sandbox) -> None:
    url = f"{real.tmdb_url}/movie/7"
    bare = requests.get(url, headers=KEY, timeout=10).json()
    whole = requests.get(f"{url}?append_to_response={PARTS}", headers=KEY, timeout=10).json()
    assert bare.keys().isdisjoint({*EMPTY, "trailers"})
    assert whole.keys() - bare.keys() == set(PARTS.split(","))
    assert whole["credits"]["cast"] == [{"id": 1, "name": "Somebody"}]
    assert whole["alternative_titles"] == {"titles": []}
    assert whole["external_ids"]["imdb_id"] == "tt0000007"


def test_where_to_watch_can_be_asked_for_alone(get: Get, films: Films) -> None:
    there = {"results": {"SE": {"link": "", "free": [{"provider_id": 1}]}}}
    films.films[603]["watch/providers"] = there
    assert get("/3/movie/603/watch/providers").json() == {"id": 603, **there}
    assert get("/3/movie/1/watch/providers").json() == {"id": 1, "results": {}}
    assert get("/3/movie/999/watch/providers").json()["status_code"] == 34


def test_where_to_watch_can_fail(get: Get, sandbox: Sandbox) -> None:
    sandbox.faults.only.update({"providers/603": "500", "providers": "503"})
    assert get("/3/movie/603/watch/providers").status_code == 500
    assert get("/3/movie/1/watch/providers").status_code == 503
    assert get("/3/movie/603").status_code == 200
    sandbox.faults.only["providers"] = "hang"
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(f"{sandbox.tmdb_url}/movie/1/watch/providers", headers=KEY, timeout=0.3)


@pytest.mark.parametrize("name", PARTS.split(","))
def test_each_part_can_be_odd(get: Get, sandbox: Sandbox, name: str) -> None:
    got = {}
    for how in ("missing", "null", "list", "empty"):
        sandbox.faults.only[603] = f"{name}-{how}"
        got[how] = get(WHOLE).json()
    assert name not in got["missing"]
    assert [got[how][name] for how in ("null", "list", "empty")] == [None, [], {}]
    assert all(answer["title"] == "The Matrix" for answer in got.values())
    assert name not in get("/3/movie/603").json()


def test_parts_can_be_odd_by_chance() -> None:
    with Sandbox(Synthetic(5), faults="parts=1") as sandbox:
        url = f"{sandbox.tmdb_url}/movie/1?append_to_response={PARTS}"
        answers = [requests.get(url, headers=KEY, timeout=10).json() for _ in range(40)]
    odd = [name for answer in answers for name in PARTS.split(",") if not answer.get(name)]
    assert len(odd) == 40
    assert len(set(odd)) > 1


def test_pictures_are_drawn_in_the_size_asked_for(sandbox: Sandbox) -> None:
    url = sandbox.images_url
    poster = requests.get(f"{url}/w342/poster-129.jpg", timeout=10)
    assert poster.headers["Content-Type"] == "image/svg+xml"
    assert 'width="342" height="513"' in poster.text
    backdrop = requests.get(f"{url}/h90/backdrop-129.jpg", timeout=10)
    assert 'width="160" height="90"' in backdrop.text
    assert requests.get(f"{url}/original/profile-1.jpg", timeout=10).status_code == 200
    assert requests.get(f"{url}/large/profile-1.jpg", timeout=10).status_code == 404
    assert poster.text != requests.get(f"{url}/w342/poster-130.jpg", timeout=10).text
