"""The most voted films of every country: due before all others, and what can go wrong."""

import datetime

import pytest
from django.utils import timezone

from importer.errors import ParseFailed
from importer.models import ImportFailure, ImportRun, TmdbMovie, TmdbSweep
from importer.steps.discover import ranks
from importer.store import ledger
from importer.tmdb.parse_lists import DiscoverEntry, DiscoverPage, parse_discover
from movies.models import Movie, RankingState, Standing
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.discover_faults import GHOST
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

COUNTRIES = ("DK", "FI", "SE")
DAY = datetime.timedelta(days=1)


def country(code: str) -> dict[str, str]:
    return {"iso_3166_1": code, "english_name": code, "native_name": code}


@pytest.fixture(scope="module")
def world() -> Films:
    """Of Sweden 70 films, 1 to 70, of Denmark 101 to 103, of Finland none.

    The later the more votes, and the less popularity. The second of Denmark's is Sweden's, too.
    """
    swedish = [film(number, origin_country=["SE"], vote_count=number) for number in range(1, 71)]
    danish = [film(number, origin_country=["DK"], vote_count=number) for number in (101, 103)]
    shared = film(102, origin_country=["SE", "DK"], vote_count=102)
    films = Films([*swedish, *danish, shared])
    for payload in films.films.values():
        payload["popularity"] = 200.0 - payload["id"]
        payload["production_countries"] = []
    films.countries = [country(code) for code in COUNTRIES]
    return films


@pytest.fixture(autouse=True)
def known_ids(run_import: RunImport) -> None:
    """The ledger knows the films and the countries, and nothing is fetched yet."""
    run_import("reference")
    assert run_import("ids").state == ImportRun.State.SUCCEEDED


def due() -> list[int]:
    return list(ledger.due_ids(timezone.now(), None, with_failures=False))


def swept() -> set[tuple[str, int]]:
    return set(TmdbSweep.objects.values_list("country", "page"))


def open_failures() -> dict[str | None, str]:
    failures = ImportFailure.objects.unresolved().filter(kind="discover")
    return dict(failures.values_list("country", "error_type"))


def test_the_first_of_every_country_are_due_before_all_others(run_import: RunImport) -> None:
    assert due()[:3] == [1, 2, 3]

    run = run_import("discover")

    assert run.state == ImportRun.State.SUCCEEDED
    # 102 is Sweden's first and Denmark's second; 59 films of Sweden's are listed beside it.
    assert due() == [102, 103, 70, 69, 101, *range(68, 11, -1), *range(1, 12)]


def test_after_the_first_twenty_come_those_that_stand_for_all(
    run_import: RunImport, source: Films
) -> None:
    source.films |= {number: film(number, origin_country=[]) for number in (1_999, 2_000, 4_000)}
    # One that is Sweden's last but eleven as well, and one that is its first.
    source.films |= {
        number: film(number, origin_country=["SE"], vote_count=votes)
        for number, votes in ((6_000, 12), (8_000, 1_000))
    }
    run_import("ids")
    ledger.mark_deleted([4_000], timezone.now(), is_accepted=True)

    run_import("discover")

    # At Sweden's 21st place.
    assert due().index(53) < due().index(2_000) < due().index(51)
    assert due().index(53) < due().index(6_000) < due().index(51)
    assert 8_000 in due()[:2]
    assert due()[-1] == 1_999
    assert 4_000 not in due()


def test_until_those_are_in_nothing_is_said_of_the_others(
    run_import: RunImport, source: Films
) -> None:
    source.films |= {number: film(number) for number in (2_000, 4_000)}
    run_import("ids")
    assert ledger.count_estimated() == 0

    ledger.mark_not_found([4_000], timezone.now())
    run_import("movies", "--ids", 2_000)

    assert ledger.count_estimated() == TmdbMovie.objects.filter(fetched_at=None).count() > 70


