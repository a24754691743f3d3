"""POST /api/v1/watched/: what is refused, and with which words."""

import io
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from tests.api.refusals import detail, wrong
from tests.api.uploading import RATINGS, URL, answer, refusal, upload
from tests.movies.watched.world import fill_catalogue


@pytest.fixture(autouse=True)
def catalogue(db: None, settings: Settings) -> None:
    settings.API_UPLOAD_RATE = ""
    fill_catalogue()


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
            (
                b"Const\n" + b"\n" * 3_000_000,
                "x.csv, row 200001: the upload has more than 200,000",
            ),
            (b"PK\x03\x04 and no more", "x.csv: the zip is broken."),
            (b'[{"x":' + b"[" * 100_000, "x.csv: it is no list of films"),
            (b'[{"x":' + b'{"a":' * 100_000, "x.csv: it is no list of films"),
        ],
        ids=[
            "empty",
            "PNG",
            "no header",
            "long field",
            "300,000 rows",
            "blank lines",
            "broken zip",
            "lists in lists",
            "objects in objects",
        ],
    )
    def test_is_what_is_no_export(self, client: Client, content: bytes, reason: str) -> None:
        assert refusal(upload(client, ("x.csv", content))).startswith(reason)

    def test_is_an_upload_of_which_no_file_can_be_read(self, client: Client) -> None:
        reason = refusal(upload(client, ("bad.csv", b"nothing"), ("worse.csv", b"")))
        assert "bad.csv, row 1: there is no header" in reason
        assert "worse.csv: the file is empty." in reason

    def test_is_no_file_among_others_that_can_be_read(self, client: Client) -> None:
        found = answer(upload(client, ("bad.csv", b"nothing"), ("good.csv", RATINGS)))
        assert [each["file"] for each in found["files"]] == ["good.csv"]
        [unread] = found["unread"]
        assert unread["file"] == "bad.csv"
        assert unread["reason"].startswith("row 1: there is no header")

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

    @pytest.mark.parametrize(
        "name", ["unicode_escape''a%5Cud800.csv", "utf-7''%2B2AA-", "no-such-charset''x"]
    )
    def test_is_a_form_with_a_name_that_is_no_text(self, client: Client, name: str) -> None:
        head = f"--x\r\nContent-Disposition: form-data; name=file; filename*={name}\r\n\r\n"
        body = head.encode() + RATINGS + b"\r\n--x--\r\n"
        response = client.post(URL, body, content_type="multipart/form-data; boundary=x")
        assert refusal(response) == "No file was sent in the field 'file'."

    def test_is_a_form_whose_parts_have_endless_headers(self, client: Client) -> None:
        body = (
            b"--x\r\nContent-Disposition: form-data; name=" + b"y" * 10_000 + b"\r\n\r\n\r\n--x--"
        )
        response = client.post(URL, body, content_type="multipart/form-data; boundary=x")
        assert response.status_code == 400
        assert "form parse error" in detail(response)

    def test_is_a_form_without_a_boundary(self, client: Client) -> None:
        response = client.post(URL, RATINGS, content_type="multipart/form-data")
        assert response.status_code == 400
        assert "boundary" in detail(response)

    @pytest.mark.parametrize("by", ["", "x", "ORIGIN", "\0"])
    def test_is_another_lens(self, client: Client, by: str) -> None:
        for response in (
            upload(client, ("a.csv", RATINGS), by=by),
            upload(client, ("a.csv", RATINGS), query=f"?{urlencode({'by': by})}"),
            client.post(f"{URL}?{urlencode({'by': by})}", RATINGS, content_type="text/csv"),
        ):
            assert response.status_code == 400
            assert list(wrong(response)) == ["by"]

    @pytest.mark.parametrize("seen", ["", "maybe", "2"])
    def test_is_a_declaration_that_is_neither_yes_nor_no(self, client: Client, seen: str) -> None:
        for response in (
            upload(client, ("a.csv", RATINGS), seen=seen),
            upload(client, ("a.csv", RATINGS), query=f"?{urlencode({'seen': seen})}"),
        ):
            assert response.status_code == 400
            assert list(wrong(response)) == ["seen"]

    @pytest.mark.parametrize("content_type", ["application/json", "image/png", "x", "text/html"])
    def test_is_another_content_type(self, client: Client, content_type: str) -> None:
        response = client.post(URL, RATINGS, content_type=content_type)
        assert response.status_code == 415
        assert detail(response)

    @pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
    def test_is_another_method(self, client: Client, method: str) -> None:
        response = getattr(client, method)(URL)
        assert response.status_code == 405
        assert detail(response)

    def test_is_another_form_of_answer(self, client: Client) -> None:
        response = client.post(
            URL, RATINGS, content_type="text/csv", headers={"accept": "text/csv"}
        )
        assert response.status_code == 406
        assert detail(response)

    def test_is_who_uploads_too_often(self, client: Client, settings: Settings) -> None:
        settings.API_UPLOAD_RATE = "2/day"
        address = {"REMOTE_ADDR": "192.0.2.77"}
        responses = [
            client.post(URL, RATINGS, content_type="text/csv", **address)  # type: ignore[arg-type]
            for _ in range(3)
        ]
        assert [response.status_code for response in responses] == [200, 200, 429]
        assert "Retry-After" in responses[2].headers


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
        assert set(wrong(response)) <= {"file", None}
