"""Every page and endpoint that derives from the catalogue can be kept: by whoever has read it, by
a proxy, by the process. A new address is one of these, or among those that are not."""

import gzip
import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from caching.kept import bodies
from caching.versions import CATALOGUE
from importer.models import TmdbMovie
from movies.derived import ranking
from movies.models import Availability, Movie, RankingState
from tests.sample_films import sample_films
from tests.test_queries import EXPECTED
from tools.sandbox.sources import Films

# What changes by itself, or is of nothing that the catalogue has.
NOT_KEPT = {
    "/healthz", "/readyz", "/movies/", "/api/v1/", "/api/v1/movies/", "/api/v1/status/",
    "/api/docs/",
}  # fmt: skip
# These say themselves for how long.
ELSEWHERE = (
    "/share/", "/embed/", "/sitemap", "/robots.txt", "/manifest.webmanifest", "/offline/",
    "/service-worker.js",
)  # fmt: skip
GET = [line.removeprefix("GET ") for line in EXPECTED if line.startswith("GET ")]
KEPT = [
    address
    for address in GET
    if address.partition("?")[0] not in NOT_KEPT and not address.startswith(ELSEWHERE)
]
# Made for each reader: what they say is of the answer itself.
BY_CONTENT = (
    "/search/", "/api/v1/search/", "/api/v1/people/?", "/api/v1/genres/", "/api/v1/changes/",
    "/api/v1/films/?", "/api/v1/films/tt",
)  # fmt: skip
BY_EDITION = [address for address in KEPT if not address.startswith(BY_CONTENT)]
PAGE, FILM, LIST = "/countries/JP/", "/films/101/", "/api/v1/best/JP/"
ANSWER = {"ETag", "Cache-Control", "Surrogate-Key", "Vary"}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


@pytest.fixture(autouse=True)
def films(catalogue: None) -> None:
    """All of them have the world's films, just ranked."""


def get(client: Client, address: str, **headers: str) -> Any:
    return client.get(address, headers={"Accept-Encoding": "gzip", **headers})


def text(answer: Any) -> str:
    is_packed = answer.headers.get("Content-Encoding") == "gzip"
    content: bytes = gzip.decompress(answer.content) if is_packed else answer.content
    return content.decode()


def varies(answer: Any) -> set[str]:
    return {name.strip().lower() for name in answer.headers.get("Vary", "").split(",")}


