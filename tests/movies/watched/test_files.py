"""What is uploaded as files: plain ones and zips, honest and other ones."""

import io
import struct
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movies.watched.archives import MOST_ENTRIES
from movies.watched.errors import UploadRefused, UploadTooLarge
from movies.watched.files import MOST_BYTES, MOST_FILES, NamedFile, extract_files
from tests.movies.watched.memory import growing_by_at_most

CSV = b"Date,Name,Year,Letterboxd URI\n"
IMDB = b"Const,Your Rating,Date Rated,Title\n"
LETTERBOXD = ["watchlist.csv", "watched.csv", "ratings.csv"]


def zipped(*names: str, content: bytes = CSV, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    return zip_of([(name, content) for name in names], how)


def zip_of(files: list[tuple[str, bytes]], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def declaring(size: int, packed: bytes) -> bytes:
    """The zip of one file, which says that the file is of another size than it is."""
    lying = bytearray(packed)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", lying, lying.index(mark) + offset, size)
    return bytes(lying)


def names(*uploads: tuple[str, bytes]) -> list[str]:
    return [file.name for file in extract_files([NamedFile(*upload) for upload in uploads])]


def refusal(*uploads: tuple[str, bytes]) -> str:
    with pytest.raises(UploadRefused) as refused:
        names(*uploads)
    return str(refused.value)


def test_files_keep_their_order_and_each_has_a_name_of_its_own() -> None:
    uploads = [("ratings.csv", b"1"), ("WATCHLIST.csv", b"2"), ("ratings.csv", b"3")]
    assert extract_files([NamedFile(*upload) for upload in uploads]) == [
        ("ratings.csv", b"1"),
        ("WATCHLIST.csv", b"2"),
        ("ratings.csv (2)", b"3"),
    ]


def test_of_letterboxds_zip_its_lists_of_films_are_read_the_ratings_first() -> None:
    others = ["diary.csv", "reviews.csv", "profile.csv", "comments.csv", "likes/films.csv",
              "lists/best.csv", "deleted/watched.csv", "orphaned/diary.csv"]  # fmt: skip
    packed = zipped(*others, *LETTERBOXD)

    assert names(("letterboxd-somebody.zip", packed)) == [
        "ratings.csv",
        "watched.csv",
        "watchlist.csv",
    ]


def test_of_another_zip_every_csv_is_read() -> None:
    packed = zipped("b.CSV", "a.csv", "readme.txt", "old/c.csv", "nested.zip")
    assert names(("mine.zip", packed)) == [
        "b.CSV",
        "a.csv",
        "old/c.csv",
    ]


@pytest.mark.parametrize("inside", ["", "exports/"])
def test_of_a_zip_of_imdbs_exports_every_csv_is_read(inside: str) -> None:
    packed = zipped(f"{inside}ratings.csv", f"{inside}my list.csv", content=IMDB)
    assert names(("imdb.zip", packed)) == ["ratings.csv", "my list.csv"]


def test_of_a_zip_with_files_of_both_every_csv_is_read() -> None:
    packed = zip_of([("ratings.csv", IMDB), ("watched.csv", CSV), ("my list.csv", IMDB)])
    assert names(("both.zip", packed)) == [
        "ratings.csv",
        "watched.csv",
        "my list.csv",
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("first", "second"), [(CSV + b"1", CSV + b"2"), (IMDB + b"1", IMDB + b"2")]
)
def test_two_files_of_one_name_in_a_zip_are_both_read(first: bytes, second: bytes) -> None:
    packed = zip_of([("ratings.csv", first), ("ratings.csv", second)])
    assert extract_files([NamedFile("mine.zip", packed)]) == [
        ("ratings.csv", first),
        ("ratings.csv (2)", second),
    ]


def test_files_of_several_zips_are_told_apart() -> None:
    assert names(("a.zip", zipped("ratings.csv")), ("b.zip", zipped("ratings.csv"))) == [
        "a.zip/ratings.csv",
        "b.zip/ratings.csv",
    ]


def test_of_a_long_name_the_end_stays() -> None:
    _, name = names(("a.csv", CSV), ("x" * 250 + ".zip", zipped("watchlist.csv")))
    assert len(name) == 200
    assert name.endswith("xxx.zip/watchlist.csv")


@pytest.mark.parametrize("beside", [[], ["__MACOSX/export/._ratings.csv"]])
def test_a_zipped_folder_is_read_as_if_its_files_were_at_the_top(beside: list[str]) -> None:
    packed = zipped("export/ratings.csv", "export/likes/films.csv", *beside)
    assert names(("export.zip", packed)) == ["ratings.csv"]


def test_a_file_without_compression_is_read() -> None:
    assert names(("mine.zip", zipped("a.csv", how=zipfile.ZIP_STORED))) == ["a.csv"]


@pytest.mark.parametrize(
    "path", ["../ratings.csv", "a/../../ratings.csv", "/etc/ratings.csv", "C:\\ratings.csv",
             "..\\ratings.csv", "\\\\host\\ratings.csv", "likes/.."]
)  # fmt: skip
def test_a_zip_whose_paths_lead_out_of_it_is_refused(path: str) -> None:
    assert "a file with the path" in refusal(("mine.zip", zipped("watched.csv", path)))


def test_an_encrypted_zip_is_refused() -> None:
    packed = bytearray(zipped("ratings.csv"))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(("mine.zip", bytes(packed))) == (
        "mine.zip: ratings.csv in the zip is encrypted."
    )


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_compression_is_refused(how: int) -> None:
    assert "packed unusually" in refusal(("mine.zip", zipped("ratings.csv", how=how)))


def test_a_bomb_is_refused_by_the_size_that_it_says_it_has() -> None:
    bomb = zipped("ratings.csv", content=bytes(MOST_BYTES + 1))
    assert len(bomb) < 100_000
    with (
        growing_by_at_most(1),
        pytest.raises(UploadTooLarge, match=r"^mine\.zip: the zip holds too much"),
    ):
        names(("mine.zip", bomb))


def test_a_bomb_that_lies_about_its_size_is_refused_and_not_unpacked() -> None:
    bomb = declaring(1_000, zipped("ratings.csv", content=bytes(MOST_BYTES)))
    with growing_by_at_most(1):
        assert refusal(("mine.zip", bomb)) == "mine.zip: the zip is broken."


def test_zips_that_are_too_large_together_are_refused_by_the_first_that_is_too_much() -> None:
    bomb = zipped("ratings.csv", content=bytes(MOST_BYTES))
    zips = [(f"{number}.zip", bomb) for number in range(MOST_FILES)]
    with growing_by_at_most(40), pytest.raises(UploadTooLarge, match=r"^1\.zip: "):
        names(*zips)


def test_files_that_are_too_large_together_with_a_zip_are_refused() -> None:
    half = bytes(MOST_BYTES * 2 // 3)
    with pytest.raises(UploadTooLarge, match=r"^one\.zip: "):
        names(("two.csv", half), ("one.zip", zipped("ratings.csv", content=half)))
    with pytest.raises(UploadTooLarge, match=r"^It is too large: "):
        names(("one.zip", zipped("ratings.csv", content=half)), ("two.csv", half))


def test_a_zip_of_too_many_files_is_refused() -> None:
    packed = zipped(*map(str, range(MOST_ENTRIES + 1)), content=b"")
    assert "too many files" in refusal(("mine.zip", packed))


def test_a_zip_of_too_many_csv_files_is_refused() -> None:
    packed = zipped(*(f"{number}.csv" for number in range(MOST_FILES + 1)))
    assert refusal(("mine.zip", packed)) == "mine.zip: the zip holds too many CSV files."


@pytest.mark.parametrize("inside", ["ratings.txt", "ratings.csv/films.txt", "nested.zip"])
def test_a_zip_without_a_csv_is_refused(inside: str) -> None:
    packed = zipped(inside, "readme.txt")
    assert refusal(("mine.zip", packed)) == "mine.zip: the zip holds no CSV files."


def test_an_empty_file_is_refused_in_a_zip_as_outside() -> None:
    assert refusal(("a.csv", b"")) == "a.csv: the file is empty."
    assert "is empty" in refusal(("mine.zip", zipped("ratings.csv", content=b"")))


def test_no_file_and_too_many_files_are_refused() -> None:
    assert refusal() == "No file was sent."
    assert refusal(*[("a.csv", CSV)] * (MOST_FILES + 1)) == "21 files are too many: 20 are taken."


def test_a_zip_with_a_file_that_has_no_name_is_broken() -> None:
    packed = bytearray(zipped("ratings.csv"))
    entry = packed.index(b"PK\x01\x02")
    # Its name becomes its comment.
    packed[entry + 28], packed[entry + 32] = 0, len("ratings.csv")

    assert refusal(("mine.zip", bytes(packed))) == "mine.zip: the zip is broken."


PACKED = zipped("ratings.csv", "watched.csv")


@given(st.data())
def test_any_damage_to_a_zip_is_read_or_refused(data: Any) -> None:
    packed = bytearray(PACKED)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(4, len(packed) - 1))
        packed[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 1)) * data.draw(st.integers(0, len(packed)))
    found: list[NamedFile] = []
    refused = ""
    try:
        found = extract_files([NamedFile("mine.zip", bytes(packed[: len(packed) - cut]))])
    except UploadRefused as error:
        refused = str(error)

    assert all(file.content for file in found)
    # Of the zip, or of what its damaged list says is in it.
    assert bool(found) != refused.startswith(("mine.zip: ", "mine.zip/"))
