"""The films in the back office as imports see them: narrowed, fetched again, asked for at TMDB."""

import datetime
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from importer.models import ImportFailure, ImportRun, MovieWarning, TmdbMovie
from tests.conftest import RunImport
from tests.films import film
from tests.movies.test_admin import movie
from tests.staff import log_in
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

LIST = reverse("admin:movies_movie_changelist")

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Client:
    return log_in("view_movie", "start_import")


@pytest.fixture
def onlooker() -> Client:
    return log_in("view_movie")


def listed(client: Client, **query: str) -> list[int]:
    answer = client.get(LIST, query)
    return sorted(movie.pk for movie in answer.context["cl"].result_list)


def page_of(movie_id: int, name: str = "change") -> str:
    return reverse(f"admin:movies_movie_{name}", args=[movie_id])


def known(movie_id: int, **fields: object) -> None:
    now = timezone.now()
    values = {"popularity": 1, "known_at": now, "due_at": now + datetime.timedelta(days=9)}
    TmdbMovie.objects.create(id=movie_id, **values | fields)


def test_films_are_narrowed_by_country(onlooker: Client) -> None:
    for movie_id, home in ((1, ["FR"]), (2, ["FR", "DE"]), (3, ["DE"]), (4, None)):
        made = movie(movie_id, "A film")
        made.home_countries = home
        made.save()

    assert listed(onlooker, country="FR") == [1, 2]
    assert listed(onlooker, country="DE") == [2, 3]
    assert listed(onlooker, country="SE") == []


@pytest.mark.parametrize(
    ("typed", "films"),
    [
        ("2001", [1]), (" 2001 ", [1]), ("2000s", [1, 2]), ("1990s", [3]), ("1900", []),
        ("", [1, 2, 3, 4]),
    ],
)  # fmt: skip
def test_films_are_narrowed_by_year_and_decade(
    onlooker: Client, typed: str, films: list[int]
) -> None:
    dates = {1: (2001, 4, 25), 2: (2009, 12, 31), 3: (1999, 12, 31), 4: None}
    for movie_id, date in dates.items():
        made = movie(movie_id, "A film")
        made.release_date = datetime.date(*date) if date else None
        made.save()

    assert listed(onlooker, year=typed) == films


@pytest.mark.parametrize(
    "typed", ["199x", "1995s", "٢٠٠١", "0000", "99999", "'", "\0", "x" * 5000]
)
def test_what_is_no_year_finds_nothing_and_says_so(onlooker: Client, typed: str) -> None:
    movie(1, "A film")

    answer = onlooker.get(LIST, {"year": typed})

    assert list(answer.context["cl"].result_list) == []
    assert "is no year and no decade" in answer.content.decode()


def test_films_are_narrowed_by_what_there_is_to_do(onlooker: Client) -> None:
    for movie_id in range(1, 7):
        movie(movie_id, "A film", votes=1)
        known(movie_id)
    run = ImportRun.objects.create(kind="movies", requested_how="cron")
    TmdbMovie.objects.filter(pk=1).update(due_at=timezone.now())
    ImportFailure.objects.create(kind="movies", run=run, movie_id=2, error_type="E", message="m")
    ImportFailure.objects.create(
        kind="movies", run=run, movie_id=3, error_type="E", message="m", resolved_at=timezone.now()
    )
    MovieWarning.objects.create(
        movie_id=4, part="credits", message="m", dump=b"", last_at=timezone.now()
    )
    unreleased = movie(7, "Another")
    unreleased.status, unreleased.overview, unreleased.poster_path = "Planned", "A story", "/p.jpg"
    unreleased.save()

    assert listed(onlooker, state="due") == [1]
    assert listed(onlooker, state="failed") == [2]
    assert listed(onlooker, state="odd") == [4]
    assert listed(onlooker, state="unreleased") == [7]
    assert listed(onlooker, state="unrated") == [7]
    assert listed(onlooker, state="partial") == [1, 2, 3, 4, 5, 6]
    assert listed(onlooker, state="no-poster") == [1, 2, 3, 4, 5, 6]


def test_filters_hold_together_and_with_a_name(onlooker: Client) -> None:
    for movie_id, name, home in ((1, "Amélie", "FR"), (2, "Amélie", "DE"), (3, "Alien", "FR")):
        made = movie(movie_id, name)
        made.home_countries = [home]
        made.save()

    assert listed(onlooker, q="amelie", country="FR", year="2001") == [1]
    assert listed(onlooker, q="amelie", country="FR", year="2002") == []


