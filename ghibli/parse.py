"""Reads the API's answers: bytes in, a consistent catalogue out. Pure: no network, no database.

Whatever has an id is used, with what can be read of it; what cannot is told beside it.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ghibli.errors import RefreshFailed, Unusable

LONGEST_ID = 100
# What reading raises: msgspec for other JSON or none, Python for JSON that is nested without end.
UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
# What a link ends in that leads to all of them: the API's way to say that it knows none.
COLLECTIONS = {"films", "people"}

entries = msgspec.json.Decoder(list[msgspec.Raw])
entry = msgspec.json.Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True)
class ParsedFilm:
    """A film as it will be stored."""

    id: str
    title: str
    original_title: str
    release_year: int | None
    director: str


@dataclass(frozen=True, slots=True)
class ParsedPerson:
    """A person as they will be stored."""

    id: str
    name: str


@dataclass
class Catalogue:
    """Everything that the two answers say; what they say wrongly is among `problems`."""

    films: list[ParsedFilm] = field(default_factory=list)
    people: list[ParsedPerson] = field(default_factory=list)
    # Film and person by their ids; both are in the lists above.
    appearances: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Unusable] = field(default_factory=list)


def parse(films: bytes, people: bytes) -> Catalogue:
    """What the bodies of /films and /people say together.

    A film's people are those that it links to and those that link to it: either side forgets
    some. RefreshFailed, with the body, for an answer that is no list, or has nothing usable.
    """
    catalogue = Catalogue()
    film_records = records(films, "/films", catalogue.problems)
    person_records = records(people, "/people", catalogue.problems)
    catalogue.films = [film(record) for record in film_records.values()]
    catalogue.people = [person(record) for record in person_records.values()]
    for record in film_records.values():
        named = record.links("people", person_records.keys())
        catalogue.appearances.update((record.id, person_id) for person_id in named)
    for record in person_records.values():
        named = record.links("films", film_records.keys())
        catalogue.appearances.update((film_id, record.id) for film_id in named)
    return catalogue


class Record:
    """One entry of a list, with a place to complain about it."""

    def __init__(self, place: str, raw: bytes, problems: list[Unusable]) -> None:
        """ValueError and the like when it has no id."""
        self.place = place
        self.raw = raw
        self.problems = problems
        self.fields = entry.decode(raw)
        self.id = identity(self.fields)

    def complain(self, message: str) -> None:
        self.problems.append(Unusable(f"{self.place}: {message}", self.raw))

    def text(self, name: str) -> str:
        """The field without padding, empty where there is nothing readable."""
        try:
            return as_text(self.fields.get(name))
        except ValueError as error:
            self.complain(f"{name} is {error}")
            return ""

    def year(self, name: str) -> int | None:
        given = self.text(name)
        if re.fullmatch(r"[0-9]{4}", given):
            return int(given)
        if given:
            self.complain(f"{name} is not a year")
        return None

    def links(self, name: str, known: Container[str]) -> Iterator[str]:
        """The ids that the field's addresses end in, whatever host they are on."""
        addresses = self.fields.get(name) or []
        if not isinstance(addresses, list):
            self.complain(f"{name} is not a list")
            return
        for number, address in enumerate(addresses):
            try:
                last = as_text(address).rstrip("/").rpartition("/")[2]
            except ValueError as error:
                self.complain(f"{name}[{number}] is {error}")
                continue
            if last in known:
                yield last
            elif last not in COLLECTIONS:
                self.complain(f"{name}[{number}] leads to nobody and nothing")


def records(body: bytes, path: str, problems: list[Unusable]) -> dict[str, Record]:
    """The entries of a list by their ids; of two with the same id the first."""
    found: dict[str, Record] = {}
    for number, raw in enumerate(listed(body, path)):
        place = f"{path}[{number}]"
        try:
            record = Record(place, bytes(raw), problems)
        except UNREADABLE as error:
            problems.append(Unusable(f"{place}: {error}", bytes(raw)))
            continue
        if record.id in found:
            record.complain(f"{found[record.id].place} has the same id")
        else:
            found[record.id] = record
    if not found:
        # Studio Ghibli has not unmade its films: an empty list is the API's mistake.
        raise RefreshFailed(f"{path}: nothing in the list can be used", body)
    return found


def listed(body: bytes, path: str) -> list[msgspec.Raw]:
    try:
        return entries.decode(body)
    except UNREADABLE as error:
        raise RefreshFailed(f"{path}: {error}", body) from None


def film(record: Record) -> ParsedFilm:
    title, original_title = record.text("title"), record.text("original_title")
    return ParsedFilm(
        id=record.id,
        title=title or original_title or record.id,
        original_title=original_title,
        release_year=record.year("release_date"),
        director=record.text("director"),
    )


def person(record: Record) -> ParsedPerson:
    return ParsedPerson(id=record.id, name=record.text("name") or record.id)


def identity(fields: dict[str, Any]) -> str:
    """The entry's `id`, and never what its `url` ends in: some have another's there."""
    try:
        found = as_text(fields.get("id"))
    except ValueError as error:
        raise ValueError(f"id is {error}") from None
    if not 1 <= len(found) <= LONGEST_ID:
        raise ValueError(f"no id of 1 to {LONGEST_ID} characters")
    return found


def as_text(given: object) -> str:
    """A text or whole number as text, None as an empty one; ValueError says what else it is."""
    if given is None:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise ValueError("not a text")  # noqa: TRY004 - the API's fault, not its caller's
    if "\0" in (text := str(given).strip()):
        raise ValueError("a text with NUL, which PostgreSQL cannot store")
    return text
