"""What the browser puts into the map: every country's outline as an SVG path, and its middle."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from math import dist, sqrt
from typing import Any

from tools.cartography import topology
from tools.cartography.codes import PLACES, WITHOUT_SHAPE, code_of
from tools.cartography.projection import CENTRAL_MERIDIAN, Point, equal_earth
from tools.cartography.simplification import simplify

WIDTH = 10_000
NORTH, SOUTH = 90.0, -64.0
RADIUS = WIDTH / 2 / equal_earth(CENTRAL_MERIDIAN + 180, 0)[0]
TOP = RADIUS * equal_earth(CENTRAL_MERIDIAN, NORTH)[1]
HEIGHT = round(TOP - RADIUS * equal_earth(CENTRAL_MERIDIAN, SOUTH)[1])

# In square units of the map, of which one is 3.4 km long.
SMALLEST_TRIANGLE = 3.0
SMALLEST_ISLAND = 1.5
LEAST_POINTS = 2  # of a line, beside its ends
# The share of the largest island's area from which on others make up a country's face too.
MAIN_ISLAND = 0.1
STEPS = 16  # of the grid on which a country's middle is looked for, in both directions

Outline = list[Point]


def world(source: dict[str, Any]) -> dict[str, Any]:
    """The map: its size, its countries by their codes, and what belongs to none of them."""
    outlines = _outlines(source)
    others = outlines.pop("", [])
    countries = {code: _country(code, outlines[code]) for code in outlines}
    countries |= {code: _place(code) for code in PLACES if code not in countries}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "countries": dict(sorted(countries.items())),
        "others": path(others),
    }


def _outlines(source: dict[str, Any]) -> dict[str, list[Outline]]:
    """The rings of every country on the map, the largest first."""
    degrees = topology.lines(source)
    lines = [
        [_rounded(p) for p in simplify([place(*p) for p in line], SMALLEST_TRIANGLE, LEAST_POINTS)]
        for line in degrees
    ]
    found: dict[str, list[Outline]] = defaultdict(list)
    for geometry in source["objects"]["countries"]["geometries"]:
        for polygon in topology.polygons(geometry):
            code = code_of(geometry, topology.points(polygon[0], degrees))
            found[code] += [topology.points(ring, lines) for ring in polygon]
    return {
        code: _visible(sorted(rings, key=area, reverse=True))
        for code, rings in found.items()
        if code not in WITHOUT_SHAPE
    }


def place(longitude: float, latitude: float) -> Point:
    """Where on the map that is: from the left and from the top."""
    x, y = equal_earth(longitude, latitude)
    return WIDTH / 2 + RADIUS * x, TOP - RADIUS * y


def _rounded(point: Point) -> Point:
    return round(point[0]), round(point[1])


def _visible(rings: list[Outline]) -> list[Outline]:
    """Without the smallest islands, but where they are all that there is; and without points."""
    least = min(SMALLEST_ISLAND, MAIN_ISLAND * area(rings[0]))
    return [ring for ring in rings if area(ring) >= least and area(ring) > 0] or rings[:1]


def _country(code: str, rings: list[Outline]) -> dict[str, Any]:
    shape = {"d": path(rings)} if area(rings[0]) else {}
    if code in PLACES:
        return shape | _place(code)
    main = [ring for ring in rings if area(ring) >= MAIN_ISLAND * area(rings[0])]
    xs, ys = zip(*(point for ring in main for point in ring), strict=True)
    x, y = _rounded(middle(rings[0]))
    return shape | {
        "x": x,
        "y": y,
        "box": [min(xs), min(ys), max(xs), max(ys)],
        "size": round(sqrt(area(rings[0])), 1),
    }


def _place(code: str) -> dict[str, Any]:
    x, y = _rounded(place(*PLACES[code]))
    return {"x": x, "y": y, "box": [x, y, x, y], "size": 0}


def path(rings: Iterable[Outline]) -> str:
    """SVG's path data, from whole numbers: a ring begins where it lies and goes on by steps."""
    return "".join(_ring(ring) for ring in rings)


def _ring(ring: Outline) -> str:
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(ring[:-1]) if a != b]
    numbers = "".join(f" {n}" if n >= 0 else f"{n}" for step in steps for n in step)
    return f"M{ring[0][0]} {ring[0][1]}l{numbers.lstrip()}z"


def area(ring: Outline) -> float:
    """In square units of the map."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def middle(ring: Outline) -> Point:
    """The point inside that is farthest from the ring, of a grid's points."""
    xs, ys = zip(*ring, strict=True)
    left, top = min(xs), min(ys)
    wide, high = (max(xs) - left) / STEPS, (max(ys) - top) / STEPS
    grid = [
        (left + (i + 0.5) * wide, top + (j + 0.5) * high)
        for i in range(STEPS)
        for j in range(STEPS)
    ]
    inside = [point for point in grid if _is_inside(point, ring)]
    return max(inside, key=lambda point: _depth(point, ring), default=ring[0])


def _is_inside(point: Point, ring: Outline) -> bool:
    x, y = point
    crossings = sum(
        (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in pairwise(ring)
    )
    return crossings % 2 == 1


def _depth(point: Point, ring: Outline) -> float:
    return min(_distance(point, a, b) for a, b in pairwise(ring))


def _distance(point: Point, a: Point, b: Point) -> float:
    """From a point to the line between two others."""
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0
    if length:
        dot = (point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]
        share = min(1, max(0, dot / length))
    return dist(point, (a[0] + share * along[0], a[1] + share * along[1]))
