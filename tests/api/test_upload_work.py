"""What an address's uploads may cost in a minute, however few they are."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.api.uploading import RATINGS, URL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hardly_any(settings: Settings) -> None:
    settings.UPLOAD_CPU_SECONDS = 0.000001


def upload(address: str = "192.0.2.1") -> int:
    answer = Client().post(URL, RATINGS, content_type="text/csv", REMOTE_ADDR=address)
    if answer.status_code == 429:
        assert 0 < int(answer["Retry-After"]) <= 60
    return answer.status_code


def test_who_has_used_it_up_waits_and_nobody_else() -> None:
    assert [upload(), upload(), upload("192.0.2.2"), upload("192.0.2.2")] == [200, 429, 200, 429]


def test_an_ipv6_network_is_one_address() -> None:
    assert [upload("2001:db8::1"), upload("2001:db8::2")] == [200, 429]


@pytest.mark.parametrize("setting", ["UPLOAD_CPU_SECONDS", "API_UPLOAD_RATE"])
def test_there_need_be_no_limit(settings: Settings, setting: str) -> None:
    setattr(settings, setting, 0 if setting == "UPLOAD_CPU_SECONDS" else "")

    assert [upload(), upload()] == [200, 200]


def test_other_requests_go_on() -> None:
    upload()

    assert Client().get("/api/v1/genres/", REMOTE_ADDR="192.0.2.1").status_code == 200
