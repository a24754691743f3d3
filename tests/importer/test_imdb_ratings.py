"""IMDb's file of ratings: downloaded, read, swapped in; and what it may be instead."""

import gzip
import math
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from importer.files.line_parsers import parse_imdb
from importer.models import ImportFailure, ImportRun
from movies.models import ImdbRating, Standing, Title
from tests.conftest import RunImport
from tests.web import web_server
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

HEADER = "tconst\taverageRating\tnumVotes"
FILE = "title.ratings.tsv.gz"


def ratings() -> dict[str, tuple[float, int]]:
    rows = ImdbRating.objects.values_list("imdb_id", "rating", "votes")
    return {imdb_id: (rating, votes) for imdb_id, rating, votes in rows}


def weight(votes: int) -> int:
    return math.floor(4 * math.log(1 + votes))


def weights(movie_id: int) -> set[int]:
    return set(Title.objects.filter(movie=movie_id).values_list("weight", flat=True))


def open_failures() -> list[ImportFailure]:
    return list(ImportFailure.objects.unresolved().filter(kind="imdb_ratings").order_by("id"))


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings, sandbox: Sandbox) -> Iterator[Path]:
    """A folder that is served in IMDb's place; the file in it is a test's to write."""
    folder = tmp_path / "imdb"
    folder.mkdir()
    with web_server(folder) as url:
        settings.IMDB_DATASETS_URL = url
        yield folder


def lay(shelf: Path, *lines: str) -> None:
    (shelf / FILE).write_bytes(gzip.compress("\n".join(lines).encode()))


def test_every_rating_of_the_file_comes_in(run_import: RunImport, source: Films) -> None:
    source.ratings = [("tt0000001", 7.9, 1234), ("tt9999999", 1.0, 5), ("tt10872600", 10.0, 1)]

    run = run_import("imdb_ratings")

    assert run.state == ImportRun.State.SUCCEEDED
    assert ratings() == {
        "tt0000001": (7.9, 1234),
        "tt9999999": (1.0, 5),
        "tt10872600": (10.0, 1),
    }


def test_a_rating_that_vanished_is_cleared_and_a_changed_one_follows(
    run_import: RunImport, source: Films
) -> None:
    source.ratings = [(f"tt{number:07}", 5.0, 100) for number in range(1, 101)]
    run_import("imdb_ratings")
    del source.ratings[0]
    source.ratings[0] = ("tt0000002", 6.0, 200)

    run_import("imdb_ratings")

    assert len(ratings()) == 99
    assert "tt0000001" not in ratings()
    assert ratings()["tt0000002"] == (6.0, 200)


def test_what_has_no_rating_is_skipped(run_import: RunImport, shelf: Path) -> None:
    lay(shelf, HEADER, "tt0000001\t\\N\t\\N", "tt0000002\t7.5\t10", "tt0000003\t6.1\t\\N", "")

    run = run_import("imdb_ratings")

    assert run.state == ImportRun.State.SUCCEEDED
    assert set(ratings()) == {"tt0000002"}
    assert open_failures() == []


def test_a_title_that_is_listed_twice_counts_as_it_was_listed_last(
    run_import: RunImport, shelf: Path
) -> None:
    lay(shelf, HEADER, "tt0000001\t7.5\t10", "tt0000002\t1.0\t1", "tt0000001\t8.0\t20")

    assert run_import("imdb_ratings").state == ImportRun.State.SUCCEEDED
    assert ratings()["tt0000001"] == (8.0, 20)


BROKEN = [
    "tt0000001\t7.5",
    "tt0000001\t7.5\t10\tmore",
    "nm0000001\t7.5\t10",
    "tt0000001\thigh\t10",
    "tt0000001\tnan\t10",
    "tt0000001\t11.0\t10",
    "tt0000001\t7.5\tmany",
    "tt0000001\t7.5\t-1",
    "tt0000001\t7.5\t99999999999",
    "7.5\t10",
    "tt0000001\u00e9\t7.5\t10",
]


