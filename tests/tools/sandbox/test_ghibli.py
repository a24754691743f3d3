"""The Studio Ghibli API as the sandbox serves it: its facts, its quirks, its faults."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.tools.sandbox.conftest import Get
from tests.tools.sandbox.test_command import refusal, start
from tools.sandbox.ghibli import Entry, own_ghibli
from tools.sandbox.server import Sandbox


def last(address: str) -> str:
    return address.rpartition("/")[2]


def linked(entries: list[Entry], name: str) -> set[tuple[str, str]]:
    return {(entry["id"], last(link)) for entry in entries for link in entry[name] if last(link)}


def test_films_and_people_need_no_key(sandbox: Sandbox) -> None:
    films = requests.get(sandbox.ghibli_url + "/films", timeout=10).json()
    people = requests.get(sandbox.ghibli_url + "/people", timeout=10).json()

    assert len({film["id"] for film in films}) == 22
    assert len({person["id"] for person in people}) >= 40
    assert sandbox.requests == {"films": 1, "people": 1}


def test_every_scalar_is_a_text_that_says_something() -> None:
    for film in own_ghibli().films:
        assert film.keys() == {
            *("id", "title", "original_title", "original_title_romanised", "director", "producer"),
            *("release_date", "running_time", "people", "url"),
        }
        texts = [value for name, value in film.items() if name != "people"]
        assert all(isinstance(text, str) and text for text in texts)
        assert 1986 <= int(film["release_date"]) <= 2023
        assert 60 <= int(film["running_time"]) <= 140


def test_the_two_sides_disagree_and_no_link_leads_nowhere() -> None:
    ghibli = own_ghibli()
    by_films = linked(ghibli.films, "people")
    by_people = {(film, person) for person, film in linked(ghibli.people, "films")}

    assert by_films - by_people
    assert by_people - by_films
    films = {film["id"] for film in ghibli.films}
    people = {person["id"] for person in ghibli.people}
    assert {film for film, _ in by_films | by_people} < films
    assert {person for _, person in by_films | by_people} == people


def test_a_film_that_knows_nobody_links_to_all_people_on_another_host(sandbox: Sandbox) -> None:
    bare = [film for film in sandbox.ghibli.films if linked([film], "people") == set()]

    assert bare
    assert {tuple(film["people"]) for film in bare} == {
        ("https://ghibliapi.herokuapp.com/people/",)
    }


def test_two_people_have_the_url_of_a_third() -> None:
    people = own_ghibli().people
    others = [person for person in people if last(person["url"]) != person["id"]]

    assert len(others) == 2
    assert {last(person["url"]) for person in others} < {person["id"] for person in people}


def test_a_folder_of_answers_is_served_as_it_is(tmp_path: Path) -> None:
    answers: dict[str, list[dict[str, Any]]] = {
        "films": [{"id": "1", "title": "Some film", "rt_score": "95"}],
        "people": [{"id": "2", "name": "Somebody"}],
    }
    for name, content in answers.items():
        (tmp_path / f"ghibli-{name}.json").write_text(json.dumps(content))

    with start("--port", "0", "--ghibli", str(tmp_path)) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[3]
        for name, content in answers.items():
            assert requests.get(f"{url}/ghibli/{name}", timeout=10).json() == content
        process.terminate()


@pytest.mark.parametrize("content", ["{}", "[1]", "oops", None])
def test_a_folder_without_answers_is_refused_by_the_files_name(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "ghibli-films.json").write_text(content)

    assert "ghibli-films.json" in refusal("--port", "0", "--ghibli", str(tmp_path))


def test_faults_can_be_made_and_mended_while_it_runs(get: Get, sandbox: Sandbox) -> None:
    whole = get("/ghibli/films").json()
    got = {}
    for kind in ("500", "503", "html", "not-json", "empty", "object"):
        sandbox.faults.only["films"] = kind
        answer = get("/ghibli/films")
        got[kind] = (answer.status_code, answer.headers["Content-Type"][:9], answer.content[:13])

    assert got == {
        "500": (500, "applicati", b'{"success":fa'),
        "503": (503, "applicati", b'{"success":fa'),
        "html": (200, "text/html", b"<!DOCTYPE htm"),
        "not-json": (200, "applicati", b'[{"id":"2baf7'),
        "empty": (200, "applicati", b"[]"),
        "object": (200, "applicati", b'{"results":[{'),
    }
    assert get("/ghibli/people").status_code == 200
    del sandbox.faults.only["films"]
    assert get("/ghibli/films").json() == whole


@pytest.mark.parametrize("kind", ["hang", "reset", "half"])
def test_some_faults_never_give_a_whole_answer(sandbox: Sandbox, kind: str) -> None:
    sandbox.faults.only["people"] = kind

    with pytest.raises(requests.exceptions.RequestException):
        requests.get(sandbox.ghibli_url + "/people", timeout=0.3)


def test_a_slow_answer_comes_drop_by_drop(sandbox: Sandbox) -> None:
    sandbox.faults.only["people"] = "slow"

    with requests.get(sandbox.ghibli_url + "/people", timeout=10, stream=True) as response:
        assert 0 < len(response.raw.read1(100_000)) < 100
        assert int(response.headers["Content-Length"]) > 5000
