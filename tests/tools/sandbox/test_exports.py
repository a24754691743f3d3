"""The files: which days there are, conditional and partial downloads, and how they break."""

import gzip
import json
import zlib

import pytest
import requests

from tests.tools.sandbox.conftest import Get, export_path
from tools.sandbox.faults import Faults
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films


def test_the_export_has_a_line_for_every_film(get: Get, films: Films) -> None:
    lines = gzip.decompress(get(export_path()).content).splitlines()
    assert json.loads(lines[0]) == {
        "adult": False,
        "id": 603,
        "original_title": "The Matrix",
        "popularity": 85.1,
        "video": False,
    }
    assert {json.loads(line)["id"] for line in lines} == films.films.keys()


def test_the_export_needs_no_key(sandbox: Sandbox) -> None:
    assert requests.get(sandbox.url + export_path(), timeout=10).status_code == 200


def test_the_export_follows_a_world_that_changes(get: Get, films: Films) -> None:
    before = get(export_path())
    films.films[603]["popularity"] = 1.0
    after = get(export_path())
    assert b"85.1" in gzip.decompress(before.content)
    assert b"85.1" not in gzip.decompress(after.content)
    assert before.headers["ETag"] != after.headers["ETag"]


@pytest.mark.parametrize(("days_ago", "status"), [(-1, 403), (0, 200), (89, 200), (90, 403)])
def test_exports_are_kept_for_ninety_days(get: Get, days_ago: int, status: int) -> None:
    assert get(export_path(days_ago)).status_code == status


@pytest.mark.parametrize("name", ["movie_ids_02_30_2026.json.gz", "tv_series_ids.json.gz"])
def test_files_of_other_names_are_refused(get: Get, name: str) -> None:
    assert get(f"/p/exports/{name}").status_code == 403
    assert get(f"/imdb/{name}").status_code == 403


def test_head_tells_the_size_without_the_file(get: Get) -> None:
    whole = get(export_path())
    head = get(export_path(), "HEAD")
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Last-Modified"].endswith(" GMT")


@pytest.mark.parametrize(
    ("header", "part"),
    [("bytes=0-9", slice(10)), ("bytes=100-", slice(100, None)), ("bytes=-7", slice(-7, None))],
)
def test_a_range_is_a_part_of_the_file(get: Get, header: str, part: slice) -> None:
    whole = get(export_path()).content
    answer = get(export_path(), headers={"Range": header})
    assert answer.status_code == 206
    assert answer.content == whole[part]
    start, stop, _ = part.indices(len(whole))
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(whole)}"


def test_a_range_past_the_end_is_refused_with_the_size(get: Get) -> None:
    size = len(get(export_path()).content)
    answer = get(export_path(), headers={"Range": f"bytes={size}-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{size}"


@pytest.mark.parametrize("header", ["lines=0-9", "bytes=-", "bytes=0-1,5-6", "bytes=a-b"])
def test_a_range_that_is_none_gets_the_whole(get: Get, header: str) -> None:
    assert get(export_path(), headers={"Range": header}).status_code == 200


def test_if_range_gives_the_part_only_of_the_same_file(get: Get, films: Films) -> None:
    etag = get(export_path()).headers["ETag"]
    headers = {"Range": "bytes=10-", "If-Range": etag}
    assert get(export_path(), headers=headers).status_code == 206
    del films.films[1]
    assert get(export_path(), headers=headers).status_code == 200


def test_a_file_that_the_client_has_is_not_sent_again(get: Get) -> None:
    etag = get(export_path()).headers["ETag"]
    again = get(export_path(), headers={"If-None-Match": etag})
    yesterday = get(export_path(1), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert yesterday.status_code == 200


def test_imdbs_ratings_are_a_table(get: Get) -> None:
    table = gzip.decompress(get("/imdb/title.ratings.tsv.gz").content).decode()
    assert table == "tconst\taverageRating\tnumVotes\ntt0133093\t8.7\t2000000\n"


def test_a_missing_export_leaves_yesterdays(get: Get, sandbox: Sandbox) -> None:
    sandbox.faults = Faults("export-missing=1")
    assert get(export_path()).status_code == 403
    assert get(export_path(1)).status_code == 200


def test_an_export_can_be_html_or_nothing(get: Get, sandbox: Sandbox) -> None:
    sandbox.faults = Faults("export-html=1")
    assert get(export_path()).text.startswith("<!DOCTYPE html>")
    sandbox.faults = Faults("export-empty=1")
    assert get(export_path()).content == b""


def test_a_truncated_export_has_its_true_length_and_no_end(get: Get, sandbox: Sandbox) -> None:
    sandbox.faults = Faults("export-truncated=1")
    answer = get(export_path())
    assert int(answer.headers["Content-Length"]) == len(answer.content) > 0
    with pytest.raises(EOFError):
        gzip.decompress(answer.content)


def test_a_corrupt_export_cannot_be_unpacked(get: Get, sandbox: Sandbox) -> None:
    size = len(get(export_path()).content)
    sandbox.faults = Faults("export-corrupt=1")
    answer = get(export_path())
    assert len(answer.content) == size
    with pytest.raises((zlib.error, gzip.BadGzipFile, EOFError)):
        gzip.decompress(answer.content)


def test_broken_lines_are_mixed_in_and_no_film_is_lost(get: Get, sandbox: Sandbox) -> None:
    whole = gzip.decompress(get(export_path()).content).splitlines()
    sandbox.faults = Faults("export-lines=1")
    mixed = gzip.decompress(get(export_path()).content).splitlines()
    assert [line for line in mixed if line in whole] == whole
    broken = [line for line in mixed if line not in whole]
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken[0])
    assert {"id": 900000001} in [json.loads(line) for line in broken if b"900000001" in line]


def test_a_loss_takes_a_third_of_the_films(get: Get, sandbox: Sandbox, films: Films) -> None:
    sandbox.faults = Faults("export-loss=1")
    lines = gzip.decompress(get(export_path()).content).splitlines()
    assert len(lines) == len(films.films) * 2 // 3


def test_a_download_that_is_cut_half_way_can_go_on(get: Get, sandbox: Sandbox) -> None:
    whole = get(export_path()).content
    sandbox.faults = Faults("download-cut=1")
    answer = get(export_path(), stream=True)
    assert answer.headers["Content-Length"] == str(len(whole))
    first = answer.raw.read(len(whole) // 2)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        list(answer.iter_content(1000))
    rest = get(export_path(), headers={"Range": f"bytes={len(first)}-"})
    assert first + rest.content == whole


def test_a_paced_file_comes_whole(get: Get, sandbox: Sandbox) -> None:
    whole = get(export_path()).content
    sandbox.bytes_per_second = 10 * len(whole)
    assert get(export_path()).content == whole
