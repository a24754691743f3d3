"""Choosing among namesakes, whatever they are: the order in which they come says nothing, and what
is taken is never more than the rules allow."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movies.folding import key
from movies.watched.found import CatalogueMovie, Certainty, Match, UnmatchedReason
from movies.watched.namesakes import Namesake, choose
from movies.watched.spelling import Spelling, compare

SPELLINGS = ["Amélie", "Amelie", "amelie", "Amelie!", "Amélie?", "A.M.E.L.I.E."]
YEARS = st.integers(2000, 2003)


def movie(number: int, title: str, original: str | None, year: int, votes: int) -> CatalogueMovie:
    return CatalogueMovie(number, None, title, original, year, 90, None, "FR", 7.0, votes)


@st.composite
def namesakes(draw: st.DrawFn) -> list[Namesake]:
    """Films that have the name as their title, as their original title or as another one."""
    found = []
    for number in range(draw(st.integers(1, 5))):
        name = draw(st.sampled_from(SPELLINGS))
        votes = draw(st.sampled_from([0, 1, 2, 49, 50, 51, 1_000, 20_000]))
        year = draw(YEARS)
        kind = draw(st.sampled_from(["title", "original", "other"]))
        if kind == "title":
            found.append(Namesake(movie(number, name, None, year, votes)))
        elif kind == "original":
            found.append(Namesake(movie(number, "Another", name, year, votes)))
        else:
            found.append(Namesake(movie(number, "Another", None, year, votes), name))
    return found


@given(st.sampled_from(SPELLINGS), st.just(0) | YEARS, namesakes(), st.randoms())
def test_the_order_says_nothing(
    title: str, year: int, known: list[Namesake], chance: random.Random
) -> None:
    shuffled = chance.sample(known, len(known))
    first, second = choose(title, year, known), choose(title, year, shuffled)
    assert isinstance(first, Match) == isinstance(second, Match)
    if isinstance(first, Match):
        assert first == second
    elif not isinstance(second, Match):
        assert first.reason == second.reason


@given(st.sampled_from(SPELLINGS), YEARS, namesakes())
def test_what_is_taken_is_allowed(title: str, year: int, known: list[Namesake]) -> None:
    found = choose(title, year, known)
    if not isinstance(found, Match):
        of_the_year = [each for each in known if each.movie.year == year]
        assert found.reason == UnmatchedReason.AMBIGUOUS or all(
            compare(title, name) == Spelling.ANOTHER_NAME
            for each in of_the_year
            for name in (each.name or each.movie.original_title or each.movie.title,)
        )
        return
    name = found.name or ""
    assert key(name) == key(title)
    assert compare(title, name) < Spelling.ANOTHER_NAME
    if found.certainty == Certainty.EXACT:
        assert found.movie.year == year
        return
    # By a year beside it: the film's own title, with the same signs.
    assert abs((found.movie.year or 0) - year) == 1
    assert name in (found.movie.title, found.movie.original_title)
    assert compare(title, name) <= Spelling.OTHER_ACCENTS


@pytest.mark.parametrize(
    ("name", "other", "spelling"),
    [
        ("Heat", "Heat", Spelling.AS_WRITTEN),
        ("HEAT", "heat", Spelling.AS_WRITTEN),
        ("Ocean's  Eleven", "Ocean’s Eleven", Spelling.AS_WRITTEN),
        ("Star Wars – A New Hope", "Star Wars - A New Hope", Spelling.AS_WRITTEN),
        ("Ame\u0301lie", "Amélie", Spelling.AS_WRITTEN),
        ("Amelie", "Amélie", Spelling.OTHER_ACCENTS),
        ("Łódź", "Lodz", Spelling.OTHER_ACCENTS),
        ("Андрей Рублев", "Андрей Рублёв", Spelling.OTHER_ACCENTS),
        ("mother!", "Mother", Spelling.OTHER_SIGNS),
        ("It", "I.T.", Spelling.OTHER_SIGNS),
        ("Spider-Man", "Spider Man", Spelling.OTHER_SIGNS),
        ("X+Y", "X/Y", Spelling.ANOTHER_NAME),
        ("Who?", "Who!", Spelling.ANOTHER_NAME),
    ],
)
def test_spellings_are_compared(name: str, other: str, spelling: Spelling) -> None:
    assert key(name) == key(other)
    assert compare(name, other) == compare(other, name) == spelling
