"""The Studio Ghibli API with its quirks, from facts of the sandbox's own or a folder of answers.

Films and people point at each other by addresses, and the two sides disagree: some links are
given by the film only, most by the person only. A film that knows nobody links to all people.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from tools.sandbox.faults import DETAIL_FAULTS, Faults
from tools.sandbox.wire import Answer, Response, json_response

Entry = dict[str, Any]

FOLDER = Path(__file__).parent
# The host that served the API before; links lead there still, and nobody answers.
LINKS = "https://ghibliapi.herokuapp.com"
# Too slow for anybody's patience, without a pause in it.
TRICKLE_BYTES_PER_SECOND = 40


class Ghibli:
    """Films and people as they are served; tests change them as they like."""

    def __init__(self, films: list[Entry], people: list[Entry]) -> None:
        self.films = films
        self.people = people

    def answer(self, path: str, faults: Faults) -> Answer:
        """What is in `faults.only` under "films" or "people" breaks that answer."""
        name = path.rpartition("/")[2]
        content = self.films if name == "films" else self.people
        kind = faults.only.get(name)
        return FAULTS[kind](content) if kind else json_response(content)


def own_ghibli() -> Ghibli:
    """All films and some of their people, from ghibli-films.tsv and ghibli-people.tsv."""
    films = [_film(row) for row in _rows("ghibli-films.tsv")]
    by_title = {film["title"]: film for film in films}
    people = [_person(row, by_title) for row in _rows("ghibli-people.tsv")]
    for film in films:
        film["people"] = film["people"] or [f"{LINKS}/people/"]
    return Ghibli(films, people)


def read_ghibli(folder: Path) -> Ghibli:
    """The answers in ghibli-films.json and ghibli-people.json.

    OSError when they cannot be read, ValueError when they are no lists of objects.
    """
    return Ghibli(_entries(folder / "ghibli-films.json"), _entries(folder / "ghibli-people.json"))


def _film(row: dict[str, str]) -> Entry:
    return {**row, "people": [], "url": f"{LINKS}/films/{row['id']}"}


def _person(row: dict[str, str], films: dict[str, Entry]) -> Entry:
    """With the links on the sides that give them: the film's, the person's, or both."""
    address = f"{LINKS}/people/{row['id']}"
    own = []
    for title in row["films"].split(", "):
        film = films[title]
        if row["linked_by"] in ("person", "both"):
            own.append(film["url"])
        if row["linked_by"] in ("film", "both"):
            film["people"].append(address)
    # Some have another's address, as in the real one.
    url = f"{LINKS}/people/{row['url_id'] or row['id']}"
    return {"id": row["id"], "name": row["name"], "films": own or [f"{LINKS}/films/"], "url": url}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def _entries(path: Path) -> list[Entry]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Entry])
    except msgspec.MsgspecError as error:
        raise ValueError(f"{path} is no answer of the Studio Ghibli API: {error}") from None


def _slow(content: list[Entry]) -> Response:
    whole = json_response(content)
    return Response(200, whole.body, whole.headers, bytes_per_second=TRICKLE_BYTES_PER_SECOND)


FAULTS: dict[str, Callable[[Any], Answer]] = {
    **{kind: DETAIL_FAULTS[kind] for kind in ("500", "503", "hang", "reset", "half")},
    **{kind: DETAIL_FAULTS[kind] for kind in ("html", "not-json")},
    "slow": _slow,
    "empty": lambda content: json_response([]),
    "object": lambda content: json_response({"results": content}),
}
