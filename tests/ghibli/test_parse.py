"""What the two answers say together, whatever is wrong with them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghibli.errors import RefreshFailed
from ghibli.parse import Catalogue, parse
from tests.ghibli.conftest import film, person


def parsed(films: Any, people: Any) -> Catalogue:
    return parse(json.dumps(films).encode(), json.dumps(people).encode())


def words(catalogue: Catalogue) -> list[str]:
    return [str(problem) for problem in catalogue.problems]


def test_a_films_people_are_those_that_either_side_links_to() -> None:
    catalogue = parsed(
        [film("a", "1", "2"), film("b")], [person("1", "a"), person("2"), person("3", "a", "b")]
    )

    assert catalogue.appearances == {("a", "1"), ("a", "2"), ("a", "3"), ("b", "3")}
    assert catalogue.problems == []


@pytest.mark.parametrize("link", ["https://x.example/people/", "https://x.example/people"])
def test_a_link_to_all_people_names_nobody(link: str) -> None:
    catalogue = parsed([film("a", people=[link])], [person("1")])

    assert catalogue.appearances == set()
    assert catalogue.problems == []


def test_a_person_is_told_by_their_id_and_not_by_their_url() -> None:
    big = person("1")
    small = person("2", "a", url=big["url"])
    catalogue = parsed([film("a")], [big, small])

    assert catalogue.appearances == {("a", "2")}
    assert catalogue.problems == []


def test_ids_and_years_may_be_numbers() -> None:
    catalogue = parsed([film("7", id=7, release_date=1999)], [person("8", "7", id=8)])

    assert [(film.id, film.release_year) for film in catalogue.films] == [("7", 1999)]
    assert catalogue.appearances == {("7", "8")}
    assert catalogue.problems == []


def test_of_two_with_the_same_id_the_first_counts_and_the_second_is_told() -> None:
    second = film("a", "1", title="Other")
    catalogue = parsed([film("a"), second], [person("1")])

    assert [film.title for film in catalogue.films] == ["Film a"]
    assert catalogue.appearances == set()
    assert words(catalogue) == ["/films[1]: /films[0] has the same id"]
    assert catalogue.problems[0].dump == json.dumps(second).encode()


@pytest.mark.parametrize("missing", [{}, {"id": None}, {"id": "  "}, {"id": True}, {"id": [1]}])
def test_what_has_no_id_is_told_and_the_others_are_used(missing: dict[str, Any]) -> None:
    broken = {"title": "Nameless", **missing}
    catalogue = parsed([broken, film("a")], [person("1", "a")])

    assert [film.id for film in catalogue.films] == ["a"]
    assert len(catalogue.problems) == 1
    assert words(catalogue)[0].startswith("/films[0]: ")
    assert catalogue.problems[0].dump == json.dumps(broken).encode()


def test_an_id_that_no_index_could_hold_is_none() -> None:
    catalogue = parsed([film("a"), film("b", id="x" * 101)], [person("1")])

    assert [film.id for film in catalogue.films] == ["a"]
    assert words(catalogue) == ["/films[1]: no id of 1 to 100 characters"]


def test_links_that_lead_nowhere_are_told() -> None:
    catalogue = parsed([film("a", "nobody")], [person("1", "nothing", "a")])

    assert catalogue.appearances == {("a", "1")}
    assert words(catalogue) == [
        "/films[0]: people[0] leads to nobody and nothing",
        "/people[0]: films[0] leads to nobody and nothing",
    ]


def test_a_film_with_an_id_is_listed_whatever_else_is_wrong_with_it() -> None:
    catalogue = parsed(
        [
            film("a", title=None, original_title="映画"),
            {"id": "b"},
            film("c", title=[], director="So\0 so", release_date="soon", people="1"),
        ],
        [{"id": "1", "name": {}}],
    )

    assert [film.title for film in catalogue.films] == ["映画", "b", "映画 c"]
    assert [person.name for person in catalogue.people] == ["1"]
    assert words(catalogue) == [
        "/films[2]: title is not a text",
        "/films[2]: release_date is not a year",
        "/films[2]: director is a text with NUL, which PostgreSQL cannot store",
        "/people[0]: name is not a text",
        "/films[2]: people is not a list",
    ]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"null", b"[{}]", b"[1]", b"<html>", b'[{"id": "\\ud83d"}]']
)
def test_an_answer_that_nothing_can_be_made_of_fails_with_its_body(body: bytes) -> None:
    good = json.dumps([person("1")]).encode()

    with pytest.raises(RefreshFailed, match=r"^/films") as of_films:
        parse(body, good)
    with pytest.raises(RefreshFailed, match=r"^/people") as of_people:
        parse(good, body)

    assert of_films.value.dump == of_people.value.dump == body


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
IDS = st.sampled_from(["a", "b", 1, "1"]) | SCALARS
LINKS = st.lists(st.sampled_from(["x/a", "x/1", "x/b/", "x/films/", "", 1]) | SCALARS) | SCALARS
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "id": IDS,
        "title": SCALARS,
        "name": SCALARS,
        "release_date": st.sampled_from(["1999", 2001]) | SCALARS,
        "people": LINKS,
        "films": LINKS,
    },
)
ANSWERS = st.lists(ENTRIES | SCALARS, max_size=5).map(json.dumps).map(str.encode)


@given(ANSWERS | st.binary(), ANSWERS | st.binary())
def test_whatever_comes_is_a_consistent_catalogue_or_a_failure(
    films: bytes, people: bytes
) -> None:
    try:
        catalogue = parse(films, people)
    except RefreshFailed:
        return
    film_ids = [film.id for film in catalogue.films]
    person_ids = [person.id for person in catalogue.people]
    assert len(set(film_ids)) == len(film_ids) > 0
    assert len(set(person_ids)) == len(person_ids) > 0
    assert {film for film, _ in catalogue.appearances} <= set(film_ids)
    assert {person for _, person in catalogue.appearances} <= set(person_ids)
    stored = [text for film in catalogue.films for text in (film.id, film.title, film.director)]
    stored += [person.name for person in catalogue.people] + words(catalogue)
    assert not any("\0" in text for text in stored)
    assert all(text.encode() for text in [*film_ids, *person_ids])