@pytest.mark.parametrize("address", KEPT)
def test_it_says_how_it_can_be_kept(client: Client, address: str) -> None:
    answer = get(client, address)

    assert answer.status_code == 200
    assert re.fullmatch(r'W/"[0-9A-Za-z.-]+"', answer.headers["ETag"])
    assert answer.headers["Cache-Control"] == (
        "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
    )
    assert answer.headers["Surrogate-Key"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "accept-encoding" in varies(answer)
    assert "cookie" not in varies(answer)
    assert not answer.cookies


@pytest.mark.parametrize("address", KEPT)
def test_who_has_it_is_told_that_it_is_the_same(client: Client, address: str) -> None:
    first = get(client, address)
    again = get(client, address, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    for name in ANSWER:
        assert again.headers[name] == first.headers[name]
    assert "Content-Encoding" not in again.headers
    # It would be the length of the whole answer, and nobody has made that (RFC 9110, 8.6).
    assert "Content-Length" not in again.headers


@pytest.mark.parametrize("address", KEPT)
def test_a_head_has_the_same_headers(client: Client, address: str) -> None:
    whole, head = get(client, address), client.head(address, headers={"Accept-Encoding": "gzip"})

    assert (head.status_code, head.content) == (200, b"")
    for name in ANSWER | {"Content-Type", "Content-Encoding"}:
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("address", BY_EDITION)
def test_it_is_made_once(client: Client, address: str) -> None:
    first = get(client, address)
    with CaptureQueriesContext(connection) as queries:
        again = get(client, address)

    assert again.content == first.content
    assert len(queries) <= 1


@pytest.mark.parametrize("address", sorted(NOT_KEPT))
def test_what_is_not_kept_says_so(client: Client, address: str, settings: Settings) -> None:
    settings.GHIBLI_API_URL = "http://127.0.0.1:9"
    answer = client.get(address)

    assert "s-maxage" not in answer.headers.get("Cache-Control", "")
    assert "Surrogate-Key" not in answer.headers


ERRORS = [
    "/countries/ZZ/", "/countries/JP/?page=99", "/films/999/", f"/films/{9**30}/", "/people/999/",
    "/api/v1/best/ZZ/", "/api/v1/best/?limit=0", "/api/v1/films/999/",
]  # fmt: skip
ETAG_FORMS = {
    "as it came": "{weak}",
    "strong": "{strong}",
    "the last of several": '"a", W/"b", {weak}',
    "the first of several, without blanks": '{strong},"a",W/"b"',
    "any": "*",
}
OTHER_ETAGS = {
    "another": 'W/"another"',
    "several others": '"a", W/"b"',
    "a part of it": "{part}",
    "without quotes": "{bare}",
    "nothing": "",
    "no ETag": "garbage, \\",
}


def form(pattern: str, etag: str) -> str:
    strong = etag.removeprefix("W/")
    return pattern.format(weak=etag, strong=strong, bare=strong[1:-1], part=f'{strong[:-3]}"')


@pytest.mark.parametrize("address", [PAGE, FILM, LIST, "/search/?name=tokyo"])
@pytest.mark.parametrize("pattern", ETAG_FORMS.values(), ids=ETAG_FORMS)
def test_any_form_of_its_etag_is_known(client: Client, address: str, pattern: str) -> None:
    etag = get(client, address).headers["ETag"]

    assert get(client, address, **{"If-None-Match": form(pattern, etag)}).status_code == 304


@pytest.mark.parametrize("address", [PAGE, FILM, LIST, "/search/?name=tokyo"])
@pytest.mark.parametrize("pattern", OTHER_ETAGS.values(), ids=OTHER_ETAGS)
def test_another_etag_has_the_whole_answer(client: Client, address: str, pattern: str) -> None:
    whole = get(client, address)
    given = form(pattern, whole.headers["ETag"])
    answer = get(client, address, **{"If-None-Match": given})

    assert (answer.status_code, answer.content) == (200, whole.content)


@pytest.mark.parametrize("address", ERRORS)
def test_an_error_is_not_kept(client: Client, address: str) -> None:
    etag = get(client, LIST).headers["ETag"]
    for known in (etag, "*"):
        answer = get(client, address, **{"If-None-Match": known})
        assert answer.status_code in {400, 404}
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-cache"


GZIPPED = {
    "gzip": True,
    "GZIP": True,
    "br, gzip": True,
    "deflate;q=0.5, gzip;q=1.0": True,
    "gzip;q=0.001": True,
    "gzip; q=0.8 ,identity;q=0.5": True,
    "*": True,
    "br;q=1, *;q=0.1": True,
    "x-gzip": True,
    "gzip;q=0": False,
    "gzip;q=0.000, br": False,
    "gzip;q=0, *": False,
    "*;q=0": False,
    "identity": False,
    "gzip;q=0.5, identity": False,
    "gzip;q=x": False,
    "gzip;q=2": False,
    "gzip;q=-1": False,
    "gzipped, nogzip": False,
    "": False,
    ";,;q=": False,
}


@pytest.mark.parametrize("address", [PAGE, LIST, "/api/v1/search/?name=tokyo", "/api/v1/status/"])
@pytest.mark.parametrize(("accepted", "is_packed"), GZIPPED.items())
def test_it_is_compressed_for_whoever_accepts_that(
    client: Client, address: str, accepted: str, is_packed: bool
) -> None:
    answer = client.get(address, headers={"Accept-Encoding": accepted})

    assert (answer.headers.get("Content-Encoding") == "gzip") == is_packed
    assert text(answer) == client.get(address).content.decode()
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert "accept-encoding" in varies(answer)


@pytest.mark.parametrize("address", ["/", PAGE, LIST, "/people/51/"])
def test_another_edition_is_another_answer(client: Client, address: str) -> None:
    first = get(client, address)
    ranking.bump_version()
    second = get(client, address, **{"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 200
    assert second.headers["ETag"] != first.headers["ETag"]
    assert second.headers["Surrogate-Key"] != first.headers["Surrogate-Key"]
    assert CATALOGUE in second.headers["Surrogate-Key"].split()


@pytest.mark.parametrize("address", ["/films/{}/", "/api/v1/films/{}/"])
def test_a_film_that_has_changed_is_another_answer_and_the_others_are_not(
    client: Client, address: str
) -> None:
    etags = [get(client, address.format(number)).headers["ETag"] for number in (101, 102)]
    Movie.objects.filter(id=101).update(title="Renamed")
    changed = get(client, address.format(101), **{"If-None-Match": etags[0]})
    other = get(client, address.format(102), **{"If-None-Match": etags[1]})

    assert (changed.status_code, other.status_code) == (200, 304)
    assert "Renamed" in text(changed)
    assert "film-101" in changed.headers["Surrogate-Key"].split()


def test_a_film_that_has_been_fetched_again_is_another_answer(client: Client) -> None:
    """Its titles or people may be others where its row is not."""
    etag = get(client, FILM).headers["ETag"]
    film = TmdbMovie.objects.get(id=101)
    assert film.fetched_at
    TmdbMovie.objects.filter(id=101).update(fetched_at=film.fetched_at.replace(microsecond=1))

    assert get(client, FILM).headers["ETag"] != etag


def test_a_film_that_has_gone_is_gone_for_who_has_read_it(client: Client) -> None:
    etag = get(client, FILM).headers["ETag"]
    Movie.objects.filter(id=101).delete()

    assert get(client, FILM, **{"If-None-Match": etag}).status_code == 404


def test_before_the_first_ranking_nothing_is_kept(client: Client) -> None:
    RankingState.objects.update(ranked_at=None)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = get(client, LIST)
        assert len(queries) > 2
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/countries/JP/", LIST, "/api/v1/best/"])
def test_what_can_be_watched_is_another_answer_when_that_has_changed(
    client: Client, address: str
) -> None:
    """Between two editions, too."""
    watch(movie_id=101, region="SE")
    watched = f"{address}?watch_region=SE&watch=flatrate"
    first = get(client, watched)
    again = get(client, watched, **{"If-None-Match": first.headers["ETag"]})
    watch(movie_id=102, region="SE")
    changed = get(client, watched, **{"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert text(changed) != text(first)
    assert "edition" not in first.headers["Surrogate-Key"]


def watch(movie_id: int, region: str) -> None:
    Availability.objects.create(
        movie_id=movie_id, region=region, kind=Availability.Kind.FLATRATE, providers=[8]
    )


@pytest.mark.parametrize("address", [LIST, "/api/v1/countries/"])
def test_a_kept_answer_counts_as_asked(client: Client, settings: Settings, address: str) -> None:
    settings.API_RATE = "2/minute"

    assert [get(client, address).status_code for _ in range(4)] == [200, 200, 429, 429]


def test_another_form_than_the_kept_one_is_refused(client: Client) -> None:
    assert get(client, LIST, Accept="application/json").status_code == 200
    for _ in range(2):
        assert get(client, LIST, Accept="application/xml").status_code == 406


def test_addresses_in_an_answer_are_of_the_host_that_was_asked(
    client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    address = f"{LIST}?limit=1"
    for host in ("one.example", "two.example", "one.example"):
        answer = client.get(address, headers={"Host": host})
        assert answer.json()["next"].startswith(f"http://{host}/")
    assert client.get(address, headers={"Host": "evil.example"}).status_code == 400


def test_a_cookie_makes_no_difference_but_in_the_back_office(client: Client) -> None:
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "of-somebody"
    for address in ("/", LIST, "/search/?name=tokyo"):
        with CaptureQueriesContext(connection) as queries:
            answer = get(client, address)
        assert not answer.cookies
        assert "cookie" not in varies(answer)
        assert not any("django_session" in query["sql"] for query in queries)
    assert client.get("/admin/login/").cookies[django_settings.CSRF_COOKIE_NAME]


def test_the_memory_of_many_addresses_is_bounded(client: Client) -> None:
    for number in range(50):
        get(client, f"/my-films/?{number}={'x' * 500}")

    assert 0 < bodies.bytes <= django_settings.ANSWER_CACHE_BYTES
