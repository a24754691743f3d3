"""What containers are started with: secrets made once, settings from files, a sandbox until there
is a key."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from operations.bill_of_materials import bill_of_materials
from tests.serving import CHECKOUT, OWN

MAKE_SECRETS = CHECKOUT / "deploy" / "docker" / "make_secrets.py"
PASSWORD = "a/b#c?d@e:f%41 'g'"
SHOW = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command"]
CLEAN = {"TMDB_API_KEY": "", "TMDB_API_TOKEN": "", "DATABASE_URL": "postgresql://films@db/films"}


def make_secrets(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(MAKE_SECRETS), str(folder)],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


def show(expression: str, **environment: str) -> str:
    said = subprocess.run(
        [*SHOW, f"from django.conf import settings; print({expression})"],
        cwd=CHECKOUT,
        env=os.environ | OWN | CLEAN | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert said.returncode == 0, said.stderr
    return said.stdout.strip()


def test_secrets_are_made_once(tmp_path: Path) -> None:
    assert make_secrets(tmp_path).returncode == 0
    first = {path.name: path.read_text() for path in tmp_path.iterdir()}
    again = make_secrets(tmp_path)

    assert again.stdout == ""
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == first
    assert set(first) == {"database_password", "secret_key"}
    assert len(set(first.values())) == 2
    assert min(map(len, first.values())) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_what_is_given_is_kept(tmp_path: Path) -> None:
    make_secrets(tmp_path, POSTGRES_PASSWORD=PASSWORD, SECRET_KEY="x" * 50)

    assert (tmp_path / "database_password").read_text() == PASSWORD
    assert (tmp_path / "secret_key").read_text() == "x" * 50


def test_a_password_that_postgresql_does_not_have_is_refused_with_words(tmp_path: Path) -> None:
    make_secrets(tmp_path, POSTGRES_PASSWORD="first")
    said = make_secrets(tmp_path, POSTGRES_PASSWORD="second")

    assert said.returncode == 1
    assert "POSTGRES_PASSWORD is not the one that the database began with" in said.stderr
    assert (tmp_path / "database_password").read_text() == "first"


@pytest.mark.slow
def test_a_password_of_any_signs_comes_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text(PASSWORD)
    shown = show("settings.DATABASES['default']['PASSWORD']", DATABASE_PASSWORD_FILE=str(path))

    assert shown == PASSWORD


@pytest.mark.slow
def test_a_sandbox_stands_in_until_there_is_a_key() -> None:
    expression = "settings.IS_SANDBOX, settings.TMDB_API_URL, settings.TMDB_IMAGE_URL"
    own = {"SANDBOX_URL": "http://sandbox:8081", "SANDBOX_IMAGE_URL": "http://localhost:8081/t/p"}

    assert show(expression, **own) == "True http://sandbox:8081/3 http://localhost:8081/t/p"
    assert show(expression, **own, TMDB_API_TOKEN="of my own") == (
        "False https://api.themoviedb.org/3 https://image.tmdb.org/t/p"
    )


@pytest.mark.slow
def test_a_name_on_the_network_is_one_setting() -> None:
    expression = "settings.ALLOWED_HOSTS, settings.HTTPS_ONLY, settings.TRUSTED_PROXIES"

    assert show(expression, SITE_HOST="films.example").endswith("'films.example'] True 1")
    assert show(expression).endswith("] False 0")


@pytest.mark.django_db
def test_pages_say_that_films_are_a_sandboxs(settings: Settings) -> None:
    words = "a sandbox stands in for TMDB"
    assert words not in Client().get("/my-films/").content.decode()
    settings.IS_SANDBOX = True
    assert words in Client().get("/my-films/").content.decode()


def test_every_variable_of_the_example_is_one() -> None:
    named = set(re.findall(r"^#([A-Z_]+)=", (CHECKOUT / ".env.example").read_text(), re.MULTILINE))
    compose = (CHECKOUT / "docker-compose.yml").read_text()

    assert named
    for name in named - {"COMPOSE_PROFILES"}:
        is_setting = hasattr(django_settings, name) or name in {"WEB_CONCURRENCY"}
        assert is_setting or f"${{{name}" in compose or name == "POSTGRES_PASSWORD", name


def test_the_bill_of_materials_names_what_is_installed() -> None:
    names = {component["name"] for component in bill_of_materials()["components"]}

    assert {"django", "gunicorn", "psycopg"} <= names
