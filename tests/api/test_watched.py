"""POST /api/v1/watched/: uploads in every form."""

from typing import Any

import jsonschema_rs
import msgspec
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from api.streaming import stream_json
from api.uploads import BODY_TYPES
from movies.models import Lens
from movies.watched.files import MOST_BYTES, NamedFile
from movies.watched.upload import classify_upload
from tests.api.uploading import RATINGS, URL, answer, upload, zipped
from tests.movies.watched.conftest import FIXTURES
from tests.movies.watched.world import fill_catalogue


@pytest.fixture(autouse=True)
def catalogue(db: None, settings: Settings) -> None:
    settings.API_UPLOAD_RATE = ""
    fill_catalogue()


class TestAnUpload:
    def test_is_answered_row_by_row(self, client: Client) -> None:
        found = answer(upload(client, ("ratings.csv", RATINGS)))

        assert [film["imdb_id"] for film in found["matched"]] == ["tt0113277"]
        assert [row["row"] for row in found["unmatched"]] == [3]

    def test_can_have_several_files(self, client: Client) -> None:
        found = answer(upload(client, ("a.csv", RATINGS), ("b.csv", RATINGS)))

        assert [each["file"] for each in found["files"]] == ["a.csv", "b.csv"]
        assert [row["of_file"] for row in found["duplicates"]] == ["a.csv", "a.csv"]

    def test_can_be_a_zip(self, client: Client) -> None:
        found = answer(upload(client, ("mine.zip", zipped(RATINGS))))
        assert [each["file"] for each in found["files"]] == ["ratings.csv"]

    @pytest.mark.parametrize("content_type", BODY_TYPES)
    def test_can_be_the_body(self, client: Client, content_type: str) -> None:
        found = answer(client.post(URL, RATINGS, content_type=content_type))
        assert [each["file"] for each in found["files"]] == ["upload"]
        assert found["summary"]["rows"] == 2

    @pytest.mark.parametrize(
        ("disposition", "name"),
        [
            ('attachment; filename="my watchlist.csv"', "my watchlist.csv"),
            ("attachment; filename*=UTF-8''f%C3%BCr.csv", "für.csv"),
            ("attachment; filename=/etc/../a.csv", "a.csv"),
            ("attachment; filename=", "upload"),
            ("attachment; filename=a/..", "upload"),
            ("attachment; filename=.", "upload"),
            ("attachment; filename*=no-such-charset''x", "upload"),
            # Half of a character, which no answer could be encoded with.
            ("attachment; filename*=unicode_escape''a%5Cud800.csv", "a?.csv"),
            ("attachment; filename*=utf-7''%2B2AA-.csv", "?.csv"),
            ("=;;;=", "upload"),
        ],
    )
    def test_as_the_body_can_say_its_name(
        self, client: Client, disposition: str, name: str
    ) -> None:
        response = client.post(
            URL, RATINGS, content_type="text/csv", headers={"content-disposition": disposition}
        )
        assert answer(response)["files"][0]["file"] == name

    @pytest.mark.parametrize(
        ("said", "name"),
        [
            ("filename=a.csv", "a.csv"),
            ("filename*=UTF-8''f%C3%BCr.csv", "für.csv"),
            ('filename="a&#xd800;.csv"', "a\ufffd.csv"),
        ],
    )
    def test_in_a_form_has_a_name_that_can_be_said_back(
        self, client: Client, said: str, name: str
    ) -> None:
        body = f"--x\r\nContent-Disposition: form-data; name=file; {said}\r\n\r\n".encode()
        response = client.post(
            URL, body + RATINGS + b"\r\n--x--\r\n", content_type="multipart/form-data; boundary=x"
        )
        assert answer(response)["files"][0]["file"] == name

    def test_is_seen_through_a_lens(self, client: Client) -> None:
        csv = ("ratings.csv", b"Const\ntt0317248\n")
        by_query = answer(upload(client, csv, query="?by=production"))
        by_field = answer(upload(client, csv, by="production"))

        assert by_query == by_field
        assert by_query["matched"][0]["country_codes"] == ["BR", "FR", "DE"]

    @pytest.mark.parametrize("seen", ["1", "true", "on"])
    def test_can_declare_its_lists_seen(self, client: Client, seen: str) -> None:
        csv = ("checkins.csv", b"Position,Const\n1,tt0317248\n")
        assert not answer(upload(client, csv))["matched"][0]["seen"]

        by_query = answer(upload(client, csv, query=f"?seen={seen}"))
        by_field = answer(upload(client, csv, seen=seen))

        assert by_query == by_field
        assert by_query["matched"][0]["seen"]
        assert by_query["countries"] == {"BR": 1}

    def test_is_not_to_be_kept_by_anybody(self, client: Client) -> None:
        assert upload(client, ("a.csv", RATINGS)).headers["Cache-Control"] == "no-store"

    def test_is_written_to_no_disk_however_large(self, client: Client, settings: Settings) -> None:
        settings.FILE_UPLOAD_TEMP_DIR = "/nowhere/at/all"
        row = b"tt0113277,8," + b"x" * 90_000 + b"\n"
        rows = 1 + 2 * settings.FILE_UPLOAD_MAX_MEMORY_SIZE // len(row)
        found = answer(upload(client, ("a.csv", RATINGS + rows * row)))
        assert found["summary"]["rows"] == 2 + rows

    def test_needs_no_cookie_and_no_token(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert upload(strict, ("a.csv", RATINGS)).status_code == 200

    def test_is_answered_compressed(self, client: Client) -> None:
        response = client.post(
            URL, RATINGS, content_type="text/csv", headers={"accept-encoding": "gzip"}
        )
        assert response.headers["Content-Encoding"] == "gzip"

    def test_takes_four_statements(self, client: Client) -> None:
        with CaptureQueriesContext(connection) as queries:
            answer(upload(client, ("a.csv", RATINGS)))
        # The films, and namesakes of the row without one; former states; rated countries.
        assert len(queries) == 2 + 1 + 1, [query["sql"] for query in queries]


@pytest.mark.parametrize("rows", [0, 1, 1_000, 1_001, 3_500])
def test_an_answer_in_pieces_is_the_answer_at_once(rows: int) -> None:
    csv = "Const\n" + "".join(f"{number % 2_300 + 1}\n" for number in range(rows))
    watched = classify_upload([NamedFile("a.csv", csv.encode())], Lens.ORIGIN)

    pieces = list(stream_json(watched))

    assert b"".join(pieces) == msgspec.json.encode(watched)
    assert max(map(len, pieces)) < 200_000


EXPORTS = sorted(FIXTURES.glob("*.csv"))


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.stem)
def test_answers_are_as_the_schema_says(client: Client, export: Any) -> None:
    schema = schema_of_the_api(client)
    reference = {"$ref": "#/components/schemas/Watched", "components": schema["components"]}

    found = answer(upload(client, (export.name, export.read_bytes())))

    jsonschema_rs.validate(nullable(reference), found)
    assert set(found) == set(schema["components"]["schemas"]["Watched"]["properties"])


def schema_of_the_api(client: Client) -> Any:
    return client.get("/api/schema/", headers={"accept": "application/json"}).json()


def nullable(schema: Any) -> Any:
    """OpenAPI 3.0's way to say null, as JSON Schema says it."""
    if isinstance(schema, list):
        return [nullable(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: nullable(part) for name, part in schema.items()}
    if parts.pop("nullable", False):
        return {"anyOf": [parts, {"type": "null"}]}
    return parts


def test_the_schemas_limits_are_the_real_ones(client: Client) -> None:
    schema = schema_of_the_api(client)
    described = schema["paths"]["/api/v1/watched/"]["post"]
    assert f"{MOST_BYTES:,} bytes" in described["description"]
    assert set(described["requestBody"]["content"]) == {"multipart/form-data", *BODY_TYPES}
