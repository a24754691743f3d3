"""`manage.py create_first_administrator` and `check_worker`, as containers use them."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from importer.runs.lock import register_worker

pytestmark = pytest.mark.django_db


def create() -> str:
    said = StringIO()
    call_command("create_first_administrator", stdout=said)
    return said.getvalue()


def test_it_is_said_once_and_can_log_in() -> None:
    found = re.search(r"admin, password (\S+)\n", create())

    assert found
    data = {"username": "admin", "password": found[1]}
    assert Client().post("/admin/login/", data).status_code == 302
    assert create() == ""


def test_where_somebody_can_do_everything_nobody_is_created() -> None:
    User.objects.create_superuser("operator")

    assert create() == ""
    assert User.objects.count() == 1


def test_a_health_check_knows_whether_a_worker_stands_by() -> None:
    with pytest.raises(CommandError, match="no worker stands by"):
        call_command("check_worker", stdout=StringIO())

    register_worker()
    said = StringIO()
    call_command("check_worker", stdout=said)
    assert said.getvalue().startswith("1 ")
