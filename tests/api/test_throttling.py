"""Whose requests count together: those of an address, and of a whole IPv6 network."""

import pytest
from django.test import Client
from pytest_django import Settings

API = "/api/v1/genres/"
PAGE = "/search/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_a_minute(settings: Settings) -> None:
    settings.API_RATE = "1/minute"


def codes(client: Client, url: str, *addresses: str) -> list[int]:
    return [client.get(url, REMOTE_ADDR=address).status_code for address in addresses]


@pytest.mark.parametrize("url", [API, PAGE])
def test_an_ipv6_network_is_one_who_asks(client: Client, url: str) -> None:
    same = ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:0DB8:0:1::1"]
    assert codes(client, url, *same, "2001:db8:0:2::1") == [200, 429, 429, 200]


@pytest.mark.parametrize("url", [API, PAGE])
def test_ipv4_addresses_are_one_each(client: Client, url: str) -> None:
    assert codes(client, url, "192.0.2.1", "192.0.2.2", "192.0.2.1") == [200, 200, 429]


def test_an_ipv4_address_is_the_same_within_ipv6(client: Client) -> None:
    mapped = ["::ffff:192.0.2.1", "::ffff:192.0.2.2", "192.0.2.1"]
    assert codes(client, API, *mapped) == [200, 200, 429]


def test_what_is_no_address_counts_as_it_is(client: Client) -> None:
    assert codes(client, API, "unix", "unix", "") == [200, 429, 200]


def test_pages_and_the_api_are_counted_together(client: Client) -> None:
    assert client.get(API).status_code == 200
    assert client.get(PAGE).status_code == 429
