"""The map's geometry, world.json: every country is on it, and it is what script/map makes."""

import gzip
import json
import re
import tarfile
from math import sin
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movies.geography import CONTINENTS, SUCCESSORS
from tools.cartography.drawing import HEIGHT, RADIUS, WIDTH, place, world
from tools.cartography.projection import Point
from tools.cartography.simplification import simplify

CHECKOUT = Path(__file__).parents[2]
MADE = CHECKOUT / "pages" / "static" / "pages" / "world.json"
WORLD: dict[str, Any] = json.loads(MADE.read_text())
COUNTRIES: dict[str, Any] = WORLD["countries"]
# What script/map has downloaded, on the machine that has run it.
SOURCE = next(iter((CHECKOUT / "var").glob("world-atlas-*.tgz")), None)
EARTH = 6371  # kilometres, its radius
PATH = re.compile(r"(M\d+ \d+l-?\d+(?:(?: |-)\d+)*z)+")
# An island of two countries: west and east of a line that they share.
ISLAND: dict[str, Any] = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "250", "properties": {"name": ""}, "arcs": [[0, 1]]},
                {"type": "Polygon", "id": "276", "properties": {"name": ""}, "arcs": [[2, -1]]},
            ]
        }
    },
}

coordinate = st.integers(-1000, 1000).map(float)
line = st.lists(st.tuples(coordinate, coordinate), min_size=2)


def points(path: str) -> list[list[Point]]:
    """The rings of a path as it is drawn."""
    rings: list[list[Point]] = []
    for ring in path.removesuffix("z").split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = 0, 0
        rings.append([])
        for step in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step[0], y + step[1]
            rings[-1].append((x, y))
    return rings


def area(path: str) -> float:
    """Of all rings together, the holes of a country being small."""
    return (
        sum(
            abs(
                sum(
                    a[0] * b[1] - b[0] * a[1]
                    for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
                )
            )
            for ring in points(path)
        )
        / 2
    )


def test_every_country_of_today_is_on_the_map_and_nothing_else() -> None:
    assert set(COUNTRIES) == set(CONTINENTS) - set(SUCCESSORS)


def test_every_country_can_be_seen() -> None:
    for code, country in COUNTRIES.items():
        assert country["size"] < 24 or PATH.fullmatch(country["d"]), code
        assert 0 < country["x"] < WORLD["width"], code
        assert 0 < country["y"] < WORLD["height"], code


def test_shapes_are_where_the_map_is() -> None:
    for country in COUNTRIES.values():
        for ring in points(country.get("d", "M0 0l1 1z")):
            assert all(0 <= x <= WORLD["width"] and 0 <= y <= WORLD["height"] for x, y in ring)


def test_it_is_small_enough_for_a_slow_phone() -> None:
    assert len(gzip.compress(MADE.read_bytes(), 9)) < 80_000


def test_areas_are_true() -> None:
    square_kilometres = (EARTH / RADIUS) ** 2
    # In thousands of square kilometres; the lakes and coasts of 1:50 million are rough.
    for code, known in {
        "BR": 8510,
        "GL": 2166,
        "AU": 7690,
        "DZ": 2382,
        "FR": 544,
        "NZ": 268,
    }.items():
        assert area(COUNTRIES[code]["d"]) * square_kilometres / 1000 == pytest.approx(
            known, rel=0.05
        ), code


def test_places_are_where_one_looks_for_them() -> None:
    assert place(11, 0)[0] == WIDTH / 2
    greenwich, new_york = place(0, 51.5), place(-74, 40.7)
    assert new_york[0] < greenwich[0] < WIDTH / 2
    assert greenwich[1] < new_york[1] < place(0, 0)[1] < HEIGHT
    # Nobody is parted by the map's edge: Russia's east is at the right of its west, and so is
    # Fiji's, beyond 180°.
    assert place(190, 66)[0] > place(170, 66)[0] > place(30, 66)[0]
    assert COUNTRIES["RU"]["box"][2] - COUNTRIES["RU"]["box"][0] < WIDTH / 2
    assert COUNTRIES["FJ"]["box"][2] - COUNTRIES["FJ"]["box"][0] < WIDTH / 50


def test_territories_have_a_place_of_their_own() -> None:
    """Natural Earth draws them as parts of France, Norway and the Netherlands."""
    for code, sovereign in {"GF": "FR", "RE": "FR", "SJ": "NO", "BQ": "NL", "TK": "NZ"}.items():
        left, top, right, bottom = COUNTRIES[sovereign]["box"]
        x, y = COUNTRIES[code]["x"], COUNTRIES[code]["y"]
        assert not (left <= x <= right and top <= y <= bottom), code


def test_neighbours_share_their_border() -> None:
    made = world(ISLAND)["countries"]
    west, east = points(made["FR"]["d"])[0], points(made["DE"]["d"])[0]

    assert len(set(west) & set(east)) == 2
    assert made["FR"]["box"][2] == made["DE"]["box"][0]


@given(line)
def test_a_simplified_line_keeps_its_ends_and_some_of_its_points(line: list[Point]) -> None:
    short = simplify(line, area=50, least=2)

    assert (short[0], short[-1]) == (line[0], line[-1])
    assert len(short) >= min(len(line), 4)
    kept = iter(line)
    assert all(point in kept for point in short)


def test_what_hardly_bends_becomes_straight() -> None:
    line = [(float(x), sin(x) / 1000) for x in range(100)]

    assert len(simplify(line, area=1, least=0)) == 2


@pytest.mark.skipif(SOURCE is None, reason="script/map has not been run on this machine")
def test_it_is_what_the_script_makes() -> None:
    assert SOURCE
    with tarfile.open(SOURCE) as package:
        countries = package.extractfile("package/countries-50m.json")
        assert countries
        assert world(json.load(countries)) == WORLD
