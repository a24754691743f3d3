"""What holds for the whole API: health, limits, front ends on other hosts, errors."""

import gzip

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from tests.api.refusals import detail
from tests.conftest import RunImport

BEST = "/api/v1/best/"


@pytest.mark.django_db
class TestHealth:
    def test_it_is_alive(self, client: Client) -> None:
        assert client.get("/healthz").json() == {"status": "ok"}

    def test_it_is_ready(self, client: Client) -> None:
        assert client.get("/readyz").json() == {"status": "ok"}

    def test_it_is_not_ready_before_its_migrations(self, client: Client) -> None:
        MigrationRecorder.Migration.objects.filter(app="movies").delete()

        response = client.get("/readyz")
        assert response.status_code == 503
        assert "migrations" in response.json()["status"]

    def test_without_a_database_it_is_alive_but_not_ready(self, client: Client) -> None:
        with connection.execute_wrapper(unreachable):
            assert client.get("/healthz").status_code == 200
            response = client.get("/readyz")

        assert response.status_code == 503
        assert "database" in response.json()["status"]


def unreachable(*_: object) -> None:
    """What Django makes of a server that has gone."""
    raise OperationalError("server closed the connection unexpectedly")


@pytest.mark.django_db
class TestAnOutageOfTheDatabase:
    @pytest.fixture
    def client(self) -> Client:
        return Client(raise_request_exception=False)

    @pytest.mark.parametrize(
        "path", ["best/", "best/JP/", "countries/", "genres/", "films/1/", "status/", "movies/"]
    )
    def test_is_said_with_when_to_ask_again(self, client: Client, path: str) -> None:
        with connection.execute_wrapper(unreachable):
            response = client.get(f"/api/v1/{path}")

        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert detail(response) == "The service cannot answer now."

    def test_is_said_to_a_search_and_an_upload_too(self, client: Client) -> None:
        csv = b"Const\ntt0000001\n"
        with connection.execute_wrapper(unreachable):
            search = client.get("/api/v1/search/?name=seal")
            upload = client.post("/api/v1/watched/", csv, content_type="text/csv")

        assert (search.status_code, upload.status_code) == (503, 503)

    def test_is_said_on_a_page(self, client: Client) -> None:
        with connection.execute_wrapper(unreachable):
            response = client.get("/countries/JP/")

        assert response.status_code == 503
        assert response.headers["Content-Type"].startswith("text/html")


@pytest.mark.django_db
class TestLimits:
    def test_who_asks_too_often_has_to_wait(self, client: Client, settings: Settings) -> None:
        settings.API_RATE = "3/minute"
        codes = [client.get(BEST).status_code for _ in range(4)]
        refused = client.get("/api/v1/countries/")

        assert codes == [200, 200, 200, 429]
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        assert detail(refused)

    def test_somebody_else_does_not_wait(self, client: Client, settings: Settings) -> None:
        settings.API_RATE = "1/minute"
        codes = [
            client.get(BEST, REMOTE_ADDR=address).status_code
            for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")
        ]
        assert codes == [200, 429, 200]

    def test_an_address_cannot_be_made_up(self, client: Client, settings: Settings) -> None:
        settings.API_RATE = "1/minute"
        codes = [
            client.get(BEST, headers={"x-forwarded-for": address}).status_code
            for address in ("192.0.2.1", "192.0.2.2")
        ]
        assert codes == [200, 429]

    def test_behind_a_proxy_its_word_is_believed(self, client: Client, settings: Settings) -> None:
        settings.API_RATE = "1/minute"
        settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
        codes = [
            client.get(BEST, headers={"x-forwarded-for": addresses}).status_code
            for addresses in ("192.0.2.1", "192.0.2.9, 192.0.2.1", "192.0.2.2")
        ]
        assert codes == [200, 429, 200]

    def test_there_can_be_none(self, client: Client, settings: Settings) -> None:
        settings.API_RATE = ""
        assert {client.get(BEST).status_code for _ in range(20)} == {200}

    def test_the_page_that_asks_every_three_seconds_is_never_refused(
        self, client: Client, settings: Settings
    ) -> None:
        settings.API_RATE = "1/minute"
        settings.GHIBLI_API_URL = "http://127.0.0.1:9"
        assert {client.get("/api/v1/movies/").status_code for _ in range(3)} == {200}


