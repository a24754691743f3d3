"""A database's machine that is gone without a word: its sessions are given up in seconds."""

from copy import deepcopy

import pytest
from django.conf import settings
from django.db.utils import ConnectionHandler

from settings.postgresql.site import limit_waits


@pytest.mark.django_db
def test_libpq_gives_up_what_nobody_acknowledges(monkeypatch: pytest.MonkeyPatch) -> None:
    own = deepcopy(settings.DATABASES["default"])
    monkeypatch.setitem(settings.DATABASES, "default", own)
    limit_waits()
    connection = ConnectionHandler(settings.DATABASES)["default"]
    connection.ensure_connection()
    try:
        found = {word.keyword: word.val for word in connection.connection.pgconn.info}
    finally:
        connection.close()

    assert found[b"connect_timeout"] == b"5"
    assert found[b"tcp_user_timeout"] == b"5000"
    idle, interval, count = (
        int(found[f"keepalives_{name}".encode()] or 0) for name in ("idle", "interval", "count")
    )
    assert 0 < idle + interval * count < 10