def test_broken_lines_are_kept_with_their_numbers_and_the_rest_comes_in(
    run_import: RunImport, shelf: Path
) -> None:
    lay(shelf, HEADER, *BROKEN, "tt0000002\t7.5\t10")

    run = run_import("imdb_ratings")

    assert run.state == ImportRun.State.SUCCEEDED
    assert run.failed == len(BROKEN)
    assert set(ratings()) == {"tt0000002"}
    failures = open_failures()
    assert [failure.line_number for failure in failures] == list(range(2, len(BROKEN) + 2))
    assert [bytes(failure.dump or b"").decode() for failure in failures] == BROKEN
    assert failures[0].message.startswith("line 2: ")

    lay(shelf, HEADER, "tt0000002\t7.5\t10")
    run_import("imdb_ratings")
    assert open_failures() == []


HTML = b"<!DOCTYPE html><h1>Down for maintenance</h1>"
NOISE = random.Random(1)
MANY = "\n".join(
    [
        HEADER,
        *(f"tt{NOISE.randrange(10**7):07}\t7.5\t{NOISE.randrange(9**9)}" for _ in range(2000)),
    ]
).encode()


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (HTML, "damaged or cut off"),
        (b"", "holds no rating"),
        (gzip.compress(b""), "holds no rating"),
        (gzip.compress(HEADER.encode()), "holds no rating"),
        (gzip.compress(HTML), "holds no rating"),
        (gzip.compress(HTML * 10 + b"\n" * 10), "holds no rating"),
        (gzip.compress((HTML + b"\n") * 1500), "of its first 1,501 lines are broken"),
        (gzip.compress(MANY)[:5000], "damaged or cut off"),
        (gzip.compress(MANY)[:5000] + b"oops" + gzip.compress(MANY)[5004:], "damaged or cut off"),
    ],
    ids=["html", "nothing", "empty", "header", "html packed", "blank", "html lines", "half",
         "corrupt"],
)  # fmt: skip
def test_a_file_that_is_not_imdbs_is_set_aside_and_nothing_is_changed(
    run_import: RunImport, settings: Settings, shelf: Path, file: bytes, says: str
) -> None:
    lay(shelf, HEADER, "tt0000001\t7.5\t10")
    run_import("imdb_ratings")
    (shelf / FILE).write_bytes(file)

    run = run_import("imdb_ratings")

    assert run.state == ImportRun.State.FAILED
    assert says in run.error
    assert ratings() == {"tt0000001": (7.5, 10)}
    aside = settings.EXPORT_DIR / f"{FILE}.unusable"
    assert aside.name in run.error
    assert aside.read_bytes() == file == bytes(open_failures()[-1].dump or b"")

    lay(shelf, HEADER, "tt0000001\t8.0\t20")
    assert run_import("imdb_ratings").state == ImportRun.State.SUCCEEDED
    assert ratings() == {"tt0000001": (8.0, 20)}
    assert open_failures() == []


def test_a_file_that_is_not_there_fails_the_step(run_import: RunImport, shelf: Path) -> None:
    run = run_import("imdb_ratings")

    assert run.state == ImportRun.State.FAILED
    assert "there is no http" in run.error


def test_a_file_that_lost_many_ratings_is_refused_unless_forced(
    run_import: RunImport, source: Films
) -> None:
    source.ratings = [(f"tt{number:07}", 5.0, 100) for number in range(1, 101)]
    run_import("imdb_ratings")
    del source.ratings[94:]

    run = run_import("imdb_ratings")

    assert run.state == ImportRun.State.FAILED
    assert "has lost 6 of 100 ratings" in run.error
    assert len(ratings()) == 100

    assert run_import("imdb_ratings", "--force").state == ImportRun.State.SUCCEEDED
    assert len(ratings()) == 94


def test_doubles_do_not_make_up_for_a_loss(run_import: RunImport, source: Films) -> None:
    source.ratings = [(f"tt{number:07}", 5.0, 100) for number in range(1, 101)]
    run_import("imdb_ratings")
    source.ratings = source.ratings[:50] * 2

    assert run_import("imdb_ratings").state == ImportRun.State.FAILED
    assert len(ratings()) == 100


