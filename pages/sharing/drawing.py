"""Draws the pictures that stand beside a link: words at the left, a part of the map at the right.

Nothing is fetched for them. What a font has no letters for is left out.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from PIL import Image, ImageDraw, ImageFont

from pages.sharing.world import Box, Shape, around, world

# What https://ogp.me consumers show whole.
WIDTH, HEIGHT = 1200, 630
# Drawn so many times larger, and then made smaller, for smooth edges.
SCALE = 2
COLOURS = 96
MARGIN = 64
TEXT_WIDTH = 560
MAP_LEFT = 640
WORLD_TOP = 200
TITLE_SIZES, WORLD_TITLE_SIZES = (84, 68, 54, 44), (54,)

PAPER, INK, QUIET, ACCENT = "#fdfcf8", "#23261f", "#5c6156", "#1d5c4b"
SEA, LAND, BORDER, CHOSEN = "#dfe8ec", "#efede2", "#a9b5b1", "#1f7466"
SHADES = ("#f7f6f0", "#cfe5d6", "#98cbb4", "#56a58e", "#1f7466", "#083733")

FONTS = {"bold": "SourceSerifPro-Semibold.ttf", "regular": "SourceSerifPro-Regular.ttf"}
SITE = "World in Movies"
# Of a map around small countries, so that their part of the world can be told.
LEAST_MAP = 1500.0
RING = 16


@dataclass(frozen=True)
class Words:
    """The title, what stands below it, and lines of a list."""

    title: str
    below: str = ""
    lines: tuple[str, ...] = ()


def draw_country(words: Words, code: str) -> bytes:
    """A PNG with this country's part of the map."""
    return draw_places(words, [code])


def draw_places(words: Words, codes: Iterable[str]) -> bytes:
    """A PNG with the part of the map that has all of these; the whole where there is none."""
    canvas = Canvas()
    shapes = [world().countries[code] for code in codes if code in world().countries]
    canvas.draw_map(
        (MAP_LEFT, 0, WIDTH, HEIGHT),
        dict.fromkeys(shapes, CHOSEN),
        part_around(shapes),
    )
    canvas.draw_words(words, TEXT_WIDTH, TITLE_SIZES)
    return canvas.png()


def draw_world(words: Words, shade_of: Mapping[str, int]) -> bytes:
    """A PNG with the whole map, each country in its shade."""
    canvas = Canvas()
    colours = {shape: SHADES[shade_of.get(code, 0)] for code, shape in world().countries.items()}
    frame = (0, WORLD_TOP, WIDTH, HEIGHT)
    whole = around([(0, 0, world().width, world().height)], WIDTH, HEIGHT - WORLD_TOP, 1.02, 0)
    canvas.draw_map(frame, colours, whole)
    canvas.draw_words(words, WIDTH - 2 * MARGIN, WORLD_TITLE_SIZES)
    return canvas.png()


def part_around(shapes: list[Shape]) -> Box:
    """The part of the world to show these in; all of it where there is none, or they are far
    apart."""
    size = (WIDTH - MAP_LEFT, HEIGHT)
    boxes = [shape.box for shape in shapes]
    if boxes:
        part = around(boxes, *size, 2.2, LEAST_MAP)
        if part[2] - part[0] < world().width / 2:
            return part
        return around(boxes, *size, 1.15, LEAST_MAP)
    return around([(0, 0, world().width, world().height)], *size, 1.05, 0)