@pytest.mark.parametrize("query", ["state=x", "country=<script>", "country=%00", "state=%00"])
def test_what_is_not_on_offer_harms_nothing(onlooker: Client, query: str) -> None:
    movie(1, "A film")

    answer = onlooker.get(f"{LIST}?{query}")

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_a_film_has_its_poster_and_what_needs_repair(onlooker: Client) -> None:
    made = movie(1, "A film")
    made.poster_path = "/poster.jpg"
    made.save()
    known(1, fetched_at=datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC))
    run = ImportRun.objects.create(kind="movies", requested_how="cron")
    failure = ImportFailure.objects.create(
        kind="movies", run=run, movie_id=1, error_type="ParseFailed", message="<b>no title</b>"
    )

    page = onlooker.get(page_of(1)).content.decode()

    assert "/w92/poster.jpg" in onlooker.get(LIST).content.decode()
    assert "/w342/poster.jpg" in page
    assert "20 November 2026, 09:30:00 UTC" in page
    assert reverse("admin:importer_importfailure_change", args=[failure.pk]) in page
    assert "ParseFailed: &lt;b&gt;no title&lt;/b&gt;" in page


def test_a_film_is_fetched_again(operator: Client) -> None:
    movie(194, "Amélie")

    answer = operator.post(page_of(194, "fetch"), follow=True)

    run = ImportRun.objects.get()
    assert (run.kind, run.options, run.requested_by) == ("movies", {"ids": [194]}, "operator")
    assert answer.redirect_chain[0][0] == page_of(194)
    assert "The movies import is queued" in answer.content.decode()


def test_films_that_were_ticked_are_fetched_again(operator: Client) -> None:
    for movie_id in (1, 2, 3):
        movie(movie_id, "A film")

    operator.post(LIST, {"action": "fetch_selected", "_selected_action": [3, 1]})

    assert ImportRun.objects.get().options == {"ids": [1, 3]}


def test_an_onlooker_can_fetch_nothing(onlooker: Client) -> None:
    movie(194, "Amélie")

    assert onlooker.post(page_of(194, "fetch")).status_code == 403
    assert onlooker.get(page_of(194, "payload")).status_code == 403
    onlooker.post(LIST, {"action": "fetch_selected", "_selected_action": [194]})
    assert not ImportRun.objects.exists()
    page = onlooker.get(page_of(194)).content.decode()
    assert page_of(194, "fetch") not in page
    assert page_of(194, "payload") not in page


def test_nothing_is_fetched_again_by_get_or_without_the_film(operator: Client) -> None:
    movie(194, "Amélie")

    assert operator.get(page_of(194, "fetch")).status_code == 405
    assert operator.post(page_of(195, "fetch")).status_code == 404
    assert operator.get(page_of(195, "payload")).status_code == 404
    assert not ImportRun.objects.exists()


def test_what_tmdb_says_now_is_shown_and_not_kept(
    run_import: RunImport, source: Films, operator: Client
) -> None:
    run_import("daily")
    source.films[3] = film(3, title="<b>Renamed</b>")

    page = operator.get(page_of(3, "payload")).content.decode()
    whole = operator.get(page_of(3, "payload") + "?download")

    assert "&lt;b&gt;Renamed&lt;/b&gt;" in page
    assert "alternative_titles" in page
    assert json.loads(whole.content)["title"] == "<b>Renamed</b>"
    assert whole["Content-Disposition"].startswith("attachment; ")
    assert "Renamed" not in operator.get(page_of(3)).content.decode()


@pytest.mark.parametrize("fault", ["500", "404", "reset"])
def test_it_says_when_tmdb_does_not_give_it(
    run_import: RunImport, sandbox: Sandbox, operator: Client, fault: str
) -> None:
    run_import("daily")
    sandbox.faults.shares = {fault: 1.0}

    answer = operator.get(page_of(3, "payload"))

    assert answer.status_code == 200
    assert "notice-bad" in answer.content.decode()


def test_the_key_is_in_no_page(
    run_import: RunImport, sandbox: Sandbox, operator: Client, settings: Settings
) -> None:
    run_import("daily")
    settings.TMDB_API_KEY = "0123456789abcdef0123456789abcdef"
    sandbox.faults.shares = {"reset": 1.0}

    assert settings.TMDB_API_KEY not in operator.get(page_of(3, "payload")).content.decode()
