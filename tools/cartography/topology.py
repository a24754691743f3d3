"""Reads a TopoJSON: lines that are stored once, and countries that are made of them.

The format: https://github.com/topojson/topojson-specification. Since neighbours share their
border's line, a line that is simplified is so for both, and no gap opens between them.
"""

from itertools import accumulate, pairwise
from typing import Any

from tools.cartography.projection import WESTERN_EDGE, Point

# A ring is a row of lines, a negative number being a line backwards; a polygon is its outline
# and then its holes.
Ring = list[int]
Polygon = list[Ring]


def lines(topology: dict[str, Any]) -> list[list[Point]]:
    """Every line in degrees; its longitudes run on past 180° and begin at the map's edge."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    return [
        _moved(
            [
                (x * scale[0] + translate[0], y * scale[1] + translate[1])
                for x, y in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])
            ]
        )
        for arc in topology["arcs"]
    ]


def _moved(line: list[Point]) -> list[Point]:
    turns = accumulate((round((a[0] - b[0]) / 360) for a, b in pairwise(line)), initial=0)
    whole = [(x + 360 * turn, y) for (x, y), turn in zip(line, turns, strict=True)]
    middle = sum(x for x, _ in whole) / len(whole)
    offset = 360 if middle < WESTERN_EDGE else 0
    return [(x + offset, y) for x, y in whole]


def polygons(geometry: dict[str, Any]) -> list[Polygon]:
    """The polygons of a country."""
    arcs = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else arcs


def points(ring: Ring, lines: list[list[Point]]) -> list[Point]:
    """The ring's points; the last is the first again."""
    found: list[Point] = []
    for number in ring:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        found += line[1:] if found else line
    return found