class Canvas:
    """A picture that is being drawn."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def draw_map(self, frame: Box, colours: Mapping[Shape, str], part: Box) -> None:
        """This part of the world in this frame; countries without a colour are plain land."""
        left, top, right, bottom = (side * SCALE for side in frame)
        zoom = (right - left) / (part[2] - part[0])
        own = Image.new("RGB", (round(right - left), round(bottom - top)), SEA)
        pen = ImageDraw.Draw(own)

        def place(x: float, y: float) -> tuple[float, float]:
            return (x - part[0]) * zoom, (y - part[1]) * zoom

        shapes = world().countries.values()
        for shape in sorted(shapes, key=lambda shape: shape in colours):
            for ring in shape.rings():
                outline = [place(*point) for point in ring]
                pen.polygon(outline, fill=colours.get(shape, LAND), outline=BORDER)
        if len(colours) < len(world().countries):
            for shape in colours:
                self._ring_small(pen, shape, place(shape.x, shape.y), zoom)
        self.image.paste(own, (round(left), round(top)))

    def _ring_small(
        self, pen: ImageDraw.ImageDraw, shape: Shape, centre: tuple[float, float], zoom: float
    ) -> None:
        """A ring around what would be overlooked."""
        size = max(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) * zoom
        if size > RING * SCALE * 2:
            return
        x, y = centre
        for radius, width in ((RING * SCALE, 4 * SCALE), (3 * SCALE, 6 * SCALE)):
            corners = (x - radius, y - radius, x + radius, y + radius)
            pen.ellipse(corners, outline=CHOSEN, width=width)

    def draw_words(self, words: Words, width: int, sizes: Sequence[int]) -> None:
        y = float(MARGIN - 8)
        y = self._line(SITE, y, "bold", 30, ACCENT) + 26
        for line, size in fitting(words.title, width, sizes):
            y = self._line(line, y, "bold", size, INK)
        if below := readable(words.below):
            y += 10
            for line in wrap(below, "regular", 32, width, most=2):
                y = self._line(line, y, "regular", 32, QUIET)
        y += 18
        for line in filter(is_readable, words.lines):
            y = self._line(wrap(line, "regular", 30, width, most=1)[0], y, "regular", 30, INK) + 4

    def _line(self, text: str, y: float, weight: str, size: int, colour: str) -> float:
        """The text at this height; where the next begins."""
        place = (MARGIN * SCALE, y * SCALE)
        self.pen.text(place, text, font=font(weight, size), fill=colour)
        return y + size * 1.25

    def png(self) -> bytes:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        written = io.BytesIO()
        # Of the ways to choose the colours the one that keeps what little there is of one.
        few = small.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
        few.save(written, "PNG", optimize=True)
        return written.getvalue()


def fitting(title: str, width: int, sizes: Sequence[int]) -> list[tuple[str, int]]:
    """The title's lines with their size: as large as three lines let it be, else cut."""
    text = readable(title)
    for size in sizes:
        lines = wrap(text, "bold", size, width, most=4)
        if len(lines) <= 2 or (len(lines) == 3 and size <= 68):
            return [(line, size) for line in lines]
    size = sizes[-1]
    return [(line, size) for line in wrap(text, "bold", size, width, most=3)]


def wrap(text: str, weight: str, size: int, width: int, *, most: int) -> list[str]:
    """In lines of this width; where it needs more than `most`, the last ends with dots."""
    lines: list[str] = []
    for word in text.split():
        for part in pieces(word, weight, size, width):
            longer = f"{lines[-1]} {part}" if lines else part
            if lines and measure(longer, weight, size) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
            if len(lines) > most:
                return [*lines[: most - 1], shortened(lines[most - 1], weight, size, width)]
    return lines


def pieces(word: str, weight: str, size: int, width: int) -> Iterable[str]:
    """The word, in parts where it is wider than a line."""
    while measure(word, weight, size) > width:
        fits = next(
            n for n in range(len(word) - 1, 0, -1) if measure(word[:n], weight, size) <= width
        )
        yield word[:fits]
        word = word[fits:]
    yield word


def shortened(line: str, weight: str, size: int, width: int) -> str:
    while line and measure(f"{line}…", weight, size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def measure(text: str, weight: str, size: int) -> float:
    return font(weight, size).getlength(text) / SCALE


def readable(text: str) -> str:
    """The words of which the font has all letters."""
    return " ".join(word for word in text.split() if all(map(is_drawable, word)))


def is_readable(line: str) -> bool:
    """Whether there is anything in it, and the font has all of it."""
    return bool(line) and readable(line) == " ".join(line.split())


@cache
def is_drawable(letter: str) -> bool:
    """Whether the font draws it as anything but the box that stands for what it lacks."""
    drawn, lacking = font("bold", 30).getmask(letter), font("bold", 30).getmask("\uffff")
    return drawn.size != lacking.size or bytes(drawn) != bytes(lacking)


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    with as_file(files("font_source_serif_pro") / "files" / FONTS[weight]) as path:
        return ImageFont.truetype(io.BytesIO(path.read_bytes()), size * SCALE)
