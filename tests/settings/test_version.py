"""The service's version, and where it is told."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from settings.version import VERSION

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.parametrize("argument", ["version", "--version"])
def test_the_command_line_tells_it_whatever_the_settings_are(argument: str) -> None:
    said = subprocess.run(
        [sys.executable, "manage.py", argument],
        cwd=CHECKOUT,
        env={"DATABASE_URL": "nowhere"},
        capture_output=True,
        text=True,
    )

    assert (said.returncode, said.stdout, said.stderr) == (0, f"{VERSION}\n", "")


@pytest.mark.django_db
def test_the_description_of_the_api_has_it(client: Client) -> None:
    schema = client.get("/api/schema/", headers={"accept": "application/json"}).json()

    assert schema["info"]["version"] == VERSION


@pytest.mark.django_db
def test_every_page_has_it_in_its_footer(client: Client) -> None:
    for address in ("/", "/my-films/", "/nowhere/"):
        _, _, footer = client.get(address).content.decode().partition("<footer")

        assert f"World in Movies {VERSION}" in footer, address
