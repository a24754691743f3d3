"""The environment and `.env`, read strictly: a value of the wrong form stops the start with the
variable's name."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv

BASE_DIR = Path(__file__).resolve().parent.parent

# NAME_FILE is a file with the value of NAME, as containers are given secrets.
env = FileAwareEnv()
# By its own path: cron starts commands in another folder and with a scrubbed environment.
env.read_env(str(BASE_DIR / ".env"), recurse=False)


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


def embedded_database_url() -> str:
    # Here: a production has no tools/.
    from tools import postgres

    return postgres.url()
