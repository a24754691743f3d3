"""Every kind of export that IMDb and Letterboxd have written, answered row for row.

Beside each file in fixtures/ is what is to become of its rows, written by hand: the number of the
row, then `seen` or `wanted` with the film (by IMDb's id, or TMDB's where it has none there) and
the own rating, or the reason why it has no film, or which row it repeats.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.movies.watched.conftest import FIXTURES, Ask

EXPORTS = sorted(FIXTURES.glob("*.csv"))


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.stem)
def test_each_row_is_answered_as_expected(ask: Ask, export: Path) -> None:
    expected = export.with_suffix(".expected").read_text(encoding="utf-8").splitlines()

    answer = ask(**{export.name: export.read_bytes()})

    assert [f"source {answer['source']}", *outcomes(answer)] == expected


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.stem)
def test_each_list_is_in_the_files_order(ask: Ask, export: Path) -> None:
    answer = ask(**{export.name: export.read_bytes()})

    for name in ("matched", "unmatched", "duplicates"):
        rows = [entry["row"] for entry in answer[name]]
        assert rows == sorted(rows)
        assert {entry["file"] for entry in answer[name]} <= {export.name}
    assert answer["files"] == [
        {"file": export.name, "source": answer["source"], "rows": answer["summary"]["rows"]}
    ]
    assert answer["summary"]["rows"] >= 25


def outcomes(answer: Any) -> list[str]:
    """What became of each row of one file, by its number."""
    lines = {}
    for film in answer["matched"]:
        words = ["seen" if film["seen"] else "wanted", film["imdb_id"] or film["id"]]
        lines[film["row"]] = [*words, film["personal_rating"] or ""]
    for row in answer["unmatched"]:
        assert row["row"] not in lines
        lines[row["row"]] = [row["reason"]]
    for row in answer["duplicates"]:
        assert row["row"] not in lines
        lines[row["row"]] = ["repeats", row["of_row"]]
    return [" ".join(map(str, [row, *lines[row]])).strip() for row in sorted(lines)]
