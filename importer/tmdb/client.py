"""TMDB's API over HTTP: one method per endpoint, bodies out as they came, one retry policy.

Knows no model and no database. https://developer.themoviedb.org/reference
"""

import datetime
import threading
from http import HTTPStatus
from typing import TypeVar

import msgspec

from importer.errors import (
    STOP_REQUESTED,
    FetchFailed,
    ImportFailed,
    ImportStopped,
    KeyRefused,
    NoSuchMovie,
    StepFailed,
    TmdbUnavailable,
)
from importer.retry import backoffs
from importer.tmdb.connection import ConnectionFailed, Connections, Response
from importer.tmdb.details import PARTS
from importer.tmdb.parse import UNREADABLE
from importer.tmdb.rate_limit import LONGEST_PAUSE, RateLimiter
from importer.tmdb.redaction import redact, redact_bytes

# The longest window of days that TMDB lists changes of, and the most pages that it gives of one.
CHANGES_DAYS = 14
CHANGES_PAGES = 500
DISCOVER_FILMS = 20

# Seconds of nothing but 429 after which a step ends; what is due stays due.
LONGEST_REFUSAL = 1800.0

# https://developer.themoviedb.org/docs/errors
KEY_REFUSED = {7, 10}
NO_SUCH_MOVIE = {6, 34}


Failure = TypeVar("Failure", bound=ImportFailed)


class Retryable(Exception):  # noqa: N818 - raised and caught in this file alone
    """A failure after which a request is sent again."""

    def __init__(self, failure: TmdbUnavailable) -> None:
        super().__init__(str(failure))
        self.failure = failure


class RateExceeded(Exception):  # noqa: N818 - raised and caught in this file alone
    """A 429; `failure` ends the step if there is nothing else for too long."""

    def __init__(self, failure: StepFailed, retry_after: float | None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.retry_after = retry_after


class ErrorBody(msgspec.Struct):
    """TMDB's body of an error."""

    status_code: int | None = None
    status_message: str = ""


class Client:
    """Asks TMDB, from any number of threads, as often as `limiter` lets all of them together."""

    def __init__(
        self,
        url: str,
        *,
        token: str = "",
        key: str = "",
        limiter: RateLimiter,
        backoff: float,
        stop: threading.Event,
    ) -> None:
        self.limiter = limiter
        self.backoff = backoff
        self.stop = stop
        self.connections = Connections(url, token=token, key=key, stop=stop)

    def movie(self, movie_id: int) -> bytes:
        """https://developer.themoviedb.org/reference/movie-details with what is appended.

        Raises NoSuchMovie, FetchFailed, KeyRefused, and ImportStopped when it is to end.
        """
        return self.get(f"/movie/{movie_id}", append_to_response=",".join(PARTS))

    def changes(self, first: datetime.date, last: datetime.date, page: int) -> bytes:
        """https://developer.themoviedb.org/reference/changes-movie-list

        Both days included, at most CHANGES_DAYS of them and CHANGES_PAGES pages.
        """
        return self.get(
            "/movie/changes", start_date=str(first), end_date=str(last), page=str(page)
        )

    def discover(self, country: str, page: int) -> bytes:
        """https://developer.themoviedb.org/reference/discover-movie

        The films whose country of origin it is, the most voted first, DISCOVER_FILMS a page.
        """
        return self.get(
            "/discover/movie",
            with_origin_country=country,
            sort_by="vote_count.desc",
            page=str(page),
        )

    def countries(self) -> bytes:
        """https://developer.themoviedb.org/reference/configuration-countries"""
        return self.get("/configuration/countries")

    def languages(self) -> bytes:
        """https://developer.themoviedb.org/reference/configuration-languages"""
        return self.get("/configuration/languages")

    def genres(self) -> bytes:
        """https://developer.themoviedb.org/reference/genre-movie-list"""
        return self.get("/genre/movie/list")

    def get(self, path: str, **params: str) -> bytes:
        """The body of a 200, the request sent again while what is wrong may pass by itself."""
        for backoff in backoffs(self.backoff):
            try:
                return self.get_within_rate(path, params)
            except Retryable as reason:
                if backoff is None:
                    raise reason.failure from None
            if self.stop.wait(backoff):
                raise ImportStopped(STOP_REQUESTED)
        raise AssertionError("backoffs() ends with None")

    def get_within_rate(self, path: str, params: dict[str, str]) -> bytes:
        """As often as TMDB answers 429, which is no fault of the request: everybody pauses."""
        while True:
            turn = self.limiter.wait(self.stop)
            if turn is None:
                raise ImportStopped(STOP_REQUESTED)
            try:
                body = self.get_once(path, params)
            except RateExceeded as refusal:
                if self.limiter.refuse(turn, refusal.retry_after) > LONGEST_REFUSAL:
                    raise refusal.failure from None
            else:
                self.limiter.grant(turn)
                return body

    def get_once(self, path: str, params: dict[str, str]) -> bytes:
        try:
            response = self.connections.get(path, params)
        except ConnectionFailed as error:
            message = redact(f"{type(error).__name__}: {error}")
            raise Retryable(TmdbUnavailable(message)) from None
        if response.status == HTTPStatus.OK:
            return self.require_json(response)
        raise self.as_error(response)

    def require_json(self, response: Response) -> bytes:
        # A proxy's page of apology may come with status 200.
        content_type = response.headers.get("Content-Type", "")
        if "json" in content_type:
            return response.body
        message = f"TMDB answered with {content_type or 'no content type'} instead of JSON"
        dump = redact_bytes(response.body)
        raise Retryable(TmdbUnavailable(message, http_status=response.status, dump=dump))

    def as_error(self, response: Response) -> Exception:
        """The exception that a response other than 200 means: the one place that knows a 429."""
        status, body = response.status, response.body
        try:
            error_body = msgspec.json.decode(body, type=ErrorBody)
        except UNREADABLE:
            error_body = ErrorBody()
        words = redact(error_body.status_message) or response.reason
        code = error_body.status_code
        message = f"TMDB answered {status}: {words}" + (f" (code {code})" if code else "")
        dump = redact_bytes(body)

        def failure(kind: type[Failure]) -> Failure:
            return kind(message, http_status=status, tmdb_code=code, dump=dump)

        if status == HTTPStatus.UNAUTHORIZED or code in KEY_REFUSED:
            return failure(KeyRefused)
        # Not any 404: a proxy's, or a wrong TMDB_API_URL's, must not delete a catalogue.
        if status == HTTPStatus.NOT_FOUND and code in NO_SUCH_MOVIE:
            return failure(NoSuchMovie)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return RateExceeded(failure(StepFailed), retry_after(response))
        if status >= 500:
            return Retryable(failure(TmdbUnavailable))
        return failure(FetchFailed)


def retry_after(response: Response) -> float | None:
    """The seconds that the server asks for; None where it says nothing, or nothing sensible."""
    header = response.headers.get("Retry-After", "")
    if not header.isdecimal() or float(header) > LONGEST_PAUSE:
        return None
    return float(header)
