"""Pictures at TMDB's paths (`/t/p/{size}/{path}`), drawn: each path has its own colours."""

import re
from zlib import crc32

from tools.sandbox.wire import Response

SIZE = re.compile(r"/t/p/(?:(?P<side>[wh])(?P<length>[0-9]{1,4})|original)/(?P<name>[^/]+)")
# Width to height by what the picture shows, as the names of the sandbox's own paths begin.
SHAPES = {"backdrop": (16, 9), "logo": (1, 1), "poster": (2, 3), "profile": (2, 3)}
ORIGINAL_WIDTH = 1000

PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"
viewBox="0 0 {wide} {high}">
<rect width="{wide}" height="{high}" fill="hsl({hue} 38% 32%)"/>
{drawing}
</svg>
"""
SCENE = """\
<circle cx="{x}" cy="{y}" r="{radius}" fill="hsl({other} 55% 62%)"/>
<path d="M0 {high} L0 {left} Q{middle} {dip} {wide} {right} L{wide} {high} Z"
fill="hsl({hue} 40% 20%)"/>"""
PERSON = """\
<circle cx="{middle}" cy="{head}" r="{radius}" fill="hsl({other} 35% 70%)"/>
<ellipse cx="{middle}" cy="{high}" rx="{shoulders}" ry="{radius2}" fill="hsl({other} 35% 58%)"/>"""


def answer(path: str) -> Response:
    """The picture of this path; 404 for a size that TMDB would not know either."""
    match = SIZE.fullmatch(path)
    if match is None:
        return Response(404)
    kind = match["name"].partition("-")[0].lstrip("/")
    wide, high = (100 * side for side in SHAPES.get(kind, SHAPES["poster"]))
    length = int(match["length"] or ORIGINAL_WIDTH)
    scale = length / (high if match["side"] == "h" else wide)
    body = _drawn(match["name"], kind, wide, high).format(
        width=round(wide * scale), height=round(high * scale)
    )
    headers = {"Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=31536000"}
    return Response(200, body.encode(), headers)


def _drawn(name: str, kind: str, wide: int, high: int) -> str:
    """The picture with `{width}` and `{height}` left to be filled in."""
    seed = crc32(name.encode())
    hue, other = seed % 360, (seed // 360) % 360
    share = seed // 1000 % 100 / 100
    is_person = kind == "profile"
    drawing = (PERSON if is_person else SCENE).format(
        wide=wide,
        high=high,
        hue=hue,
        other=other,
        middle=wide // 2,
        head=round(high * 0.38),
        radius=round(min(wide, high) * (0.2 if is_person else 0.08 + 0.14 * share)),
        radius2=round(high * 0.32),
        shoulders=round(wide * 0.36),
        x=round(wide * (0.2 + 0.6 * share)),
        y=round(high * 0.3),
        left=round(high * (0.55 + 0.25 * share)),
        right=round(high * (0.8 - 0.25 * share)),
        dip=round(high * (0.4 + 0.5 * share)),
    )
    return PICTURE.format(
        width="{width}", height="{height}", wide=wide, high=high, hue=hue, drawing=drawing
    )
