"""Bytes as records: encodings, line ends, quoting, and what has to be refused."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movies.watched.errors import UploadRefused
from movies.watched.files import NamedFile
from movies.watched.records import (
    LONGEST_RECORD,
    MOST_LINES,
    LineBudget,
    read_records,
    split_quoted_whole,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ROWS = st.lists(st.lists(TEXT, min_size=2, max_size=5), min_size=1, max_size=10)


def read(content: bytes | str) -> list[tuple[int, list[str]]]:
    as_bytes = content.encode() if isinstance(content, str) else content
    return list(read_records(NamedFile("films.csv", as_bytes), LineBudget()))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_matter(encoding: str, end: str) -> None:
    mark = "\ufeff" if encoding.startswith("utf-16-") else ""
    content = f"{mark}Title,Year{end}Amélie,2001{end}8½,1963".encode(encoding)

    assert read(content) == [
        (1, ["Title", "Year"]),
        (2, ["Amélie", "2001"]),
        (3, ["8½", "1963"]),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheets_delimiters_are_understood(delimiter: str) -> None:
    content = f'a{delimiter}b\n"x, y; z\tw"{delimiter}1\n'
    assert read(content) == [(1, ["a", "b"]), (2, ["x, y; z\tw", "1"])]


@pytest.mark.parametrize(
    "note", ["see\nalso tt0000002, or", "2020-01-02, again:\n2021-01-02, and again", "a\n1,2,3"]
)
def test_a_note_of_several_lines_is_one_field(note: str) -> None:
    assert read(f'Const,Note\ntt0000001,"{note}"\n')[1] == (2, ["tt0000001", note])


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    assert read('a,b\n\n"one\ntwo",2\n\r\n3,4') == [
        (1, ["a", "b"]),
        (2, []),
        (3, ["one\ntwo", "2"]),
        (4, []),
        (5, ["3", "4"]),
    ]


def test_a_byte_that_no_encoding_has_costs_its_character_only() -> None:
    assert read(b"a,b\nAm\xe9lie \x81,2\n")[1] == (2, ["Amélie \ufffd", "2"])


# Bytes that are no UTF-8 by themselves, whatever whole letter comes before or after.
STRAY = st.integers(0x80, 0xFF).map(lambda byte: bytes([byte]))
NAMES = st.lists(st.text(st.characters(categories=["L"]), min_size=1), min_size=1)


@given(NAMES, NAMES, STRAY)
def test_a_stray_byte_in_utf8_costs_no_other_name(
    before: list[str], after: list[str], stray: bytes
) -> None:
    lines = ["Name,Year", "Amélie,2001", *(f"{name},1" for name in before)]
    more = [f"{name},1" for name in after]
    content = "\n".join(lines).encode() + stray + "\n".join(["", *more]).encode()

    found = [",".join(fields) for _, fields in read(content)]

    assert found == [*lines[:-1], f"{lines[-1]}\ufffd", *more]


def test_a_replacement_character_is_as_good_utf8_as_any() -> None:
    assert read("a,b\nAm\ufffdlie,2\n")[1] == (2, ["Am\ufffdlie", "2"])


@given(st.lists(st.sampled_from(["Amélie", "8½", "L'armée des ombres", "Œil", "Ærlig"])))
def test_cp1252_is_told_from_utf8(names: list[str]) -> None:
    rows = [["Name", "Year"], *([name, "2001"] for name in names)]
    content = "\n".join(",".join(row) for row in rows).encode("cp1252")
    assert [fields for _, fields in read(content)] == rows


@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n"]))
def test_what_csv_writes_is_read(rows: list[list[str]], encoding: str, end: str) -> None:
    written = io.StringIO()
    # A first row that says which delimiter it is.
    writer = csv.writer(written, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["Name", "Year"], *rows])

    found = read(written.getvalue().encode(encoding))

    assert found[1:] == list(enumerate(rows, 2))


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused_with_a_row(content: bytes) -> None:
    file = NamedFile("films.csv", content)
    numbers: list[int] = []
    refused = ""
    try:
        numbers.extend(number for number, _ in read_records(file, LineBudget()))
    except UploadRefused as error:
        refused = str(error)

    assert numbers == list(range(1, len(numbers) + 1))
    assert not refused or refused.startswith(f"films.csv, row {len(numbers) + 1}: ")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\n1,\0\n", "row 2: it has a NUL character"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n", "row 1: this is no table, but a PDF."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "row 1: this is no table, but an old Excel file"),
        ("a,b\n1,2\n".encode("utf-16-le"), "row 1: it has a NUL character"),
        (b'a,b\n1,2\n3,"four\n5,6\n', "row 3: it has a quotation mark that is opened"),
        (b'Const,Title\ntt0000001,"One\ntt0000002,"Two\n', "row 2: it has a quotation mark"),
        (
            b'No,Const,Title\r"1","tt0000001","One\r"2","tt0000002","Two"\r"3","tt0000003",Three"\r',
            "row 2: it has a quotation mark",
        ),
        (
            (
                b'Date,Name,Year,URI\n2020-01-02,"One,2001,https://boxd.it/a\n'
                b'2020-01-02,"Two,2002,https://boxd.it/b\n'
            ),
            "row 2: it has a quotation mark",
        ),
        (b"a,b\n1,2\n\n" + b"x" * 1_000_000 + b"\n", "row 4: it is longer than 100,000"),
        (b'a,b\n"' + b"x\n" * 60_000, "row 2: it is longer than 100,000"),
        (b"," * LONGEST_RECORD + b",", "row 1: it is longer than 100,000"),
    ],
    ids=[
        "NUL",
        "PDF",
        "old Excel",
        "UTF-16 without a mark",
        "open quote",
        "two of IMDb's",
        "two of old ones",
        "two of Letterboxd's",
        "long line",
        "long quote",
        "commas",
    ],
)
def test_what_cannot_be_read_is_refused_by_its_row(content: bytes, reason: str) -> None:
    with pytest.raises(UploadRefused, match=f"^films.csv, {reason}"):
        read(content)


@pytest.mark.parametrize(
    ("lines", "row"),
    [(b"\n", MOST_LINES + 1), (b"\r", MOST_LINES + 1), (b" \r\n", MOST_LINES + 1),
     (b'"' + b"\n" * 9_999 + b'"\n', MOST_LINES // 10_000 + 1)],
    ids=["blank", "of an old Mac", "a space", "in quotes"],
)  # fmt: skip
@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_there_is_an_end_of_lines_that_say_nothing(lines: bytes, row: int, encoding: str) -> None:
    content = (lines * (MOST_LINES // len(lines.splitlines()))).decode()
    taken = content.encode(encoding)
    assert len(read(taken)) == row - 1

    with pytest.raises(UploadRefused) as refused:
        read((content + "x").encode(encoding))
    assert str(refused.value) == (
        f"films.csv, row {row}: the upload has more than 200,000 lines, blank ones included."
    )


@pytest.mark.parametrize(
    ("fields", "split"),
    [
        (['tt0000001,9,"A, B"'], ["tt0000001", "9", "A, B"]),
        (['a;"b;c"', ""], ["a", "b;c"]),
        (["a", "b,c"], ["a", "b,c"]),
        (["a\rb,c"], ["a\rb,c"]),
        (["a\nb,c"], ["a\nb,c"]),
        (["x" * 200_000], ["x" * 200_000]),
        ([], []),
    ],
)
def test_a_record_that_a_spreadsheet_quoted_whole_is_taken_apart(
    fields: list[str], split: list[str]
) -> None:
    assert split_quoted_whole(fields) == split
