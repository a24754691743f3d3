"""Rows out of files that are hardly exports any more, and how many of them are taken."""

import pytest

from movies.watched.errors import UploadRefused
from movies.watched.exports import read_exports
from movies.watched.files import NamedFile
from movies.watched.records import MOST_LINES
from movies.watched.rows import MOST_ROWS, Export
from movies.watched.sources import Source


def read(content: str, name: str = "films.csv") -> Export:
    [found] = read_exports([NamedFile(name, content.encode())])
    return found


def refusal(*files: tuple[str, str]) -> str:
    with pytest.raises(UploadRefused) as refused:
        read_exports([NamedFile(name, content.encode()) for name, content in files])
    return str(refused.value)


@pytest.mark.parametrize(
    ("header", "name", "source"),
    [
        ("Const", "a.csv", Source.IMDB_LIST),
        ("Const,Your Rating", "a.csv", Source.IMDB_RATINGS),
        ("your rating,CONST", "watchlist.csv", Source.IMDB_RATINGS),
        ("Position,Const,Your Rating", "ratings.csv", Source.IMDB_LIST),
        ("Name,Year", "films.csv", Source.LETTERBOXD_WATCHED),
        ("Name,Year,Rating", "films.csv", Source.TABLE_RATINGS),
        ("Name,Year,Rating", "ratings.csv", Source.LETTERBOXD_RATINGS),
        ("Name,Year", "my-Watchlist.CSV", Source.LETTERBOXD_WATCHLIST),
        ("Name,Year", "watchlists.zip/watched.csv", Source.LETTERBOXD_WATCHED),
        ("Position,Name,Year,URL", "films.csv", Source.LETTERBOXD_LIST),
        ("Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date", "diary.csv",
         Source.LETTERBOXD_RATINGS),
    ],
)  # fmt: skip
def test_the_header_says_what_it_is(header: str, name: str, source: Source) -> None:
    assert read(f"{header}\n", name).source == source


def test_the_first_of_two_columns_of_a_name_is_the_one() -> None:
    [row] = read("Const,Const,Title\ntt0000001,tt0000002,Film\n").rows
    assert row.imdb_id == "tt0000001"


def test_a_letterboxd_list_has_its_own_name_above_the_header() -> None:
    found = read(
        "Letterboxd list export v7\n"
        "Date,Name,Tags,URL,Description\n"
        '2021-01-01,Favourites,,https://boxd.it/x,"Two\nlines"\n'
        "\n"
        "Position,Name,Year,URL,Description\n"
        "1,Stalker,1979,https://boxd.it/y,\n"
    )
    assert found.source == Source.LETTERBOXD_LIST
    assert [(row.number, row.title, row.year) for row in found.rows] == [(6, "Stalker", 1979)]


@pytest.mark.parametrize(
    ("rating", "own"),
    [("1", 1), ("10", 10), (" 7 ", 7), ("8.0", 8), ("7.5", 7.5), ("7,5", 7.5), ("0", None),
     ("", None), ("11", None), ("-3", None), ("nan", None), ("inf", None), ("1e1", 10),
     ("eight", None)],
)  # fmt: skip
def test_an_own_rating_is_from_1_to_10_or_none(rating: str, own: float | None) -> None:
    [row] = read(f'Const,Your Rating\ntt0000001,"{rating}"\n').rows
    assert row.personal_rating == own


@pytest.mark.parametrize(
    ("stars", "own"), [("0.5", 1), ("5", 10), ("3.5", 7), ("0", None), ("5.5", None)]
)
def test_letterboxds_stars_are_doubled(stars: str, own: float | None) -> None:
    [row] = read(f"Name,Year,Rating\nStalker,1979,{stars}\n", "ratings.csv").rows
    assert row.personal_rating == own


@pytest.mark.parametrize(
    ("const", "imdb_id"),
    [("tt0111161", "tt0111161"), ("0111161", "tt0111161"), ("111161", "tt0111161"),
     ("TT0111161", "tt0111161"), (" tt15398776 ", "tt15398776"), ("15398776", "tt15398776"),
     ("tt", None), ("", None), ("nm0000040", None), ("tt01111x1", None), ("١٢٣٤٥٦٧", None),
     ("9" * 5_000, None)],
)  # fmt: skip
def test_an_id_is_read_with_and_without_its_letters_and_zeros(
    const: str, imdb_id: str | None
) -> None:
    [row] = read(f'Const,Title\n"{const}",Film\n').rows
    assert (row.imdb_id, row.is_valid) == (imdb_id, imdb_id is not None)


def test_what_is_said_back_of_a_row_is_cut() -> None:
    [row] = read(f"Const,Title,Title Type\ntt0000001,{'x' * 900},{'y' * 900}\n").rows
    assert (len(row.title or ""), len(row.title_type)) == (300, 300)


@pytest.mark.parametrize(
    "content", ["a,b\n1,2\n", "tt0111161,10,Film\n", "\n\n\n", "x", "Name\nStalker\n"]
)
def test_a_file_without_a_header_is_refused(content: str) -> None:
    assert refusal(("a.csv", content)).startswith("a.csv, row 1: there is no header of an IMDb")


def test_a_header_far_down_is_none() -> None:
    assert "there is no header" in refusal(("a.csv", "\n" * 20 + "Const\ntt0000001\n"))


def test_a_header_alone_is_an_export_of_nothing() -> None:
    assert read("Const,Your Rating\n\n\n").rows == []


def test_more_rows_than_are_taken_are_refused_over_all_files() -> None:
    half = "Const\n" + "tt0000001\n" * (MOST_ROWS // 2)

    assert [len(each.rows) for each in read_exports([NamedFile("a.csv", half.encode())] * 2)] == [
        MOST_ROWS // 2
    ] * 2
    assert refusal(("a.csv", half), ("b.csv", half + "tt0000002\n")) == (
        f"b.csv, row {MOST_ROWS // 2 + 2}: the upload has more than 100,000 rows, "
        "which is the most that is taken."
    )


def test_more_lines_than_are_taken_are_refused_over_all_files() -> None:
    half = "Const\n" + "\n" * (MOST_LINES // 2)
    assert refusal(("a.csv", half), ("b.csv", half)) == (
        f"b.csv, row {MOST_LINES // 2}: the upload has more than 200,000 lines, "
        "blank ones included."
    )
