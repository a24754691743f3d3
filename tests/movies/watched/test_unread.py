"""Files among others that cannot be read: they are told, and the others are read all the same."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from movies.watched.archives import MOST_ENTRIES
from movies.watched.errors import UploadRefused
from tests.movies.watched.conftest import Ask
from tests.movies.watched.test_files import zip_of, zipped

RATINGS = b"Const,Your Rating,Title\ntt0113277,8,Heat\n"
WATCHED = b"Date,Name,Year,Letterboxd URI\n2020-01-01,Stalker,1979,https://boxd.it/x\n"
FOREIGN = b"Account,Balance\n1,100\n"
PROFILE = b"Date Joined,Username,Given Name\n2020-01-01,somebody,Some\n"
COMMENTS = b"Date,Content,Comment\n2020-01-01,x,y\n"
DS_STORE = b"\0\0\0\x01Bud1\0\0\x10\0"
DIARY = (
    b"Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    b"2020-01-03,Stalker,1979,https://boxd.it/a,4,,,2020-01-02\n"
)


def encrypted(name: str) -> bytes:
    packed = bytearray(zipped(name, content=RATINGS))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


# What is dropped beside good files, and how the reason begins.
BAD: dict[str, tuple[str, bytes, str]] = {
    "a foreign table": ("bank.csv", FOREIGN, "row 1: there is no header"),
    "Letterboxd's profile": ("profile.csv", PROFILE, "row 1: there is no header"),
    "Letterboxd's comments": ("comments.csv", COMMENTS, "row 1: there is no header"),
    "nothing": ("empty.csv", b"", "the file is empty."),
    "a picture": ("poster.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "row 3: it has a NUL"),
    "what macOS leaves": (".DS_Store", DS_STORE, "it is a file of the system"),
    "a quote that stays open": ("q.csv", RATINGS + b'tt0079944,"7,Stalker\n' * 2, "row 3: it has"),
    "a broken zip": ("broken.zip", b"PK\x03\x04 and no more", "the zip is broken."),
    "an encrypted zip": ("secret.zip", encrypted("a.csv"), "a.csv in the zip is encrypted."),
    "a zip of pictures": ("p.zip", zipped("a.png", "b.jpg"), "the zip holds no CSV files."),
    "a zip that leads out": ("o.zip", zipped("../a.csv"), "the zip has a file with the path"),
    "JSON of others": ("data.json", b'{"a": 1}', "it is no list of films"),
    "a PDF": ("printed.csv", b"%PDF-1.7\n1 0 obj\0", "row 1: this is no table, but a PDF."),
    "a web page": ("page.csv", b"<!DOCTYPE html>\n<html>", "row 1: this is no table, but a w"),
    "an old workbook": ("r.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "row 1: this is no table"),
    "a workbook": ("r.xlsx", zipped("a.xml", "xl/workbook.xml"), "this is a workbook"),
    "a gzip": ("r.csv.gz", b"\x1f\x8b\x08\0", "row 1: this is no table, but a gzip"),
    "a bare word": ("notes.txt", b"see them all", "row 1: there is no header"),
}  # fmt: skip


def read(answer: Any) -> list[str]:
    return [each["file"] for each in answer["files"]]


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("is_first", [True, False])
def test_beside_a_good_file_is_told(ask: Ask, kind: str, is_first: bool) -> None:
    name, content, reason = BAD[kind]
    files = {name: content, "ratings.csv": RATINGS}
    order = files if is_first else reversed(files)

    answer = ask(**{each: files[each] for each in order})

    assert read(answer) == ["ratings.csv"]
    [unread] = answer["unread"]
    assert (unread["file"], unread["reason"][: len(reason)]) == (name, reason)
    assert [film["imdb_id"] for film in answer["matched"]] == ["tt0113277"]


def test_all_of_them_together_beside_one_good_file(ask: Ask) -> None:
    files = {name: content for name, content, _ in BAD.values()}
    answer = ask(**files, **{"ratings.csv": RATINGS})
    assert read(answer) == ["ratings.csv"]
    assert {each["file"] for each in answer["unread"]} == set(files)


def test_nothing_but_such_files_is_refused(ask: Ask) -> None:
    with pytest.raises(UploadRefused, match=r"empty\.csv: the file is empty\. bank\.csv, row 1: "):
        ask(**{"bank.csv": FOREIGN, "empty.csv": b""})


class TestInAZip:
    def test_the_files_beside_it_are_read(self, ask: Ask) -> None:
        packed = zip_of(
            [("ratings.csv", RATINGS), ("bank.csv", FOREIGN), ("empty.csv", b""),
             ("readme.txt", b"x"), ("nested.zip", zipped("a.csv"))]
        )  # fmt: skip
        answer = ask(mine_zip=packed)
        assert read(answer) == ["ratings.csv"]
        assert [(each["file"], each["reason"][:24]) for each in answer["unread"]] == [
            ("mine.zip", "empty.csv in the zip is "),
            ("mine.zip/readme.txt", "it is neither a CSV nor "),
            ("mine.zip/nested.zip", "it is neither a CSV nor "),
            ("bank.csv", "row 1: there is no heade"),
        ]

    @pytest.mark.parametrize("folder", ["", "export/", "somebody/export/"])
    def test_what_a_system_leaves_is_passed_over(self, ask: Ask, folder: str) -> None:
        packed = zip_of(
            [("._x", DS_STORE), (f"{folder}.DS_Store", DS_STORE),
             (f"{folder}ratings.csv", RATINGS), (f"{folder}Thumbs.db", b"x"),
             (f"__MACOSX/{folder}._ratings.csv", b"\0\5\x16\7"), (f"{folder}desktop.ini", b"x")]
        )  # fmt: skip
        answer = ask(mine_zip=packed)
        assert read(answer) == [f"{folder.partition('/')[2]}ratings.csv"]
        assert answer["unread"] == []

    def test_an_empty_folder_is_passed_over(self, ask: Ask) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.mkdir("export")
            archive.mkdir("export/lists")
            archive.writestr("export/ratings.csv", RATINGS)
        assert read(ask(mine_zip=packed.getvalue())) == ["ratings.csv"]

    @pytest.mark.parametrize("folder", ["letterboxd-somebody/", "a/b/"])
    def test_letterboxds_export_can_be_a_folder_among_others(self, ask: Ask, folder: str) -> None:
        packed = zip_of(
            [("imdb/ratings.csv", RATINGS), (f"{folder}watched.csv", WATCHED),
             (f"{folder}profile.csv", PROFILE), (f"{folder}deleted/watched.csv", WATCHED),
             (f"{folder}lists/best.csv", WATCHED), (f"{folder}diary.csv", DIARY)]
        )  # fmt: skip
        answer = ask(mine_zip=packed)
        assert sorted(read(answer)) == sorted(
            [f"{folder}watched.csv", f"{folder}diary.csv", "imdb/ratings.csv"]
        )
        assert answer["unread"] == []
        assert [film["watched_on"] for film in answer["matched"] if film["id"] == 1398] == [
            "2020-01-02"
        ]

    def test_what_a_sites_own_archive_has_besides_is_told_with_the_reason(self, ask: Ask) -> None:
        packed = zip_of(
            [("watched.csv", WATCHED), ("profile.csv", PROFILE), ("likes/films.csv", WATCHED),
             ("lists/mine.csv", WATCHED), ("deleted/diary.csv", DIARY)]
        )  # fmt: skip
        answer = ask(letterboxd_zip=packed)
        assert {each["file"]: each["reason"].split(":")[0] for each in answer["not_needed"]} == {
            "letterboxd.zip/profile.csv": "it has no films that you have seen, rated or want.",
            "letterboxd.zip/likes/films.csv": "its films are among the watched ones.",
            "letterboxd.zip/lists/mine.csv": "a list can be of anything",
            "letterboxd.zip/deleted/diary.csv": "it is of what you have deleted.",
        }
        assert answer["unread"] == []

    def test_several_zips_are_read_as_far_as_they_can_be(self, ask: Ask) -> None:
        answer = ask(
            **{
                "a.zip": zip_of([("ratings.csv", RATINGS)]),
                "b.zip": b"PK\x03\x04",
                "c.zip": zip_of([("x/watched.csv", WATCHED), ("x/diary.csv", DIARY)]),
                "d.zip": zipped(*map(str, range(MOST_ENTRIES + 1)), content=b""),
            }
        )
        assert read(answer) == ["a.zip/ratings.csv", "c.zip/watched.csv", "c.zip/diary.csv"]
        assert [(each["file"], each["reason"]) for each in answer["unread"]] == [
            ("b.zip", "the zip is broken."),
            ("d.zip", "the zip has too many files in it."),
        ]

    def test_the_files_of_letterboxds_folder_can_be_dropped_all_at_once(self, ask: Ask) -> None:
        answer = ask(
            **{"watched.csv": WATCHED, "diary.csv": DIARY, "profile.csv": PROFILE,
               "comments.csv": COMMENTS, ".DS_Store": DS_STORE}
        )  # fmt: skip
        assert read(answer) == ["watched.csv", "diary.csv"]
        assert {each["file"] for each in answer["unread"]} == {
            "profile.csv", "comments.csv", ".DS_Store",
        }  # fmt: skip
        [film] = answer["matched"]
        assert (film["personal_rating"], film["watched_on"]) == (8, "2020-01-02")


# Files that can be read, with how many rows they have.
GOOD: dict[str, tuple[bytes, int]] = {
    "ratings.csv": (RATINGS, 1),
    "watched.csv": (WATCHED, 1),
    "diary.csv": (DIARY, 1),
    "quoted.csv": (b'"Const,Title"\n"tt0245429,""Spirited Away"""\n,\n', 1),
    "watched-movies.json": (b'[{"movie": {"ids": {"tmdb": 496243}}, "watched_at": ""}]', 1),
    "movary.csv": (b"title,tmdbId,imdbId,addedAt\nHeat,949,,2021-01-01\n", 1),
    "table.csv": (b"Name,Year,Rating\nHeat,1995.0,7\nHeat,1996,7\nNone,1990,\n,,\n", 3),
    "italian.csv": (b"Const,Title,Title Type\ntt1,Dark,Serie TV\n", 1),
    "packed.zip": (zip_of([("__MACOSX/._a.csv", b"x"), ("a/list.csv", b"Const\ntt0113277\n")]), 1),
}  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(st.sampled_from(sorted(GOOD)), min_size=1, unique=True),
    st.lists(st.sampled_from(sorted(BAD)), unique=True, max_size=8),
    st.randoms(use_true_random=False),
)
def test_any_mixture_is_read_as_far_as_it_can_be(
    ask: Ask, good: list[str], bad: list[str], chance: Any
) -> None:
    files = {name: GOOD[name][0] for name in good}
    files |= {BAD[kind][0]: BAD[kind][1] for kind in bad}
    names = chance.sample(sorted(files), len(files))

    answer = ask(**{name: files[name] for name in names})

    assert answer["summary"]["rows"] == sum(GOOD[name][1] for name in good)
    assert {each["file"] for each in answer["unread"]} == {BAD[kind][0] for kind in bad}
    lists = [answer[name] for name in ("matched", "unmatched", "duplicates")]
    told = [(each["file"], each["row"]) for entries in lists for each in entries]
    assert len(set(told)) == len(told) == answer["summary"]["rows"]
    # Whatever else comes with it, and in whatever order.
    films = {film["id"]: film for film in answer["matched"]}
    has_heat = {"ratings.csv", "movary.csv", "table.csv", "packed.zip"} & set(good)
    assert (949 in films) == bool(has_heat)
    if has_heat:
        assert films[949]["seen"] == bool({"ratings.csv", "table.csv"} & set(good))
    for film in films.values():
        assert (film["certainty"] == "near") <= (film["why"] in {"neighbouring_year", "no_year"})
    assert all(len(row["candidates"]) <= 5 for row in answer["unmatched"])
