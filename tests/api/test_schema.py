"""The API's description: complete, and kept to whatever is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.conftest import RunImport
from tests.serving import serving
from tests.whole_payloads import whole_films
from tools.sandbox.sources import Films

# Of each operation.
EXAMPLES = 40


def test_it_is_made_without_a_warning(tmp_path: Path) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", tmp_path / "schema.yaml")


@pytest.mark.django_db
def test_every_answer_has_an_example(client: Client) -> None:
    schema = client.get("/api/schema/", headers={"accept": "application/json"}).json()

    for path, operations in schema["paths"].items():
        for operation in operations.values():
            contents = operation["responses"]["200"]["content"]
            assert "application/json" in contents, path
            for media_type, content in contents.items():
                assert content["examples"], (path, media_type)
            assert operation["description"], path


@pytest.mark.django_db
def test_there_is_a_page_to_try_it_on_that_needs_no_other_host(client: Client) -> None:
    response = client.get("/api/docs/")
    page = response.content.decode()

    assert "swagger-ui" in page
    assert 'src="https:' not in page
    assert 'href="https:' not in page
    policy = response.headers["Content-Security-Policy"].split("; ")
    [scripts] = [rule.split() for rule in policy if rule.startswith("script-src ")]
    # But for those of the pages' own heads, by their hashes.
    assert [source for source in scripts[1:] if not source.startswith("'sha256-")] == ["'self'"]


@pytest.fixture
def source() -> Films:
    """With people, and with where the films can be watched."""
    return whole_films()


@pytest.fixture
def schema(run_import: RunImport, database_url: str, tmp_path: Path) -> Iterator[BaseSchema]:
    """The description of a site that is served, and has some films."""
    run_import("daily")
    limits = {"API_RATE": "", "API_UPLOAD_RATE": ""}
    with serving(tmp_path / "log", DATABASE_URL=database_url, **limits) as url:
        yield schemathesis.openapi.from_url(f"{url}/api/schema/?format=json")


def test_whatever_is_asked_the_answer_keeps_to_it(schema: BaseSchema) -> None:
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        try:
            ask(operation)
        except BaseException as failure:
            failure.add_note(f"at {operation.label}")
            raise


@pytest.mark.parametrize("address", ["/api/v1/best/", "/api/v1/best/{code}/"])
def test_what_radarr_reads_keeps_to_it(schema: BaseSchema, address: str) -> None:
    """Which is JSON as well, of another shape."""
    case = schema[address]["GET"].Case(
        path_parameters={"code": "SE"} if "{" in address else {}, query={"format": "radarr"}
    )
    answer = case.call(timeout=30)

    assert answer.json()[0].keys() == {"title", "imdb_id"}
    case.validate_response(answer)


def ask(operation: "APIOperation[Any, Any, Any, Any]") -> None:
    """Right and wrong questions of all kinds; no answer may be a 500 or have another shape."""

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(case=one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)))
    def question(case: "schemathesis.Case[Any]") -> None:
        answer = case.call(timeout=30)
        # An address that is too long never comes through gunicorn. What has the right form can
        # still be refused: a genre or a country that there is not.
        if answer.status_code != 414:
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    question()