@pytest.mark.django_db
class TestOtherHosts:
    ORIGIN = "https://films.example"

    def test_may_not_read_it_unless_they_are_named(self, client: Client) -> None:
        response = client.get(BEST, headers={"origin": self.ORIGIN})
        assert "Access-Control-Allow-Origin" not in response.headers

    def test_may_read_it_where_they_are_named(self, client: Client, settings: Settings) -> None:
        settings.CORS_ALLOWED_ORIGINS = [self.ORIGIN]
        response = client.get(BEST, headers={"origin": self.ORIGIN})

        assert response.headers["Access-Control-Allow-Origin"] == self.ORIGIN
        assert "origin" in response.headers["Vary"]
        exposed = response.headers["Access-Control-Expose-Headers"]
        assert {"ETag", "Retry-After", "X-Fetched-At"} <= set(exposed.split(", "))

    def test_may_ask_beforehand_whether_they_may_upload(
        self, client: Client, settings: Settings
    ) -> None:
        settings.CORS_ALLOWED_ORIGINS = [self.ORIGIN]
        response = client.options(
            "/api/v1/watched/",
            headers={"origin": self.ORIGIN, "access-control-request-method": "POST"},
        )
        assert response.status_code == 200
        assert "POST" in response.headers["Access-Control-Allow-Methods"]

    @pytest.mark.parametrize("header", ["if-none-match", "content-disposition"])
    def test_may_say_what_they_have_and_what_a_file_is_called(
        self, client: Client, settings: Settings, header: str
    ) -> None:
        settings.CORS_ALLOWED_ORIGINS = [self.ORIGIN]
        response = client.options(
            "/api/v1/best/",
            headers={
                "origin": self.ORIGIN,
                "access-control-request-method": "GET",
                "access-control-request-headers": header,
            },
        )

        allowed = response.headers["Access-Control-Allow-Headers"].split(", ")
        assert header in allowed

    def test_may_not_read_what_is_no_part_of_the_api(
        self, client: Client, settings: Settings
    ) -> None:
        settings.CORS_ALLOWED_ORIGINS = [self.ORIGIN]
        response = client.get("/admin/login/", headers={"origin": self.ORIGIN})
        assert "Access-Control-Allow-Origin" not in response.headers


class TestCompression:
    @pytest.fixture(autouse=True)
    def catalogue(self, run_import: RunImport) -> None:
        run_import("daily")

    @pytest.mark.parametrize("path", [BEST, "/api/v1/countries/"])
    def test_answers_are_compressed_for_those_who_can_read_it(
        self, client: Client, path: str
    ) -> None:
        plain = client.get(path)
        small = client.get(path, headers={"accept-encoding": "br, gzip"})

        assert "Content-Encoding" not in plain.headers
        assert small.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.content) == plain.content
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert plain.headers["ETag"] == small.headers["ETag"]

    def test_the_list_of_all_countries_is_made_once_a_version(
        self, client: Client, run_import: RunImport
    ) -> None:
        first = client.get(BEST).json()
        assert client.get(BEST).json() == first

        run_import("ranking")
        assert client.get(BEST).json()["updated_at"] > first["updated_at"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v2/best/", "/api/x"])
def test_an_address_that_does_not_exist_is_said_in_json(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert detail(response) == "Not found."


@pytest.mark.parametrize(("path", "kind"), [(BEST, "application/json"), ("/", "text/html")])
def test_a_host_that_is_not_served_is_refused_in_the_addresss_language(
    client: Client, path: str, kind: str
) -> None:
    response = client.get(path, headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith(kind)


@pytest.mark.django_db
def test_pages_take_nothing_from_other_hosts_but_posters(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "img-src 'self' https://image.tmdb.org data: blob:" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client: Client) -> None:
    assert client.get("/api/v1/best").headers["Location"] == "/api/v1/best/"
