"""How many queries each page and each endpoint costs: tests/queries.json says it, line by line.

The film world is that of the pages' tests, and nothing is remembered from an answer before. A new
address gets a line with any number; `UPDATE_QUERIES=1 script/test tests/test_queries.py` writes
what there is to be measured, and the difference is for the reviewer to read.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from pytest_django import Settings

from tests.api.uploading import RATINGS, upload
from tests.sample_films import sample_films
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

BASELINE = Path(__file__).with_name("queries.json")
EXPECTED: dict[str, int] = json.loads(BASELINE.read_text())
UPLOAD = "POST /api/v1/watched/"


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


@pytest.fixture
def ghibli(catalogue: None, sandbox: Sandbox, settings: Settings) -> None:
    """Studio Ghibli's films have been fetched just now."""
    settings.GHIBLI_API_URL = sandbox.ghibli_url
    call_command("refresh_ghibli", verbosity=0)


@pytest.fixture(scope="module")
def measured() -> Iterator[dict[str, int]]:
    """What the tests of this file find; written down at the end where that is asked for."""
    found: dict[str, int] = {}
    yield found
    if os.environ.get("UPDATE_QUERIES"):
        text = json.dumps(dict(sorted((EXPECTED | found).items())), indent=2)
        BASELINE.write_text(text + "\n")


def ask(client: Client, line: str) -> Any:
    method, _, address = line.partition(" ")
    if line == UPLOAD:
        return upload(client, ("ratings.csv", RATINGS))
    return client.generic(method, address)


@pytest.mark.parametrize("line", EXPECTED)
def test_an_answer_costs_no_more_queries_than_before(
    line: str, client: Client, ghibli: None, measured: dict[str, int]
) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, line)
        b"".join(answer)  # one that is streamed asks while it is read

    measured[line] = len(queries)
    assert answer.status_code == 200
    if not os.environ.get("UPDATE_QUERIES"):
        assert len(queries) == EXPECTED[line], "\n".join(query["sql"] for query in queries)


def own_routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """The routes of the site, without /admin's and those that answer with an error."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and pattern.app_name != "admin":
            yield from own_routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield route


def test_every_page_and_endpoint_has_its_line() -> None:
    addresses = [line.partition(" ")[2].partition("?")[0] for line in EXPECTED]
    covered = {resolve(address).route for address in addresses}

    assert set(own_routes(get_resolver().url_patterns)) == covered
