"""Which countries lie beside which."""

from movies.borders import ACROSS_THE_SEA, LAND, NEIGHBOURS, neighbours
from movies.geography import CONTINENTS, SUCCESSORS

TODAY = CONTINENTS.keys() - SUCCESSORS.keys()


def test_a_border_has_two_sides() -> None:
    for code, others in NEIGHBOURS.items():
        for other in others:
            assert code in ACROSS_THE_SEA or code in neighbours(other), (code, other)


def test_every_country_of_today_has_neighbours_and_nothing_else_has() -> None:
    assert NEIGHBOURS.keys() == TODAY
    assert {other for others in NEIGHBOURS.values() for other in others} <= TODAY
    assert neighbours("SU") == []


def test_no_country_is_its_own_neighbour_or_named_twice() -> None:
    for code, others in NEIGHBOURS.items():
        assert code not in others
        assert len(set(others)) == len(others), code


def test_each_border_is_written_once() -> None:
    pairs = [frozenset({code, other}) for code, line in LAND.items() for other in line.split()]

    assert len(set(pairs)) == len(pairs)
    assert not [code for code in ACROSS_THE_SEA if any(code in pair for pair in pairs)]
