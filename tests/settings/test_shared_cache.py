"""CACHE_URL: what one process counts another knows; while the cache is away nobody notices."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured

from settings.environment import cache_setting, cache_url_setting
from tests.conftest import eventually
from tests.serving import serving
from tools.ports import free_port, is_listening

SERVER = shutil.which("valkey-server") or shutil.which("redis-server")


@contextmanager
def valkey(folder: Path, port: int) -> Iterator[None]:
    assert SERVER
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([SERVER, *words], stdout=subprocess.DEVNULL)
    try:
        eventually(lambda: is_listening(port))
        yield
    finally:
        process.terminate()
        process.wait()


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("", ""),
        ("valkey://cache:6379/1", "redis://cache:6379/1"),
        ("valkeys://cache", "rediss://cache"),
        ("redis://cache", "redis://cache"),
    ],
)
def test_valkey_and_redis_are_one(monkeypatch: pytest.MonkeyPatch, given: str, url: str) -> None:
    monkeypatch.setenv("CACHE_URL", given)

    assert cache_url_setting("CACHE_URL") == url
    assert cache_setting(url, "x")["BACKEND"].endswith("SharedCache" if url else "LocMemCache")


def test_another_cache_is_refused_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_URL", "memcached://user:secret@cache")

    with pytest.raises(ImproperlyConfigured, match="CACHE_URL") as refusal:
        cache_url_setting("CACHE_URL")
    assert "secret" not in str(refusal.value)


@pytest.mark.slow
@pytest.mark.skipif(
    SERVER is None and not os.environ.get("CI"), reason="there is no valkey-server"
)
def test_two_sites_count_together_and_outlive_the_cache(database_url: str, tmp_path: Path) -> None:
    port = free_port()
    own = {
        "DATABASE_URL": database_url,
        "CACHE_URL": f"valkey://127.0.0.1:{port}/0",
        "API_RATE": "10/hour",
        "WEB_CONCURRENCY": "1",
    }
    with (
        serving(tmp_path / "one", **own) as one,
        serving(tmp_path / "other", **own) as other,
    ):
        with valkey(tmp_path, port):
            # They have been asked for /healthz alone: neither knows the cache as away.
            codes = [
                requests.get(f"{site}/api/v1/genres/", timeout=60).status_code
                for _ in range(6)
                for site in (one, other)
            ]
            assert codes == [200] * 10 + [429] * 2
        begun = time.monotonic()
        for site in (one, other):
            for _ in range(5):
                assert requests.get(f"{site}/api/v1/genres/", timeout=60).status_code == 200
        assert time.monotonic() - begun < 5
        with valkey(tmp_path, port):
            eventually(lambda: is_counted(one), seconds=20)


def is_counted(site: str) -> bool:
    return requests.get(f"{site}/api/v1/genres/", timeout=60).status_code == 429
