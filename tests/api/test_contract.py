"""What holds for every address of the API: what it refuses, and how it says so."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from pytest_django import Settings
from rest_framework.serializers import Serializer

from api.errors import ERROR_CODES
from api.formats import MsgspecRenderer
from api.urls import root, v1
from tests.api.refusals import code, errors, wrong
from tests.sample_films import sample_films
from tools.sandbox.sources import Films

ROOT = "/api/v1/"
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\{(\w+)\}")
# What stands in the addresses; the sample films have them.
PLACES = {"code": "JP", "movie_id": "101", "imdb_id": "tt0000101", "person_id": "51"}
# Codes of mistakes that a query string cannot make.
NEVER_MET = {"overflow", "min_length"}
RATE_LIMIT = re.compile(r'"anon";r=(\d+);t=(\d+)')


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def filled(route: str) -> str:
    return PLACE.sub(lambda place: PLACES[place[1] or place[2]], route)


def addresses() -> list[str]:
    patterns: list[URLPattern] = [root, *v1]
    return [ROOT + filled(str(pattern.pattern)) for pattern in patterns]


def ask(client: Client, address: str) -> Any:
    if address.startswith(f"{ROOT}watched/"):
        return client.post(address, b"Const\ntt0245429\n", content_type="text/csv")
    return client.get(address)


@pytest.fixture
def schema(client: Client) -> Any:
    return client.get("/api/schema/", headers={"accept": "application/json"}).json()


def operations(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            yield filled(path), operation


@pytest.mark.django_db
@pytest.mark.parametrize("address", addresses())
@pytest.mark.parametrize("query", ["unheard_of=1", "unheard_of=", "genres=18", "Limit=3"])
def test_an_unknown_parameter_is_refused_by_name(client: Client, address: str, query: str) -> None:
    response = ask(client, f"{address}?{query}")

    assert response.status_code == 400, response.content
    name = query.partition("=")[0]
    [error] = [error for error in errors(response) if error["attr"] == name]
    assert error["code"] == "unknown_parameter"
    assert f"“{name}”" in error["detail"]


@pytest.mark.django_db
def test_what_is_there_is_named_beside_what_is_not(client: Client) -> None:
    said = wrong(client.get(f"{ROOT}countries/?lens=home"))
    assert said == {"lens": ["There is no parameter “lens” here. There are: by."]}


@pytest.mark.django_db
def test_a_parameter_that_is_given_twice_is_refused_by_name(client: Client, schema: Any) -> None:
    tried = 0
    for address, operation in operations(schema):
        for parameter in operation.get("parameters", []):
            if parameter["in"] != "query":
                continue
            name = parameter["name"]
            response = ask(client, f"{address}?{name}=1&{name}=1")
            assert response.status_code == 400, (address, name)
            repeated = [error for error in errors(response) if error["code"] == "repeated"]
            assert [error["attr"] for error in repeated] == [name]
            tried += 1
    assert tried > 20


@pytest.mark.django_db
def test_an_empty_parameter_is_a_wrong_one(client: Client, schema: Any) -> None:
    for address, operation in operations(schema):
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                response = ask(client, f"{address}?{parameter['name']}=")
                assert response.status_code == 400, (address, parameter["name"])
                assert parameter["name"] in wrong(response)


def test_the_description_is_openapi_3_1(schema: Any) -> None:
    assert schema["openapi"].startswith("3.1.")


def test_every_refusal_is_described_in_one_shape(schema: Any) -> None:
    for address, operation in operations(schema):
        refusals = {
            status: answer
            for status, answer in operation["responses"].items()
            if int(status) >= 400
        }
        assert {"400", "405", "406", "429", "500", "503"} <= set(refusals), address
        for answer in refusals.values():
            [content] = answer["content"].values()
            assert content["schema"] == {"$ref": "#/components/schemas/Error"}
    codes = schema["components"]["schemas"]["ErrorCode"]["enum"]
    assert tuple(codes) == ERROR_CODES


def parameter_serializers(of: type[Serializer[Any]] = Serializer) -> Iterator[Serializer[Any]]:
    for serializer in of.__subclasses__():
        yield from parameter_serializers(serializer)
        if serializer.__name__.endswith("Parameters"):
            yield serializer()


def test_every_code_of_a_parameter_is_described() -> None:
    described = set(ERROR_CODES)
    tried = 0
    for serializer in parameter_serializers():
        for name, field in serializer.fields.items():
            assert set(field.error_messages) - NEVER_MET <= described, (serializer, name)
            codes = {
                validator.code for validator in field.validators if hasattr(validator, "code")
            }
            assert codes <= described, (serializer, name)
            tried += 1
    assert tried > 40


@pytest.mark.usefixtures("catalogue")
def test_the_root_lists_the_addresses(client: Client) -> None:
    listed = client.get(ROOT).json()

    assert listed["best-of-country"] == "http://testserver/api/v1/best/{code}/"
    assert len(listed) == len(v1) + 2
    for address in listed.values():
        path = filled(address).removeprefix("http://testserver")
        assert client.get(path).status_code in {200, 400, 405}, path


@pytest.mark.django_db
@pytest.mark.parametrize("address", addresses())
def test_what_an_address_can_do_is_told(client: Client, address: str) -> None:
    response = client.options(address)

    assert response.status_code == 200
    assert "application/json" in response.json()["renders"]


def test_words_of_any_kind_are_written() -> None:
    words = {"safe": mark_safe("<b>"), "lazy": lazystr("later"), "none": None}
    assert MsgspecRenderer().render(words) == b'{"safe":"<b>","lazy":"later","none":null}'
    assert MsgspecRenderer().render(None) == b""
    with pytest.raises(NotImplementedError):
        MsgspecRenderer().render({"what": object()})


@pytest.mark.django_db
class TestTheRateLimitHeaders:
    def test_say_how_much_is_left_and_of_what(self, client: Client, settings: Settings) -> None:
        settings.API_RATE = "3/minute"
        answers = [client.get(f"{ROOT}genres/") for _ in range(4)]

        limits = [RATE_LIMIT.fullmatch(answer.headers["RateLimit"]) for answer in answers]
        assert [limit and limit[1] for limit in limits] == ["2", "1", "0", "0"]
        assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"anon";q=3;w=60'}
        refused = limits[-1]
        assert refused
        assert abs(int(refused[2]) - int(answers[-1].headers["Retry-After"])) <= 1
        assert code(answers[-1]) == "throttled"

    def test_come_with_errors_too(self, client: Client, settings: Settings) -> None:
        settings.API_RATE = "3/minute"
        for query in ("?x=1", ""):
            response = client.get(f"{ROOT}films/1/{query}")
            assert response.status_code in {400, 404}
            assert "RateLimit" in response.headers

    def test_are_not_there_without_a_limit(self, client: Client, settings: Settings) -> None:
        settings.API_RATE = ""
        assert "RateLimit" not in client.get(f"{ROOT}genres/").headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("*/*", 200),
        ("application/*;q=0.1", 200),
        ("text/html, application/json;q=0.2", 200),
        ("application/json; charset=utf-8", 200),
        ("", 200),
        ("application/json;q=nonsense", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("application/json;q=0, */*", 406),
        (",;/,q=", 406),
    ],
)
def test_what_is_accepted_is_weighed(client: Client, accept: str, status: int) -> None:
    response = client.get(f"{ROOT}genres/", headers={"accept": accept})

    assert response.status_code == status
    if status == 406:
        assert code(response) == "not_acceptable"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("best/QQ/", ("client_error", "not_found")),
        ("best/?limit=x", ("validation_error", "invalid")),
        ("best/?limit=99", ("validation_error", "max_value")),
        ("best/?by=x", ("validation_error", "invalid_choice")),
        ("films/1/", ("client_error", "not_found")),
        ("search/?name=.", ("validation_error", "invalid")),
        ("search/", ("validation_error", "required")),
        ("no/such/", ("client_error", "not_found")),
    ],
)
def test_the_code_says_what_is_wrong(client: Client, address: str, said: tuple[str, str]) -> None:
    response = client.get(ROOT + address)
    assert (response.json()["type"], code(response)) == said
