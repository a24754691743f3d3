"""Films fetched one by one: what TMDB may answer, and what becomes of it."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from importer.models import ImportFailure, ImportRun, TmdbMovie
from movies.models import Country, Genre, Language, Movie, RankingState, Standing, Title
from tests.conftest import RunImport
from tests.films import film, unlist
from tests.web import refusing, web_server
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films


@pytest.fixture(autouse=True)
def known_ids(run_import: RunImport) -> None:
    """The ledger knows the twelve films, and nothing is fetched yet."""
    assert run_import("ids").state == ImportRun.State.SUCCEEDED


def open_failure(movie_id: int) -> ImportFailure:
    return ImportFailure.objects.unresolved().get(kind="movies", movie_id=movie_id)


def test_every_fact_is_stored_as_tmdb_gives_it(run_import: RunImport, source: Films) -> None:
    source.films[3] = film(
        3,
        imdb_id=" tt0245429 ",
        title="Spirited Away",
        original_title="千と千尋の神隠し",
        original_language="ja",
        origin_country=["JP"],
        production_countries=[{"iso_3166_1": "JP", "name": "Japan"}] * 2,
        release_date="2001-07-20",
        runtime=125,
        genres=[{"id": 16, "name": "Animation"}, {"id": 10751, "name": "Family"}],
        spoken_languages=[{"iso_639_1": "ja", "english_name": "Japanese", "name": "日本語"}],
        vote_average=8.534,
        vote_count=17000,
        alternative_titles={
            "titles": [
                {"iso_3166_1": "DE", "title": "Chihiros Reise ins Zauberland", "type": ""},
                {"iso_3166_1": "US", "title": "Spirited Away", "type": "repeated"},
            ]
        },
    )

    run_import("movies")

    movie = Movie.objects.get(id=3)
    assert movie.imdb_id == "tt0245429"
    assert movie.release_date == datetime.date(2001, 7, 20)
    assert (movie.runtime, movie.tmdb_rating, movie.tmdb_votes) == (125, 8.534, 17000)
    assert movie.origin_countries == ["JP"]
    assert movie.production_countries == ["JP"]
    assert movie.genre_ids == [16, 10751]
    assert movie.spoken_languages == ["ja"]
    titles = Title.objects.filter(movie=3).order_by("id").values_list("name", "year", "is_own")
    assert list(titles) == [
        ("Spirited Away", 2001, True),
        ("千と千尋の神隠し", 2001, True),
        ("Chihiros Reise ins Zauberland", 2001, False),
    ]


def test_the_most_popular_films_come_first(run_import: RunImport) -> None:
    run_import("movies", "--limit", 3)

    assert set(Movie.objects.values_list("id", flat=True)) == {1, 2, 3}


def test_what_is_fetched_is_not_due_again(run_import: RunImport, sandbox: Sandbox) -> None:
    run_import("movies")
    run = run_import("movies")

    assert run.total == 0
    assert set(sandbox.asked.values()) == {1}


def test_ids_asked_for_are_fetched_even_when_they_are_not_due(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    run_import("movies")
    source.films[77] = film(77, title="Known to nobody yet")

    run_import("movies", "--ids", "2,77")

    assert sandbox.asked[2] == 2
    assert sandbox.asked[1] == 1
    assert Movie.objects.get(id=77).title == "Known to nobody yet"


def test_a_changed_film_replaces_what_was_stored(run_import: RunImport, source: Films) -> None:
    run_import("movies")
    source.films[5] = film(5, title="Renamed", vote_count=9)

    run_import("movies", "--ids", "5")

    assert Movie.objects.get(id=5).tmdb_votes == 9
    assert list(Title.objects.filter(movie=5).values_list("name", flat=True)) == [
        "Renamed",
        "Film 5",
    ]


def test_a_changed_year_is_that_of_the_films_titles_too(
    run_import: RunImport, source: Films
) -> None:
    run_import("movies")
    source.films[5] = film(5, release_date="1931-01-30")
    source.films[6] = film(6, release_date="")

    run_import("movies", "--ids", "5,6")

    assert set(Title.objects.filter(movie=5).values_list("year", flat=True)) == {1931}
    assert set(Title.objects.filter(movie=6).values_list("year", flat=True)) == {None}


def test_changed_countries_are_those_of_the_films_titles_too(
    run_import: RunImport, source: Films
) -> None:
    def countries(movie_id: int) -> list[list[str]]:
        titles = Title.objects.filter(movie=movie_id)
        return list(titles.values_list("countries", flat=True).distinct())

    run_import("movies")
    source.films[5] = film(
        5,
        origin_country=["HK", "FR"],
        production_countries=[{"iso_3166_1": "FR", "name": "France"}],
    )
    source.films[6] = film(6, origin_country=[], production_countries=[])

    run_import("movies", "--ids", "5,6")

    assert countries(5) == [["FR", "HK"]]
    assert countries(6) == [[]]


def test_codes_that_the_reference_lists_lack_become_known(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    run_import("reference")
    sandbox.faults.only = {1: "unknown-country", 2: "unknown-language", 3: "unknown-genre"}

    run = run_import("movies")

    assert run.failed == 0
    assert Country.objects.get(code="QQ").name == "Nowhere"
    assert Language.objects.get(code="zz").name == "Zzyzx"
    assert Genre.objects.get(id=99999).name == "Unheard of"
    assert Movie.objects.get(id=1).origin_countries == ["GB", "QQ"]


@pytest.mark.parametrize("fault", ["padded", "country-twice"])
def test_what_can_be_healed_is_stored_healed(
    run_import: RunImport, sandbox: Sandbox, fault: str
) -> None:
    sandbox.faults.only = {4: fault}

    assert run_import("movies").failed == 0

    movie = Movie.objects.get(id=4)
    assert (movie.title, movie.imdb_id) == ("Film 4", "tt0000004")
    assert movie.origin_countries == movie.production_countries == ["GB"]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("not-json", "JSON is malformed"),
        ("missing-fields", "missing required field"),
        ("null-fields", "Expected `str`, got `null`"),
        ("empty-strings", "no title"),
        ("wrong-types", "Expected `str`, got `int` - at `$.title`"),
        ("nul", "NUL"),
        ("surrogate", "surrogate"),
        ("other-id", "asked for movie 4, got movie 5"),
        ("422", "TMDB answered 422"),
    ],
)
def test_what_cannot_be_used_is_kept_as_a_failure_with_its_dump(
    run_import: RunImport, sandbox: Sandbox, fault: str, says: str
) -> None:
    sandbox.faults.only = {4: fault}

    run = run_import("movies")

    assert run.state == ImportRun.State.SUCCEEDED
    assert (run.done, run.failed) == (12, 1)
    assert Movie.objects.count() == 11
    failure = open_failure(4)
    assert says in failure.message
    assert failure.run == run
    assert failure.dump is not None
    assert bytes(failure.dump)[:1] == b"{"


def test_a_failure_is_left_alone_by_a_schedule_and_tried_again_by_hand(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    sandbox.faults.only = {4: "nul"}
    run_import("movies")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    assert abs(TmdbMovie.objects.get(id=4).due_at - tomorrow) < datetime.timedelta(minutes=1)

    run_import("movies")
    failure = open_failure(4)
    assert failure.attempts == 2
    in_two_days = timezone.now() + datetime.timedelta(days=2)
    assert abs(TmdbMovie.objects.get(id=4).due_at - in_two_days) < datetime.timedelta(minutes=1)

    sandbox.faults.only = {}
    run_import("movies")
    failure.refresh_from_db()
    assert failure.resolved_at is not None
    assert Movie.objects.filter(id=4).exists()
    assert TmdbMovie.objects.get(id=4).attempts == 0


@pytest.mark.parametrize(
    "fault", ["429", "429-retry-after", "429-absurd", "500", "503", "reset", "half", "html"]
)
def test_what_passes_by_itself_is_asked_for_again(
    run_import: RunImport, sandbox: Sandbox, fault: str
) -> None:
    sandbox.faults.shares = {fault: 0.2}

    run = run_import("movies")

    assert run.failed == 0
    assert Movie.objects.count() == 12


def test_a_film_that_tmdb_does_not_have_leaves_every_answer(
    run_import: RunImport, source: Films
) -> None:
    run_import("movies")
    run_import("ranking")
    version = RankingState.objects.get().version
    del source.films[6]
    unlist(6)

    run = run_import("movies", "--ids", "6")

    assert run.failed == 0
    assert TmdbMovie.objects.get(id=6).gone_at is not None
    assert not Movie.objects.filter(id=6).exists()
    assert not Title.objects.filter(movie=6).exists()
    assert not Standing.objects.filter(movie=6).exists()
    assert RankingState.objects.get().version == version + 1


def test_a_tombstone_is_lifted_by_a_successful_fetch_only(
    run_import: RunImport, source: Films
) -> None:
    gone = source.films.pop(6)
    yesterday = timezone.now() - datetime.timedelta(days=1)
    TmdbMovie.objects.filter(id=6).update(not_found=2, not_found_at=yesterday)
    run_import("movies")
    source.films[6] = gone

    run_import("ids")
    run_import("movies")
    assert TmdbMovie.objects.get(id=6).gone_at is not None

    run_import("movies", "--ids", "6")
    assert TmdbMovie.objects.get(id=6).gone_at is None
    assert Movie.objects.filter(id=6).exists()


def test_details_that_cannot_be_renewed_for_six_months_are_kept_no_longer(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    run_import("movies")
    run_import("ranking")
    long_ago = timezone.now() - datetime.timedelta(days=181)
    TmdbMovie.objects.filter(id__in=[4, 5]).update(fetched_at=long_ago, due_at=long_ago)
    sandbox.faults.only = {4: "nul"}

    run_import("movies")

    assert not Movie.objects.filter(id=4).exists()
    assert not Standing.objects.filter(movie=4).exists()
    assert Movie.objects.filter(id=5).exists()
    ledger = TmdbMovie.objects.get(id=4)
    assert (ledger.fetched_at, ledger.gone_at) == (None, None)


def test_an_error_that_cannot_be_read_is_one_films_failure(
    run_import: RunImport, settings: Settings
) -> None:
    with refusing(b'{"status_code":11,"status_message":"\xff"}') as url:
        settings.TMDB_API_URL = url
        run = run_import("movies", "--ids", "1,2")

    assert run.failed == 2
    assert "TMDB answered 422" in open_failure(2).message


def test_a_404_that_is_not_tmdbs_buries_nothing(
    run_import: RunImport, settings: Settings, tmp_path: Path
) -> None:
    with web_server(tmp_path) as url:
        settings.TMDB_API_URL = url
        run = run_import("movies", "--ids", "1")

    assert run.failed == 1
    assert "TMDB answered 404" in open_failure(1).message
    assert TmdbMovie.objects.get(id=1).gone_at is None


def test_a_refused_key_stops_the_run_and_changes_nothing(
    run_import: RunImport, settings: Settings
) -> None:
    settings.TMDB_API_KEY = "not-the-sandboxes-key"
    before = list(TmdbMovie.objects.order_by("id").values())

    run = run_import("daily")

    assert run.state == ImportRun.State.FAILED
    assert "Invalid API key" in run.error
    assert run.step == "reference lists"
    assert list(TmdbMovie.objects.order_by("id").values()) == before
    assert not Movie.objects.exists()


def test_a_key_refused_half_way_stops_the_run(run_import: RunImport, sandbox: Sandbox) -> None:
    sandbox.faults.only = dict.fromkeys(range(1, 13), "401")

    run = run_import("movies")

    assert run.state == ImportRun.State.FAILED
    assert "Invalid API key" in run.error
    assert not ImportFailure.objects.filter(movie_id__isnull=False).exists()


def test_the_key_is_nowhere_in_what_is_kept(
    run_import: RunImport,
    sandbox: Sandbox,
    settings: Settings,
    source: Films,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.TMDB_API_KEY = "sandbox"
    source.films[4] = film(4, title="api_key=sandbox\0")
    settings.TMDB_API_URL = "http://127.0.0.1:9/3"
    unreachable = run_import("reference")
    settings.TMDB_API_URL = sandbox.tmdb_url
    run_import("movies")

    dump = bytes(open_failure(4).dump or b"").decode()
    written = [unreachable.error, caplog.text, dump]
    written += ImportFailure.objects.values_list("message", flat=True)
    assert unreachable.error
    assert "api_key=[redacted]" in dump
    assert not any("sandbox" in text for text in written)
