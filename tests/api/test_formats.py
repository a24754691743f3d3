"""Lists as other programs read them: a spreadsheet, a command line, Radarr, a feed reader."""

import csv
import io
import json
import shutil
import subprocess
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from django.test import Client

from tests.api.refusals import code, detail, errors
from tests.films import film
from tools.sandbox.sources import Films

BEST, OF_BRITAIN = "/api/v1/best/", "/api/v1/best/GB/"
MEDIA_TYPES = {
    "csv": "text/csv",
    "ndjson": "application/x-ndjson",
    "radarr": "application/json",
    "rss": "application/rss+xml",
}
FORMULA = '=HYPERLINK("http://example.org")'
ODD = 'Q&A: "Naïve", <b>&'

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    """120 British films; the first titles are odd ones, the third has no id at IMDb."""
    british = [
        film(number, vote_average=9 - number / 20, vote_count=10_000) for number in range(1, 121)
    ]
    british[0]["title"] = FORMULA
    british[1]["title"] = ODD
    british[2] |= {"imdb_id": None, "release_date": ""}
    return Films([*british, film(200, origin_country=["SE"])])


def get(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content
    return response


def ids(client: Client, address: str) -> list[int]:
    answer = client.get(address).json()
    lists = answer.get("countries", [answer])
    return [movie["id"] for each in lists for movie in each.get("movies") or each["results"]]


@pytest.mark.parametrize("name", MEDIA_TYPES)
@pytest.mark.parametrize("address", [BEST, OF_BRITAIN])
class TestEveryFormat:
    def test_says_what_it_is(self, client: Client, address: str, name: str) -> None:
        response = get(client, f"{address}?format={name}")
        assert response.headers["Content-Type"] == f"{MEDIA_TYPES[name]}; charset=utf-8"

    def test_has_an_etag_of_its_own(self, client: Client, address: str, name: str) -> None:
        etag = get(client, f"{address}?format={name}").headers["ETag"]
        again = client.get(f"{address}?format={name}", headers={"if-none-match": etag})

        assert (again.status_code, again.content) == (304, b"")
        assert etag != get(client, address).headers["ETag"]

    def test_may_be_empty(self, client: Client, address: str, name: str) -> None:
        response = get(client, f"{address}?format={name}&from=1891&to=1891")
        assert response.headers["Content-Type"] == f"{MEDIA_TYPES[name]}; charset=utf-8"

    def test_errors_are_json(self, client: Client, address: str, name: str) -> None:
        response = client.get(f"{address}?format={name}&limit=0")
        assert response.status_code == 400
        assert errors(response)[0]["attr"] == "limit"
        assert code(client.get(f"{BEST}QQ/?format={name}")) == "not_found"

    def test_head_has_no_body(self, client: Client, address: str, name: str) -> None:
        response = client.head(f"{address}?format={name}")
        assert (response.status_code, response.content) == (200, b"")


class TestCSV:
    def test_is_read_by_the_csv_module(self, client: Client) -> None:
        response = get(client, f"{BEST}?format=csv&limit=5")
        rows = list(csv.DictReader(io.StringIO(response.content.decode())))

        assert [int(row["id"]) for row in rows] == ids(client, f"{BEST}?limit=5")
        assert rows[-1]["country_name"] == "United Kingdom"
        [first, second, third] = [row for row in rows if row["country_code"] == "GB"][:3]
        assert (first["rank"], second["name"]) == ("1", ODD)
        assert (third["imdb_id"], third["year"], third["country_codes"]) == ("", "", "GB")
        assert float(first["rating"]) == 8.95

    def test_a_title_is_no_formula(self, client: Client) -> None:
        response = get(client, f"{OF_BRITAIN}?format=csv&limit=1")
        [row] = csv.DictReader(io.StringIO(response.content.decode()))
        assert row["name"] == f"'{FORMULA}"

    def test_is_a_file_with_a_name(self, client: Client) -> None:
        named = get(client, f"{OF_BRITAIN}?format=csv").headers["Content-Disposition"]
        assert named == 'attachment; filename="best-GB.csv"'

    def test_pages_are_long_and_say_where_the_next_is(self, client: Client) -> None:
        rows: list[dict[str, str]] = []
        address = f"{OF_BRITAIN}?format=csv&limit=110"
        while address:
            response = get(client, address)
            rows += csv.DictReader(io.StringIO(response.content.decode()))
            link = response.headers.get("Link", "")
            address = link.partition(">")[0].removeprefix("<")
            assert not link or link.endswith('>; rel="next"')
        assert [int(row["rank"]) for row in rows] == list(range(1, 121))

    def test_json_has_short_pages_still(self, client: Client) -> None:
        assert code(client.get(f"{OF_BRITAIN}?limit=101")) == "max_value"
        assert code(client.get(f"{OF_BRITAIN}?format=csv&limit=1001")) == "max_value"


class TestNDJSON:
    def test_is_a_line_a_film(self, client: Client) -> None:
        response = get(client, f"{BEST}?format=ndjson&limit=3")
        films = [json.loads(line) for line in response.content.decode().splitlines()]

        assert [movie["id"] for movie in films] == ids(client, f"{BEST}?limit=3")
        *_, britain = client.get(f"{BEST}?limit=3").json()["countries"]
        named = {"country_code": "GB", "country_name": "United Kingdom"}
        assert films[-3:] == [named | movie for movie in britain["movies"]]

    @pytest.mark.skipif(not shutil.which("jq"), reason="there is no jq on the PATH")
    def test_is_read_by_jq(self, client: Client) -> None:
        lines = get(client, f"{OF_BRITAIN}?format=ndjson&limit=5").content
        done = subprocess.run(["jq", ".id"], input=lines, capture_output=True, check=True)
        assert list(map(int, done.stdout.split())) == [1, 2, 3, 4, 5]


class TestRadarr:
    """Its custom lists are an array of objects, of which it reads `title` and `imdb_id`."""

    def test_is_what_it_reads(self, client: Client) -> None:
        found = get(client, f"{OF_BRITAIN}?format=radarr&limit=4").json()
        assert found == [
            {"title": FORMULA, "imdb_id": "tt0000001"},
            {"title": ODD, "imdb_id": "tt0000002"},
            {"title": "Film 4", "imdb_id": "tt0000004"},
        ]

    def test_has_a_film_of_several_countries_once(self, client: Client) -> None:
        found = get(client, f"{BEST}?format=radarr&by=production&limit=10").json()
        assert len({entry["imdb_id"] for entry in found}) == len(found) > 5

    def test_a_list_can_be_long(self, client: Client) -> None:
        assert len(get(client, f"{OF_BRITAIN}?format=radarr&limit=1000").json()) == 119


class TestRSS:
    def test_is_read_by_a_feed_reader(self, client: Client) -> None:
        response = get(client, f"{OF_BRITAIN}?format=rss&limit=3")
        feed = feedparser.parse(response.content)

        assert not feed.bozo
        assert feed.version == "rss20"
        assert feed.feed.title == "The best films of United Kingdom"
        assert feed.feed.link == f"http://testserver{OF_BRITAIN}?format=rss&limit=3"
        assert [entry.title for entry in feed.entries] == [
            f"{FORMULA} (1999)", f"{ODD} (1999)", "Film 3",
        ]  # fmt: skip
        links = [entry.link for entry in feed.entries]
        assert links[0] == "https://www.imdb.com/title/tt0000001/"
        assert links[2] == "https://www.themoviedb.org/movie/3"

    def test_the_world_has_its_article(self, client: Client) -> None:
        feed = feedparser.parse(get(client, f"{BEST}world/?format=rss&limit=1").content)
        assert feed.feed.title == "The best films of the world"
        assert feed.entries[0].description.startswith("Number 1 of the world: ")

    def test_an_entry_is_new_when_its_film_is(self, client: Client) -> None:
        narrow, wide = (
            {entry.id for entry in feedparser.parse(get(client, address).content).entries}
            for address in (f"{BEST}?format=rss&limit=2", f"{BEST}?format=rss&limit=3")
        )
        assert narrow < wide
        assert wide - narrow == {"GB-3"}


@pytest.mark.parametrize("address", [BEST, OF_BRITAIN])
@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/rss+xml", "application/rss+xml"),
        ("application/json;q=0.5, text/csv;q=0.6", "text/csv"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/*;q=0.9, application/json;q=0.1", "text/csv"),
        ("*/*, application/json;q=0", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
    ],
)
def test_the_accept_header_says_it_too(
    client: Client, address: str, accept: str, media_type: str
) -> None:
    response = get(client, address, accept=accept)

    assert response.headers["Content-Type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("address", [BEST, OF_BRITAIN])
def test_the_parameter_counts_before_the_header(client: Client, address: str) -> None:
    response = get(client, f"{address}?format=json", accept="text/csv")
    assert response.json()["by"] == "home"


@pytest.mark.parametrize("address", [BEST, OF_BRITAIN])
@pytest.mark.parametrize("accept", ["text/html", "application/xml", "text/csv;q=0"])
def test_what_is_none_of_them_is_not_acceptable(client: Client, address: str, accept: str) -> None:
    response = client.get(address, headers={"accept": accept})
    assert (response.status_code, code(response)) == (406, "not_acceptable")
    assert detail(response) == (
        "There are: application/json, text/csv, application/x-ndjson, application/rss+xml."
    )
