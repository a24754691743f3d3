"""Why a file of Letterboxd's or Trakt's own archive has nothing to add. Pure."""

import re
from pathlib import PurePosixPath

IN_WATCHED = "its films are among the watched ones."
# Of Letterboxd's, by a part of the path or the whole name.
REASONS = {
    "lists": "a list can be of anything: add the file by itself.",
    "likes": IN_WATCHED,
    "reviews.csv": IN_WATCHED,
    "deleted": "it is of what you have deleted.",
    "orphaned": "it is of what you have deleted.",
}
TRAKT_HISTORY = re.compile(r"(watched-)?history.*\.json")


def reason_not_needed(path: PurePosixPath) -> str:
    for part in path.parts:
        if reason := REASONS.get(part.lower()):
            return reason
    if TRAKT_HISTORY.fullmatch(path.name.lower()):
        return IN_WATCHED
    return "it has no films that you have seen, rated or want."
