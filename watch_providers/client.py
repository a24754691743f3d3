"""Asks TMDB where a film can be watched: by one GET within a timeout that a reader can wait for.

https://developer.themoviedb.org/reference/movie-watch-providers
"""

import datetime

import requests
from django.conf import settings

from importer.tmdb.redaction import redact
from importer.tmdb.source import credentials
from refresh.http import NoResponse, Request, Response, get_all

# Of TMDB's own words in an error.
MESSAGE_LENGTH = 200
LONGEST_WAIT = 3600


class RefreshFailed(Exception):  # noqa: N818 - named like Ghibli's
    """What TMDB has about this film cannot be had, or not be used."""


class TmdbFailed(RefreshFailed):
    """TMDB itself does not answer, or not to us: other films would fare no better.

    `wait` is how long it asks to be left alone.
    """

    def __init__(self, message: str, wait: datetime.timedelta = datetime.timedelta(0)) -> None:
        super().__init__(message)
        self.wait = wait


def has_key() -> bool:
    return bool(settings.TMDB_API_TOKEN or settings.TMDB_API_KEY)


def fetch_watch_providers(movie_id: int, timeout: float) -> bytes:
    """The body of the response, which has come whole within so many seconds.

    Raises RefreshFailed and TmdbFailed, whose words do not have the key.
    """
    url = f"{settings.TMDB_API_URL}/movie/{movie_id}/watch/providers"
    try:
        asked_as = credentials(settings.TMDB_API_TOKEN, settings.TMDB_API_KEY)
        [response] = get_all([Request(url, *asked_as)], timeout)
    except TimeoutError:
        raise TmdbFailed(f"no whole answer within {timeout:g} s") from None
    except NoResponse as error:
        raise TmdbFailed(str(error)) from None
    if response.status == requests.codes.ok:
        return require_json(response)
    raise as_failure(response)


def require_json(response: Response) -> bytes:
    # A proxy's page of apology may come with status 200.
    if "json" in response.content_type:
        return response.body
    raise TmdbFailed(f"answered with {response.content_type} instead of JSON")


def as_failure(response: Response) -> RefreshFailed:
    words = redact(response.body[:MESSAGE_LENGTH].decode(errors="replace"))
    message = f"answered {response.status}: {words}"
    is_about_us = response.status in {
        requests.codes.unauthorized,
        requests.codes.forbidden,
        requests.codes.too_many_requests,
    }
    if is_about_us or response.status >= 500:
        return TmdbFailed(message, retry_after(response))
    return RefreshFailed(message)


def retry_after(response: Response) -> datetime.timedelta:
    """As long as TMDB asks for; nothing where it says nothing, or nothing sensible."""
    header = response.headers.get("Retry-After", "")
    seconds = int(header) if header.isdecimal() and len(header) < 6 else 0
    return datetime.timedelta(seconds=min(seconds, LONGEST_WAIT))
