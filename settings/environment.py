"""The environment and `.env`, read strictly: a value of the wrong form stops the start with the
variable's name."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import EnvValidationError, FileAwareEnv, validate

BASE_DIR = Path(__file__).resolve().parent.parent

# NAME_FILE is a file with the value of NAME, as containers are given secrets.
env = FileAwareEnv()
# By its own path: cron starts commands in another folder and with a scrubbed environment.
env.read_env(str(BASE_DIR / ".env"), recurse=False)


def whole_number_setting(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number within these limits."""
    try:
        return env.int(name, default, validate=validate.Range(min=least, max=most))
    except EnvValidationError:
        limits = f"a whole number from {least:,} to {most:,}"
        raise ImproperlyConfigured(
            f'"{name}" invalid: it has to be {limits}, not {env.str(name)!r}'
        ) from None


def days_setting(name: str, default: int) -> int:
    """A number of days, a century's at the most."""
    return whole_number_setting(name, default, least=1, most=36_500)


def url_setting(name: str, default: str, *, is_secret: bool = False) -> str:
    """An http(s) address without a slash at its end; a secret one is not said back."""
    url = env.str(name, default).rstrip("/")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        said = "" if is_secret else f": {url!r}"
        raise ImproperlyConfigured(f"{name} is not an http or https address{said}")
    return url


def origin_of(url: str) -> str:
    """The scheme and the host of an address, as a policy names them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def path_setting(name: str) -> str:
    """A path below which something is, with a slash at both ends; `/` for none."""
    path = env.str(name, "") or "/"
    if not re.fullmatch(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*", path):
        raise ImproperlyConfigured(f"{name} is not like /films/: {path!r}")
    return path


def notify_setting(name: str) -> str:
    """Addresses separated by blanks, each beginning with a scheme."""
    urls = env.str(name, "").split()
    if not all(re.fullmatch(r"[a-z][a-z0-9+.-]*://.+", url, re.IGNORECASE) for url in urls):
        # Without the value, which may carry a secret.
        raise ImproperlyConfigured(f"{name} has to be addresses such as https://… or ntfy://…")
    return " ".join(urls)


def rate_setting(name: str, default: str) -> str:
    """`600/minute`, or empty for no limit."""
    rate = env.str(name, default)
    if not re.fullmatch(r"(?:[1-9]\d{0,8}/(?:second|minute|hour|day))?", rate):
        raise ImproperlyConfigured(f"{name} is not like 600/minute (or empty): {rate!r}")
    return rate


def database_setting(name: str, *, may_be_embedded: bool) -> dj_database_url.DBConfig:
    """PostgreSQL's address; without one, where that may be, this checkout's embedded server."""
    url = env.str(name, "")
    if not url and not may_be_embedded:
        # A production never means the embedded one.
        raise ImproperlyConfigured(f"{name} has to be set to PostgreSQL's address (or DEBUG to 1)")
    url = url or embedded_database_url()
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} has to start with postgresql://")
    try:
        database = dj_database_url.parse(
            url, engine="settings.postgresql", conn_max_age=60, conn_health_checks=True
        )
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a database address ({error})") from None
    # By itself it may have any sign in it that an address gives a meaning to.
    database["PASSWORD"] = database.get("PASSWORD") or env.str("DATABASE_PASSWORD", "")
    return database


def cache_url_setting(name: str) -> str:
    """redis://, rediss:// or valkey://, as the client of both knows it; empty for none."""
    url = re.sub(r"^valkey(s?)://", r"redis\1://", env.str(name, ""))
    if url and urlsplit(url).scheme not in {"redis", "rediss"}:
        # Without the value, which may carry a password.
        raise ImproperlyConfigured(f"{name} has to start with valkey:// or redis://")
    return url


def cache_setting(url: str, name: str, **options: int) -> dict[str, Any]:
    """One of Django's caches: shared where there is an address, else in this process's memory."""
    if not url:
        backend = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": backend, "LOCATION": name, "OPTIONS": options}
    return {
        "BACKEND": "settings.shared_cache.SharedCache",
        "LOCATION": url,
        "KEY_PREFIX": f"world-in-movies:{name}",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }


def embedded_database_url() -> str:
    # Here: a production has no tools/.
    from tools import postgres

    return postgres.url()