def test_three_pages_of_each_country_are_read_where_there_are_three(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    run = run_import("discover")

    assert sandbox.requests["discover"] == 5
    assert swept() == {(code, page) for code in COUNTRIES for page in (1, 2, 3)}
    assert (run.step, run.unit, run.done, run.total) == ("discovering films", "pages", 9, 9)


def test_what_was_read_lately_is_not_read_again_by_the_daily_import(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    now = timezone.now()
    ledger.record_swept("DK", [1, 2, 3], now - 29 * DAY)
    ledger.record_swept("SE", [1, 2], now - 29 * DAY)
    ledger.record_swept("SE", [3], now - 31 * DAY)
    ledger.record_swept("FI", [1, 2, 3], now + DAY)  # by a clock that was ahead

    run_import("daily")

    assert sandbox.requests["discover"] == 2
    assert TmdbSweep.objects.filter(swept_at__gte=now).count() == 4
    run_import("daily")
    assert sandbox.requests["discover"] == 2


def test_by_hand_everything_is_read_anew(run_import: RunImport, sandbox: Sandbox) -> None:
    run_import("discover")
    run_import("discover")

    assert sandbox.requests["discover"] == 10


def test_films_that_are_fetched_are_due_by_their_age_alone(run_import: RunImport) -> None:
    run_import("discover")
    run_import("movies")

    assert not TmdbMovie.objects.filter(discover_rank__isnull=False).exists()
    run_import("discover")
    assert due() == []
    assert not TmdbMovie.objects.filter(discover_rank__isnull=False).exists()


def test_ids_that_nobody_knew_are_fetched_first_of_all(
    run_import: RunImport, source: Films
) -> None:
    source.films[500] = film(500, origin_country=["FI"], vote_count=1)
    run_import("discover")

    assert 500 in due()[:3]
    assert run_import("movies").fetched == 74


def test_tombstones_are_left_alone(run_import: RunImport) -> None:
    ledger.mark_deleted([103, 70], timezone.now(), is_accepted=True)

    run_import("discover")

    gone = TmdbMovie.objects.filter(gone_at__isnull=False)
    assert set(gone.values_list("id", "discover_rank")) == {(103, None), (70, None)}
    assert {103, 70}.isdisjoint(due())


def test_adult_titles_and_videos_of_a_list_are_skipped() -> None:
    body = (
        b'{"page":1,"total_pages":1,"results":[{"id":5,"adult":true},{"id":6,"adult":null},'
        b'{"id":7,"video":true},{"id":8},{"id":6}]}'
    )

    assert parse_discover(body, page=1).movie_ids == [6, 8]


@pytest.mark.parametrize(
    "body",
    [
        b'{"page":1,"total_pages":9,"results":[]}',
        b'{"page":2,"total_pages":9}',
        b'{"page":2,"total_pages":9,"results":null}',
        b'{"page":2,"total_pages":9,"results":[{"id":null}]}',
        b'{"page":2,"total_pages":-1,"results":[]}',
        b"[]",
        b"",
    ],
)
def test_what_is_no_such_page_is_refused_with_its_body(body: bytes) -> None:
    with pytest.raises(ParseFailed) as refused:
        parse_discover(body, page=2)
    assert refused.value.dump == body


@pytest.mark.parametrize(
    ("kind", "error_type"),
    [
        ("422", "FetchFailed"),
        ("404", "NoSuchMovie"),
        ("500", "TmdbUnavailable"),
        ("html", "TmdbUnavailable"),
        ("not-json", "ParseFailed"),
        ("list", "ParseFailed"),
        ("no-results", "ParseFailed"),
        ("page-1", "ParseFailed"),
    ],
)
def test_a_country_that_fails_is_recorded_and_the_others_go_on(
    run_import: RunImport, sandbox: Sandbox, kind: str, error_type: str
) -> None:
    sandbox.faults.only["discover/SE"] = kind

    run = run_import("discover")

    assert run.state == ImportRun.State.SUCCEEDED
    assert (run.failed, run.done, run.total) == (1, 9, 9)
    assert open_failures() == {"SE": error_type}
    assert swept() >= {(code, page) for code in ("DK", "FI") for page in (1, 2, 3)}
    assert ("SE", 2) not in swept()
    assert 103 in due()[:2]

    # It is read when it is next due, and only that.
    del sandbox.faults.only["discover/SE"]
    before = sandbox.requests["discover"]
    run_import("daily")
    assert open_failures() == {}
    assert sandbox.requests["discover"] - before <= 3
    assert {("SE", 2), ("SE", 3)} <= swept()


def test_two_countries_that_fail_are_two_failures(run_import: RunImport, sandbox: Sandbox) -> None:
    sandbox.faults.only.update({"discover/SE": "422", "discover/FI": "not-json"})

    assert run_import("discover").failed == 2
    assert open_failures() == {"SE": "FetchFailed", "FI": "ParseFailed"}
    run_import("discover")
    attempts = ImportFailure.objects.unresolved().values_list("attempts", flat=True)
    assert list(attempts) == [2, 2]


def test_when_every_country_fails_so_does_the_step(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    sandbox.faults.only["discover"] = "422"

    run = run_import("daily")

    assert run.state == ImportRun.State.FAILED
    assert "discover: no country's films could be read" in run.error
    assert "422" in run.error
    assert Movie.objects.count() == 73  # all the same


def test_a_tmdb_that_answers_for_no_country_is_not_asked_for_all_of_them(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    source.countries = [country(f"{one}{other}") for one in "ABCD" for other in "ABCDEFGHIJ"]
    run_import("reference")
    sandbox.faults.only["discover"] = "503"

    run = run_import("discover")

    assert run.state == ImportRun.State.FAILED
    assert "20 countries in a row" in run.error
    assert run.total is not None
    assert run.done < run.total


def test_a_refused_key_ends_the_whole_run(run_import: RunImport, sandbox: Sandbox) -> None:
    sandbox.faults.only["discover"] = "401"

    run = run_import("daily")

    assert run.state == ImportRun.State.FAILED
    assert "code 7" in run.error
    assert sandbox.requests["movie"] == 0


def test_a_key_that_may_not_discover_may_do_all_the_rest(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    sandbox.faults.only["discover"] = "no-permission"

    run = run_import("daily")

    assert run.state == ImportRun.State.FAILED
    assert "no permission" in run.error
    assert Movie.objects.count() == 73


def test_a_listed_film_that_there_is_not_does_no_harm(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    sandbox.faults.only["discover/FI"] = "ghost"

    run = run_import("daily")

    assert run.state == ImportRun.State.SUCCEEDED
    assert Movie.objects.count() == 73
    # No export lists it: a 404 is believed at once.
    assert TmdbMovie.objects.get(id=GHOST).gone_at is not None


def test_the_lists_are_made_as_soon_as_what_was_discovered_is_in(
    run_import: RunImport, source: Films
) -> None:
    run_import("discover")
    source.films |= {number: film(number) for number in range(1000, 1400)}
    run_import("ids")

    run_import("movies")

    assert RankingState.current().ranked_at is not None
    assert Standing.objects.filter(movie_id=103, country="DK").exists()


def test_without_anything_discovered_no_lists_are_made_meanwhile(run_import: RunImport) -> None:
    run_import("movies")

    assert RankingState.current().ranked_at is None


@pytest.mark.parametrize(
    ("total_pages", "first", "last"), [(1, 0, 2), (499, 0, 2), (500, 0, 1), (62_000, 0, 1)]
)
def test_more_films_of_a_large_country_come_before_those_of_others(
    total_pages: int, first: int, last: int
) -> None:
    films = [DiscoverEntry(id=number) for number in (5, 6, 7)]
    of_first_page = ranks(DiscoverPage(page=1, total_pages=total_pages, results=films))
    of_third_page = ranks(DiscoverPage(page=3, total_pages=total_pages, results=films))

    assert (of_first_page[0], of_first_page[-1]) == (first, last)
    assert of_third_page[0] == (26 if total_pages >= 500 else 40)


@pytest.mark.parametrize("total_pages", [1, 2, 3])
def test_so_do_those_of_a_country_all_of_whose_films_are_read(total_pages: int) -> None:
    films = [DiscoverEntry(id=number) for number in range(1, 21)]
    found = [
        rank
        for number in range(1, total_pages + 1)
        for rank in ranks(DiscoverPage(page=number, total_pages=total_pages, results=films))
    ]

    assert found[:14] == [*range(10), 10, 10, 10, 11]
    assert found == sorted(found)
    assert found[-1] == 10 + (20 * total_pages - 11) // 3
