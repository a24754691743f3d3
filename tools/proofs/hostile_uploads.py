"""Files that are made to do harm to whoever reads them."""

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools.proofs.attacked_site import Site

MEGABYTE = 1_000_000
MOST_SECONDS = 10.0
MOST_MEGABYTES = 450


def hostile_zips(site: Site) -> Iterator[str]:
    """zip bombs, paths that lead out, 60,000 entries, zips in zips, broken ones"""
    for name, content in zips().items():
        begun = time.monotonic()
        answer = site.post(
            "/api/v1/watched/", data=content, headers={"Content-Type": "application/zip"}
        )
        if answer.status_code not in {400, 413, 429}:
            yield f"{name}: {answer.status_code}"
        if time.monotonic() - begun > MOST_SECONDS:
            yield f"{name}: {time.monotonic() - begun:.1f} s"
    if (used := most_memory(site)) > MOST_MEGABYTES:
        yield f"a process has taken {used:.0f} MB"


def zips() -> dict[str, bytes]:
    bomb = b"0" * (200 * MEGABYTE)
    return {
        "a bomb": packed({"ratings.csv": bomb}),
        "a bomb in a zip": packed({"inner.zip": packed({"ratings.csv": bomb})}),
        "a path that leads out": packed({"../../ratings.csv": b"Date,Name,Year\n"}),
        "a path from the root": packed({"/etc/ratings.csv": b"Date,Name,Year\n"}),
        "60,000 entries": packed({f"{number}.csv": b"" for number in range(60_000)}),
        "half of a zip": packed({"ratings.csv": b"Date,Name,Year\n" * 9000})[:-60],
        "a zip in zips": nested(40),
    }


def packed(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def nested(depth: int) -> bytes:
    content = b"Date,Name,Year\n"
    for level in range(depth):
        content = packed({f"{level}.zip" if level else "ratings.csv": content})
    return content


def most_memory(site: Site) -> float:
    """The largest that one of its processes was, in MB."""
    found = 0.0
    children = Path(f"/proc/{site.process_id}/task/{site.process_id}/children")
    for child in children.read_text().split():
        for line in Path(f"/proc/{child}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                found = max(found, int(line.split()[1]) / 1000)
    return found
