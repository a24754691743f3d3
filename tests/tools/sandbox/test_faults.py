"""What each fault does to a movie's answer, and how often faults strike."""

import socket
from collections import Counter

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.sandbox.conftest import Get
from tools.sandbox.faults import DETAIL_FAULTS, SHARED_FAULTS, Faults
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

MATRIX = "/3/movie/603?append_to_response=alternative_titles"


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("401", 401, 7),
        ("404", 404, 34),
        ("422", 422, 5),
        ("429", 429, 25),
        ("429-retry-after", 429, 25),
        ("429-absurd", 429, 25),
        ("500", 500, 11),
        ("503", 503, 9),
    ],
)
def test_an_error_has_tmdbs_shape(
    get: Get, sandbox: Sandbox, kind: str, status: int, code: int
) -> None:
    sandbox.faults.only[603] = kind
    answer = get(MATRIX)
    assert answer.status_code == status
    assert answer.json()["success"] is False
    assert answer.json()["status_code"] == code
    assert answer.json()["status_message"]


def test_the_three_429_differ_in_what_they_say_about_waiting(get: Get, sandbox: Sandbox) -> None:
    waits = []
    for kind in ("429", "429-retry-after", "429-absurd"):
        sandbox.faults.only[603] = kind
        waits.append(get(MATRIX).headers.get("Retry-After"))
    assert waits == [None, "1", "31536000"]


def test_one_broken_film_leaves_the_others_and_can_be_mended(get: Get, sandbox: Sandbox) -> None:
    sandbox.faults.only[603] = "500"
    assert [get(MATRIX).status_code for _ in range(3)] == [500] * 3
    assert get("/3/movie/1").status_code == 200
    del sandbox.faults.only[603]
    assert get(MATRIX).status_code == 200


def test_a_hang_keeps_nobody_else_waiting(get: Get, sandbox: Sandbox) -> None:
    sandbox.faults.only[603] = "hang"
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(
            sandbox.url + MATRIX, headers={"Authorization": "Bearer sandbox"}, timeout=0.1
        )
    with socket.create_connection(("127.0.0.1", sandbox.port)) as waiting:
        waiting.sendall(b"GET /3/movie/603?api_key=sandbox HTTP/1.1\r\n\r\n")
        assert get("/3/movie/1").status_code == 200
        waiting.setblocking(False)
        with pytest.raises(BlockingIOError):
            waiting.recv(1)


def test_a_reset_is_a_reset(sandbox: Sandbox) -> None:
    sandbox.faults.only[603] = "reset"
    with socket.create_connection(("127.0.0.1", sandbox.port)) as connection:
        connection.sendall(b"GET /3/movie/603?api_key=sandbox HTTP/1.1\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_half_a_body_promises_the_whole(get: Get, sandbox: Sandbox) -> None:
    whole = get(MATRIX).content
    sandbox.faults.only[603] = "half"
    with socket.create_connection(("127.0.0.1", sandbox.port)) as connection:
        connection.sendall(f"GET {MATRIX}&api_key=sandbox HTTP/1.1\r\n\r\n".encode())
        with connection.makefile("rb") as received:
            head, _, body = received.read().partition(b"\r\n\r\n")
    assert f"Content-Length: {len(whole)}".encode() in head.splitlines()
    assert body == whole[: len(whole) // 2]


@pytest.mark.parametrize("kind", ["html", "not-json"])
def test_a_body_that_is_no_json_comes_as_success(get: Get, sandbox: Sandbox, kind: str) -> None:
    sandbox.faults.only[603] = kind
    answer = get(MATRIX)
    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()


def test_faults_inside_a_payload_are_made_from_the_true_one(
    get: Get, sandbox: Sandbox, films: Films
) -> None:
    true = films.films[603]
    got = {}
    for kind in DETAIL_FAULTS.keys() - {"hang", "reset", "half", "html", "not-json"}:
        sandbox.faults.only[603] = kind
        got[kind] = get(MATRIX).json()
    assert "title" not in got["missing-fields"]
    assert got["null-fields"] == {**dict.fromkeys(true), "id": 603}
    assert got["empty-strings"] == {
        **true,
        **{k: "" for k, v in true.items() if v.__class__ is str},
    }
    assert got["padded"]["imdb_id"] == "  tt0133093 "
    assert got["wrong-types"]["title"] == 42
    assert got["nul"] == {**true, "title": "The Matrix\0"}
    assert got["surrogate"] == {**true, "title": "The Matrix\ud83d"}
    assert got["unknown-country"]["origin_country"] == ["US", "QQ"]
    assert got["unknown-language"]["original_language"] == "zz"
    assert got["unknown-genre"]["genres"][1]["id"] == 99999
    assert got["country-twice"]["production_countries"] == true["production_countries"] * 2
    assert got["other-id"] == {**true, "id": 604}


def test_lists_and_changes_can_be_broken_too(get: Get, sandbox: Sandbox) -> None:
    paths = {
        "changes": "/3/movie/changes",
        "countries": "/3/configuration/countries",
        "languages": "/3/configuration/languages",
        "genres": "/3/genre/movie/list",
    }
    sandbox.faults.only.update(dict.fromkeys(paths, "503"))
    assert [get(path).status_code for path in paths.values()] == [503] * 4


def test_shares_strike_by_chance_and_alike_for_the_same_seed(films: Films) -> None:
    def statuses(seed: int) -> list[int]:
        headers = {"Authorization": "Bearer sandbox"}
        with (
            Sandbox(films, faults="500=0.3,404=0.2", seed=seed) as sandbox,
            requests.Session() as session,
        ):
            url = f"{sandbox.tmdb_url}/movie/603"
            return [session.get(url, headers=headers).status_code for _ in range(200)]

    first = statuses(seed=1)
    assert set(first) == {200, 404, 500}
    assert Counter(first)[200] > 60
    assert first == statuses(seed=1) != statuses(seed=2)


def test_all_means_every_kind_of_detail_but_the_refused_key() -> None:
    shares = Faults("all=0.05,500=0.5").shares
    assert shares.keys() == DETAIL_FAULTS.keys() - {"401"}
    assert shares["500"] == 0.5
    assert set(shares.values()) == {0.05, 0.5}


@given(st.text() | st.text("=,. 015nulat-", max_size=20))
def test_any_spec_is_shares_of_known_kinds_or_refused(spec: str) -> None:
    try:
        shares = Faults(spec).shares
    except ValueError:
        return
    assert shares.keys() <= SHARED_FAULTS
    assert all(0 <= share <= 1 for share in shares.values())


@pytest.mark.parametrize(
    ("spec", "named"),
    [
        ("oops=0.1", "oops"),
        ("500=2", "500=2"),
        ("500=x", "500=x"),
        ("nul", "nul"),
        ("500=nan", "nan"),
    ],
)
def test_a_spec_that_is_wrong_is_refused_by_name(spec: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        Faults(spec)
