"""/metrics: for whoever says the word, of all processes together."""

import re
from pathlib import Path

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from tests.serving import serving

TOKEN = "the-word-of-the-tests"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
ASKED = 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", {}),
        ("", {"Authorization": "Bearer "}),
        (TOKEN, {}),
        (TOKEN, {"Authorization": "Bearer x"}),
    ],
)
def test_whoever_does_not_say_the_word_finds_nothing(
    settings: Settings, token: str, said: dict[str, str]
) -> None:
    settings.METRICS_TOKEN = token

    assert Client().get("/metrics", headers=said).status_code == 404


def test_the_catalogue_is_told_in_figures(
    settings: Settings, imported: None, catalogue: None
) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = Client().get("/metrics", headers=HEADERS)

    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'world_in_movies_films{state="fetched"} 12.0' in text
    assert "world_in_movies_open_failures 0.0" in text
    assert "world_in_movies_import_running 0.0" in text
    assert re.search(r"world_in_movies_ranking_age_seconds \d", text)
    assert re.search(r"world_in_movies_daily_import_age_seconds \d", text)


@pytest.mark.slow
def test_requests_are_counted_over_all_processes(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path / "log", DATABASE_URL=database_url, METRICS_TOKEN=TOKEN) as site:
        for _ in range(ASKED):
            requests.get(f"{site}/api/v1/genres/", timeout=60)
        # By the machine's address, as a probe asks.
        answer = requests.get(
            f"{site}/metrics", headers={**HEADERS, "Host": "10.0.0.7:8000"}, timeout=60
        )
        found = re.search(
            r'requests_total\{method="GET",status="200",view="api:genres"\} (\d+)', answer.text
        )
        assert found
        assert int(found[1]) == ASKED
