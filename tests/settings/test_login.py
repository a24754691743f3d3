"""Logging in to /admin: counted by address and by name, before a password is hashed."""

import datetime
import logging

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

LOGIN = "/admin/login/"
PASSWORD = "correct horse battery staple"
LIMIT = 5

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def operator(settings: Settings) -> User:
    settings.PASSWORD_HASHERS = ["tests.settings.counting_hasher.CountingHasher"]
    return User.objects.create_superuser("operator", password=PASSWORD)


def log_in(name: str, password: str, address: str = "192.0.2.1", **more: str) -> int:
    data = {"username": name, "password": password}
    return Client().post(LOGIN, data, REMOTE_ADDR=address, headers=more).status_code


def test_the_right_password_is_let_in() -> None:
    assert log_in("operator", PASSWORD) == 302


def test_an_address_that_fails_is_locked_out_whatever_the_name() -> None:
    codes = [log_in(f"name{number}", "wrong") for number in range(LIMIT + 3)]

    assert codes == [200] * (LIMIT - 1) + [429] * 4
    assert log_in("operator", PASSWORD) == 429
    assert log_in("operator", PASSWORD, "192.0.2.2") == 302


def test_a_name_is_locked_whatever_the_address() -> None:
    codes = [log_in("operator", "wrong", f"192.0.2.{number}") for number in range(1, LIMIT + 2)]

    assert codes == [200] * (LIMIT - 1) + [429] * 2
    assert log_in("operator", PASSWORD, "198.51.100.1") == 429
    assert log_in("another", "wrong", "198.51.100.1") == 200


def test_who_is_locked_out_costs_no_hash() -> None:
    from tests.settings.counting_hasher import CountingHasher

    for _ in range(LIMIT):
        log_in("operator", "wrong")
    before = CountingHasher.hashed
    assert before >= LIMIT
    for _ in range(10):
        log_in("operator", "wrong")
        log_in("operator", PASSWORD)
    assert CountingHasher.hashed == before


def test_an_ipv6_network_is_one_address() -> None:
    codes = [
        log_in(f"n{number}", "wrong", f"2001:db8::{number}") for number in range(1, LIMIT + 2)
    ]

    assert codes[-2:] == [429, 429]
    assert log_in("operator", PASSWORD, "2001:db8:0:1::1") == 302


def test_what_a_visitor_says_of_the_address_is_not_believed(settings: Settings) -> None:
    claims = {"X-Forwarded-For": "203.0.113.1"}
    codes = [
        log_in(f"n{number}", "wrong", **{"X-Forwarded-For": f"203.0.113.{number}"})
        for number in range(LIMIT + 1)
    ]
    assert codes[-1] == 429

    settings.TRUSTED_PROXIES = 1
    assert log_in("operator", PASSWORD, **claims) == 302


def test_an_address_that_is_none_is_counted_too(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    codes = [
        log_in(f"n{number}", "wrong", **{"X-Forwarded-For": f"unix{number}"})
        for number in range(LIMIT + 1)
    ]
    assert codes[-1] == 429


def test_the_lock_ends_and_trying_on_does_not_lengthen_it(settings: Settings) -> None:
    for _ in range(LIMIT + 5):
        log_in("operator", "wrong")
    minutes = settings.AXES_COOLOFF_TIME + datetime.timedelta(seconds=1)
    attempt = AccessAttempt.objects.get()
    assert attempt.failures_since_start == LIMIT
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - minutes)

    assert log_in("operator", PASSWORD) == 302


def test_the_refusal_says_when_to_come_again() -> None:
    for _ in range(LIMIT):
        answer = Client().post(LOGIN, {"username": "operator", "password": "wrong"})

    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert answer.content.decode() == "Too many logins have failed. Try again in 15 minutes.\n"


def test_a_command_lets_a_name_in_again() -> None:
    for _ in range(LIMIT):
        log_in("operator", "wrong")
    call_command("axes_reset_username", "operator", verbosity=0)

    assert log_in("operator", PASSWORD, "192.0.2.2") == 302


def test_failures_are_logged_with_name_and_address_and_without_the_password(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING, logger="axes"):
        for _ in range(LIMIT):
            log_in("oper\nator", "a secret")

    lines = [record.getMessage() for record in caplog.records if record.name.startswith("axes")]
    assert any(r"'oper\nator' from 192.0.2.1" in line for line in lines)
    assert any("Locking out" in line for line in lines)
    assert not any("a secret" in line or "\n" in line for line in lines)
    attempt = AccessAttempt.objects.get()
    assert "a secret" not in attempt.post_data + attempt.get_data


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_a_next_of_another_site_leads_to_the_admin(next_: str) -> None:
    data = {"username": "operator", "password": PASSWORD, "next": next_}
    answer = Client().post(f"{LOGIN}?next={next_}", data)

    assert answer.status_code == 302
    assert answer["Location"] == "/admin/"


@pytest.mark.parametrize("password", ["password123", "1234567890123", "short", "another12"])
def test_passwords_that_are_tried_first_are_refused(password: str) -> None:
    client = Client()
    client.force_login(User.objects.get())
    data = {"username": "another", "password1": password, "password2": password}
    answer = client.post("/admin/auth/user/add/", {**data, "usable_password": "true"})

    assert answer.status_code == 200
    assert not User.objects.filter(username="another").exists()
