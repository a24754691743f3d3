"""Many pictures in one, each with its name, to look over them all at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageDraw

WIDTH = 2000
GAP = 8
CAPTION = 18
# By the pictures' size: how many stand beside one another, and how high one may be at the most.
COLUMNS = {"320": 10, "390": 8, "844": 4, "1440": 3, "3840": 2}
MOST_HIGH = 1400
ROWS = 2

Item = TypeVar("Item")


def write_sheets(pictures: Sequence[Path], folder: Path) -> Iterator[Path]:
    """One or several for each size and look."""
    groups: dict[str, list[Path]] = {}
    for picture in pictures:
        _, size, look = picture.stem.rsplit("-", 2)
        groups.setdefault(f"{size}-{look}", []).append(picture)
    for name, group in groups.items():
        columns = COLUMNS[name.partition("-")[0]]
        for number, some in enumerate(batches(group, columns * ROWS), 1):
            path = folder / f"sheet-{name}-{number}.png"
            sheet(some, columns).save(path)
            yield path


def sheet(pictures: Sequence[Path], columns: int) -> Image.Image:
    width = (WIDTH - GAP) // columns - GAP
    small = [reduced(path, width) for path in pictures]
    rows = batches(list(zip(pictures, small, strict=True)), columns)
    heights = [max(image.height for _, image in row) + CAPTION + GAP for row in rows]
    made = Image.new("RGB", (WIDTH, sum(heights)), "#808080")
    draw = ImageDraw.Draw(made)
    top = 0
    for row, height in zip(rows, heights, strict=True):
        for column, (path, image) in enumerate(row):
            left = GAP + column * (width + GAP)
            draw.text((left, top + 2), path.stem, "white")
            made.paste(image, (left, top + CAPTION))
        top += height
    return made


def batches(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def reduced(path: Path, width: int) -> Image.Image:
    with Image.open(path) as image:
        height = round(image.height * width / image.width)
        return (
            image.convert("RGB")
            .resize((width, height))
            .crop((0, 0, width, min(height, MOST_HIGH)))
        )