def test_an_unchanged_file_is_not_downloaded_again(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    source.ratings = [("tt0000001", 7.9, 1234)]
    run_import("imdb_ratings")
    sandbox.faults.shares = {"download-cut": 1.0}

    assert run_import("imdb_ratings").state == ImportRun.State.SUCCEEDED
    assert ratings() == {"tt0000001": (7.9, 1234)}


def test_a_download_that_breaks_off_goes_on_where_it_was(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    source.ratings = [(f"tt{number:07}", 5.0, number) for number in range(1, 5001)]
    sandbox.faults.shares = {"download-cut": 0.7}

    assert run_import("imdb_ratings").state == ImportRun.State.SUCCEEDED
    assert len(ratings()) == 5000


def test_titles_weigh_by_the_votes_of_both(run_import: RunImport, source: Films) -> None:
    source.films[2] |= {"imdb_id": None}
    source.films[3] |= {"vote_count": 0}
    source.ratings = [("tt0000001", 7.9, 123_456), ("tt0000003", 7.9, 1), ("tt0000002", 7.9, 9)]
    run_import("daily")

    assert weights(1) == {weight(100 + 123_456)}
    assert weights(2) == {weight(100)}
    assert weights(3) == {weight(1)}
    assert weights(4) == {weight(100)}

    source.ratings = [("tt0000001", 7.9, 5), ("tt0000004", 7.9, 3), ("tt0000005", 7.9, 9)]
    run_import("imdb_ratings", "--force")

    assert weights(1) == {weight(105)}
    assert weights(3) == {0}


def test_a_film_fetched_later_weighs_the_same(run_import: RunImport, source: Films) -> None:
    source.ratings = [(f"tt{number:07}", 7.9, 2**number) for number in range(1, 13)]
    run_import("daily")
    before = dict(Title.objects.values_list("movie", "weight"))
    rows = set(Title.objects.values_list("id", flat=True))

    run_import("movies", "--ids", ",".join(map(str, range(1, 13))))

    assert dict(Title.objects.values_list("movie", "weight")) == before
    assert set(Title.objects.values_list("id", flat=True)) == rows


def test_the_ranking_of_the_same_daily_run_has_the_new_ratings(
    run_import: RunImport, source: Films
) -> None:
    source.ratings = [("tt0000001", 9.5, 300)]

    run_import("daily")

    first = Standing.objects.get(movie=1)
    assert first.votes == 400
    assert first.rating == pytest.approx((100 * 7.5 + 300 * 9.5) / 400)
    assert not Standing.objects.exclude(movie=1).exclude(votes=100, rating=7.5).exists()


LINES = st.lists(
    st.tuples(st.integers(1, 10**10 - 1), st.integers(10, 100), st.integers(0, 10**9)), max_size=20
)


@given(LINES)
def test_whatever_is_a_rating_is_read_as_it_is(rows: list[tuple[int, int, int]]) -> None:
    block = "".join(f"tt{number:07}\t{rating / 10}\t{votes}\n" for number, rating, votes in rows)

    found, broken = parse_imdb(block.encode(), 2)

    assert broken == []
    assert [(line.imdb_id, line.rating, line.votes) for line in found] == [
        (f"tt{number:07}", rating / 10, votes) for number, rating, votes in rows
    ]


@given(st.lists(st.binary() | st.sampled_from([b"tt0000001\t7.5\t10", b"\\N", HEADER.encode()])))
def test_every_line_is_a_rating_or_broken_or_left_out(lines: list[bytes]) -> None:
    block = b"\n".join(lines)
    numbered = dict(enumerate(block.split(b"\n"), 7))

    found, broken = parse_imdb(block, 7)

    assert len(found) == sum(line == b"tt0000001\t7.5\t10" for line in numbered.values())
    assert all(numbered[line.number] == line.line for line in broken)
    left_out = len(numbered) - len(found) - len(broken)
    assert left_out >= sum(line in {b"", b"\\N", HEADER.encode()} for line in numbered.values())
