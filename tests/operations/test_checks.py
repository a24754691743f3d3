"""`manage.py check --deploy`: clean for a careful site, and no start for a careless one."""

import os
import subprocess
import sys

import pytest

from tests.serving import CHECKOUT, GUNICORN, OWN

pytestmark = pytest.mark.slow

CAREFUL = {
    **OWN,
    "SECRET_KEY": "3kYq-Jc0VQW7l9mZbX2RtNfU8sPdGhEaTiOo5LwCyB_1v6MxKzDj4HgS",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
    "TRUSTED_PROXIES": "1",
    "HTTPS_ONLY": "1",
    "ALLOWED_HOSTS": "films.example",
}
CHECK = [sys.executable, "manage.py", "check", "--deploy"]
CARELESS = {
    "operations.E001": {"SECRET_KEY": "x"},
    "operations.E002": {"ALLOWED_HOSTS": "*"},
    "operations.E003": {"TRUSTED_PROXIES": "0"},
}


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=CHECKOUT,
        env=os.environ | CAREFUL | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    "environment",
    [{}, {"HTTPS_ONLY": "0", "TRUSTED_PROXIES": "0", "ALLOWED_HOSTS": "localhost"}],
    ids=["a site with https", "a site for this machine"],
)
def test_a_careful_site_has_nothing_to_be_told(environment: dict[str, str]) -> None:
    said = run([*CHECK, "--fail-level=DEBUG"], **environment)

    assert said.returncode == 0, said.stderr
    assert "no issues" in said.stdout


def test_a_public_host_without_https_is_doubtful() -> None:
    said = run(CHECK, HTTPS_ONLY="0")

    assert said.returncode == 0
    assert "operations.W001" in said.stderr


@pytest.mark.parametrize(("check", "environment"), CARELESS.items(), ids=CARELESS)
def test_a_careless_site_does_not_start(check: str, environment: dict[str, str]) -> None:
    said = run(GUNICORN, **environment)

    assert said.returncode != 0
    assert check in said.stderr
    assert "Traceback" not in said.stderr
    assert next(iter(environment)) in said.stderr
