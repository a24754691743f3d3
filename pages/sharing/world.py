"""The shapes of countries, as tools.cartography has drawn them for the map."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORLD = Path(__file__).parents[1] / "static" / "pages" / "world.json"
# Every part of a path is `Mx y`, then `l` with steps from point to point, then `z`.
RING = re.compile(r"M([^lz]*)l?([^z]*)z")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shape:
    """A country on the map: its outline as an SVG path, and where it is."""

    path: str
    x: float
    y: float
    # Left, top, right, bottom of its largest parts; of one without an outline, a point.
    box: Box

    def rings(self) -> Iterator[list[Point]]:
        """The outline's parts as polygons."""
        for start, steps in RING.findall(self.path):
            yield points(numbers(start), numbers(steps))


@dataclass(frozen=True)
class World:
    """All countries by their codes, and land that is none's."""

    width: float
    height: float
    countries: dict[str, Shape]
    others: str


def numbers(text: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(text)]


def points(start: list[float], steps: list[float]) -> list[Point]:
    x, y = start[:2]
    ring = [(x, y)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        ring.append((x, y))
    return ring


@cache
def world() -> World:
    drawn = json.loads(WORLD.read_text("utf-8"))
    countries = {code: shape(entry) for code, entry in drawn["countries"].items()}
    return World(drawn["width"], drawn["height"], countries, drawn["others"])


def shape(entry: dict[str, object]) -> Shape:
    x, y = float(str(entry["x"])), float(str(entry["y"]))
    box = entry.get("box")
    left, top, right, bottom = box if isinstance(box, list) else (x, y, x, y)
    return Shape(str(entry.get("d", "")), x, y, (left, top, right, bottom))


def around(boxes: list[Box], width: int, height: int, margin: float, least: float) -> Box:
    """A box of this ratio around all of these: with a margin, and at the least so wide."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    wide = max((right - left) * margin, (bottom - top) * margin * width / height, least)
    high = wide * height / width
    x, y = (left + right) / 2, (top + bottom) / 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


# How many rated films it takes for each shade after the first; the last row whose end the largest
# number reaches is taken.
LADDERS = (
    (1, 2, 3, 4, 5),
    (1, 3, 10, 30, 100),
    (1, 10, 50, 200, 1000),
    (1, 10, 100, 1000, 10_000),
)


def shades(rated: dict[str, int]) -> dict[str, int]:
    """The shade, from 0 for none to 5, of each country by its number of rated films."""
    most = max(rated.values(), default=0)
    steps = next((row for row in reversed(LADDERS) if row[-1] <= most), LADDERS[0])
    return {code: sum(step <= number for step in steps) for code, number in rated.items()}
