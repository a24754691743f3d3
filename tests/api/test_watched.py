"""POST /api/v1/watched/: uploads in every form, and what is refused."""

import io
import json
import zipfile
from typing import Any

import jsonschema_rs
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from api.uploads import BODY_TYPES
from movies.watched.files import MOST_BYTES
from tests.movies.watched.conftest import FIXTURES
from tests.movies.watched.world import fill_catalogue

URL = "/api/v1/watched/"
RATINGS = b"Const,Your Rating,Title\ntt0113277,8,Heat\ntt9999999,7,None\n"


@pytest.fixture(autouse=True)
def catalogue(db: None, settings: Settings) -> None:
    settings.API_UPLOAD_RATE = ""
    fill_catalogue()


def upload(client: Client, *files: tuple[str, bytes], query: str = "", **fields: str) -> Any:
    named = [SimpleUploadedFile(name, content, "text/csv") for name, content in files]
    return client.post(URL + query, {"file": named, **fields})


def answer(response: Any) -> Any:
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.getvalue())


def refusal(response: Any, status: int = 400) -> str:
    """The one sentence about the file."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/json"
    assert list(response.json()) == ["file"]
    [reason] = response.json()["file"]
    return str(reason)


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
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("ratings.csv", RATINGS)
        found = answer(upload(client, ("mine.zip", packed.getvalue())))
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
            ("attachment; filename*=no-such-charset''x", "upload"),
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

    def test_is_seen_through_a_lens(self, client: Client) -> None:
        csv = ("ratings.csv", b"Const\ntt0317248\n")
        by_query = answer(upload(client, csv, query="?by=production"))
        by_field = answer(upload(client, csv, by="production"))

        assert by_query == by_field
        assert by_query["matched"][0]["country_codes"] == ["BR", "FR", "DE"]

    def test_is_not_to_be_kept_by_anybody(self, client: Client) -> None:
        assert upload(client, ("a.csv", RATINGS)).headers["Cache-Control"] == "no-store"

    def test_is_written_to_no_disk_however_large(self, client: Client, settings: Settings) -> None:
        settings.FILE_UPLOAD_TEMP_DIR = "/nowhere/at/all"
        large = RATINGS + b"\n" * (2 * settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
        assert answer(upload(client, ("a.csv", large)))["summary"]["rows"] == 2

    def test_needs_no_cookie_and_no_token(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert upload(strict, ("a.csv", RATINGS)).status_code == 200

    def test_is_answered_compressed(self, client: Client) -> None:
        response = client.post(
            URL, RATINGS, content_type="text/csv", headers={"accept-encoding": "gzip"}
        )
        assert response.headers["Content-Encoding"] == "gzip"

    def test_takes_three_queries(self, client: Client) -> None:
        with CaptureQueriesContext(connection) as queries:
            answer(upload(client, ("a.csv", RATINGS)))
        assert sum("SELECT" in query["sql"] for query in queries) == 3


EXPORTS = sorted(FIXTURES.glob("*.csv"))


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.stem)
def test_answers_are_as_the_schema_says(client: Client, export: Any) -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    reference = {"$ref": "#/components/schemas/Watched", "components": schema["components"]}

    found = answer(upload(client, (export.name, export.read_bytes())))

    jsonschema_rs.validate(nullable(reference), found)
    assert set(found) == set(schema["components"]["schemas"]["Watched"]["properties"])


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


class TestRefused:
    def test_is_no_file_at_all(self, client: Client) -> None:
        for response in (
            client.post(URL),
            client.post(URL, {"by": "origin"}),
            client.post(URL, {"other": SimpleUploadedFile("a.csv", RATINGS)}),
            client.post(URL, {"file": "not a file but a text"}),
            client.post(URL, b"", content_type="text/csv"),
        ):
            assert refusal(response) == "No file was sent in the field 'file'."

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "x.csv: the file is empty."),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "x.csv, row 3: it has a NUL character"),
            (b"tt0113277,8\n", "x.csv, row 1: there is no header"),
            (b"Const\n" + b"x" * 1_000_000, "x.csv, row 2: it is longer than 100,000 characters"),
            (b"Const\n" + b"1\n" * 300_000, "x.csv, row 100002: the upload has more than 100,000"),
            (b"PK\x03\x04 and no more", "x.csv: the zip is broken."),
        ],
        ids=["empty", "PNG", "no header", "long field", "300,000 rows", "broken zip"],
    )
    def test_is_what_is_no_export(self, client: Client, content: bytes, reason: str) -> None:
        assert refusal(upload(client, ("x.csv", content))).startswith(reason)

    def test_is_a_file_among_others_by_its_name(self, client: Client) -> None:
        response = upload(client, ("good.csv", RATINGS), ("bad.csv", b"nothing"))
        assert refusal(response).startswith("bad.csv, row 1: ")

    def test_is_an_upload_of_200_mb_whatever_comes(self, client: Client) -> None:
        class Endless(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                assert size is not None
                assert 0 < size < 1_000_000
                return bytes(size)

        for content_type in ("text/csv", "multipart/form-data; boundary=x"):
            response = client.generic(
                "POST", URL, content_type=content_type,
                **{"wsgi.input": Endless(), "CONTENT_LENGTH": "200000000"},  # type: ignore[arg-type]
            )  # fmt: skip
            assert refusal(response, 413) == f"It is too large: {MOST_BYTES:,} bytes are taken."

    def test_is_a_zip_with_too_much_in_it(self, client: Client) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("ratings.csv", bytes(MOST_BYTES + 1))
        response = upload(client, ("bomb.zip", packed.getvalue()))
        assert refusal(response, 413).startswith("bomb.zip: the zip holds too much")

    def test_is_an_upload_in_chunks(self, client: Client) -> None:
        response = client.generic(
            "POST", URL, content_type="text/csv", headers={"transfer-encoding": "chunked"},
            **{"wsgi.input": io.BytesIO(RATINGS)},  # type: ignore[arg-type]
        )  # fmt: skip
        assert "Content-Length" in refusal(response, 411)

    @pytest.mark.parametrize("count", [21, 101])
    def test_are_too_many_files(self, client: Client, count: int) -> None:
        assert "too many" in refusal(upload(client, *[("a.csv", RATINGS)] * count))

    def test_are_too_many_fields(self, client: Client) -> None:
        fields = {f"field{number}": "x" for number in range(1_500)}
        assert "too many fields" in refusal(upload(client, ("a.csv", RATINGS), **fields))

    def test_is_a_form_that_breaks_off(self, client: Client) -> None:
        for body in (b"--x", b"--x\r\nContent-Disposition: form-data; name=file; filename=a"):
            response = client.post(URL, body, content_type="multipart/form-data; boundary=x")
            assert response.status_code == 400
            assert response.json()

    def test_is_a_form_without_a_boundary(self, client: Client) -> None:
        response = client.post(URL, RATINGS, content_type="multipart/form-data")
        assert response.status_code == 400
        assert "boundary" in response.json()["detail"]

    @pytest.mark.parametrize("by", ["x", "ORIGIN", "\0"])
    def test_is_another_lens(self, client: Client, by: str) -> None:
        response = upload(client, ("a.csv", RATINGS), by=by)
        assert response.status_code == 400
        assert list(response.json()) == ["by"]

    @pytest.mark.parametrize("content_type", ["application/json", "image/png", "x", "text/html"])
    def test_is_another_content_type(self, client: Client, content_type: str) -> None:
        response = client.post(URL, RATINGS, content_type=content_type)
        assert response.status_code == 415
        assert "detail" in response.json()

    @pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
    def test_is_another_method(self, client: Client, method: str) -> None:
        response = getattr(client, method)(URL)
        assert response.status_code == 405
        assert "detail" in response.json()

    def test_is_another_form_of_answer(self, client: Client) -> None:
        response = client.post(
            URL, RATINGS, content_type="text/csv", headers={"accept": "text/csv"}
        )
        assert response.status_code == 406
        assert "detail" in response.json()

    def test_is_who_uploads_too_often(self, client: Client, settings: Settings) -> None:
        settings.API_UPLOAD_RATE = "2/day"
        address = {"REMOTE_ADDR": "192.0.2.77"}
        responses = [
            client.post(URL, RATINGS, content_type="text/csv", **address)  # type: ignore[arg-type]
            for _ in range(3)
        ]
        assert [response.status_code for response in responses] == [200, 200, 429]
        assert "Retry-After" in responses[2].headers


def test_the_schemas_limits_are_the_real_ones() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    described = schema["paths"]["/api/v1/watched/"]["post"]
    assert f"{MOST_BYTES:,} bytes" in described["description"]
    assert set(described["requestBody"]["content"]) == {"multipart/form-data", *BODY_TYPES}


PIECES = st.sampled_from(
    [b"Const,Your Rating,Title\n", b"Date,Name,Year,Letterboxd URI,Rating\n", b"PK\x03\x04",
     b"PK\x01\x02", b"PK\x05\x06", b"tt0113277", b",", b'"', b"\n", b"\r", b"Heat,1995",
     b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\xe9", b"1", b";", b"--boundary", b"\r\n\r\n",
     b'Content-Disposition: form-data; name="file"; filename="a.csv"']
)  # fmt: skip
BODIES = st.lists(PIECES | st.binary(max_size=20), max_size=30).map(b"".join)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    BODIES,
    st.sampled_from(["text/csv", "application/zip", "multipart/form-data; boundary=boundary"]),
)
def test_any_body_is_answered_or_refused(client: Client, body: bytes, content_type: str) -> None:
    response = client.post(URL, body, content_type=content_type)

    assert response.status_code in {200, 400}
    if response.status_code == 200:
        found = answer(response)
        lists = [found[name] for name in ("matched", "unmatched", "duplicates")]
        assert sum(map(len, lists)) == found["summary"]["rows"]
    else:
        assert set(response.json()) <= {"file", "detail"}
