"""What answers are made from: an edition of the catalogue, a film, or this release alone."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Lock

from cachetools import LRUCache
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.signals import setting_changed
from django.http import HttpRequest

from movies.film_details import FILM_COLUMNS, FILM_TABLES, LARGEST_ID, film_read
from movies.models import CURRENT_COLUMNS, RankingState
from movies.prepared import prepared_cursor
from watch_providers.freshness import is_due

# Surrogate-Key of every answer from the catalogue.
CATALOGUE = "catalogue"
# One statement: who reads a kept page asks for nothing else. A film's row is another version with
# its facts, `fetched_at` with every part that the import brings, `availability_at` with where to
# watch it.
VERSION_COLUMNS = f"""
movie.xmin::text || translate(movie.ctid::text, '(,)', '..'),
tmdb_movie.fetched_at, movie.availability_at, {CURRENT_COLUMNS}
"""
VERSION_TABLES = "LEFT JOIN tmdb_movie ON tmdb_movie.id = movie.id CROSS JOIN catalogue"
VERSION = f"SELECT {VERSION_COLUMNS} FROM movie {VERSION_TABLES} WHERE movie.id = %s"  # noqa: S608
# With all that its answer is made from.
FILM = f"""
SELECT {VERSION_COLUMNS}, {FILM_COLUMNS} FROM {FILM_TABLES} {VERSION_TABLES} WHERE movie.id = %s
"""  # noqa: S608 - of constants only
VERSION_FIELDS = 3 + len(RankingState._meta.concrete_fields)
# So many addresses of films are known to have been answered.
MOST_ANSWERED = 4_000


@dataclass(frozen=True, slots=True)
class Version:
    """Of an answer: another `token` whenever the answer may be another.

    None where only the answer itself can tell: each reader's is then made anew.
    """

    token: str | None
    # By which a proxy or a CDN can be told to forget it.
    surrogate_keys: tuple[str, ...]


class Seen:
    """Addresses that have been asked for before, the last ones."""

    def __init__(self, most: int) -> None:
        self._addresses: LRUCache[str, bool] = LRUCache(most)
        self._lock = Lock()

    def has_seen(self, address: str) -> bool:
        """And from now on it has."""
        with self._lock:
            found = self._addresses.get(address, False)
            self._addresses[address] = True
        return found

    def clear(self) -> None:
        with self._lock:
            self._addresses.clear()


answered = Seen(MOST_ANSWERED)
VersionOf = Callable[..., Version | None]
BY_CONTENT = Version(None, (CATALOGUE,))


def by_content(request: HttpRequest, **parameters: object) -> Version:
    """Of what changes with every film that is saved, such as a search."""
    return BY_CONTENT


def by_release(request: HttpRequest, **parameters: object) -> Version:
    """Of what nothing but this release says, such as a page without films."""
    return Version(release(), (f"release-{release()}",))


def by_edition(request: HttpRequest, **parameters: object) -> Version | None:
    """Of what changes with the ranking; None before the first one.

    Read before the answer is made, which may then be newer than its edition, but never older.
    """
    return of_edition(RankingState.current())


def by_edition_and_age(request: HttpRequest, **parameters: object) -> Version | None:
    """Of a page that says when its edition has grown old."""
    state = RankingState.current()
    return of_edition(state, "-stale" if state.is_stale else "")


def by_edition_unless_watched(request: HttpRequest, **parameters: object) -> Version | None:
    """Of a list. Where films can be watched changes between two editions, too, and nothing says
    when: of a list that is narrowed by it only the content tells."""
    version = by_edition(request)
    return BY_CONTENT if version and request.GET.get("watch_region") else version


def by_film(request: HttpRequest, *, movie_id: int) -> Version | None:
    """Of one film; None where there is none, or no ranking.

    The film is read at once where this process has not answered the address yet, and so has
    nothing to answer with.
    """
    if movie_id > LARGEST_ID:
        return None
    is_answered = answered.has_seen(request.path_info)
    with prepared_cursor() as cursor:
        cursor.execute(VERSION if is_answered else FILM, [movie_id])
        row = cursor.fetchone()
    if row is None:
        return None
    written, fetched_at, availability_at, *fields = row[:VERSION_FIELDS]
    if not is_answered:
        film_read.remember((movie_id, row[VERSION_FIELDS:]))
    state = RankingState(*fields)
    state.remember()
    if state.edition is None:
        return None
    keys = (CATALOGUE, f"film-{movie_id}")
    if is_due(availability_at):
        return Version(None, keys)  # it will be asked for by who reads this
    moments = f"{moment(fetched_at)}-{moment(availability_at)}"
    return Version(f"{state.edition}-{written}-{moments}-{release()}", keys)


def of_edition(state: RankingState, ending: str = "") -> Version | None:
    if state.edition is None:
        return None
    keys = (CATALOGUE, f"edition-{state.edition}")
    return Version(f"{state.edition}{ending}-{release()}", keys)


def moment(time: datetime.datetime | None) -> str:
    """Microseconds, shortly."""
    return f"{int(time.timestamp() * 1_000_000):x}" if time else "0"


@cache
def release() -> str:
    """Of the code that makes the answers, the static files that pages name, and where films come
    from, which every page says. Settings change in tests alone."""
    static = getattr(staticfiles_storage, "manifest_hash", "")
    source = "sandbox" if settings.IS_SANDBOX else ""
    return "-".join(filter(None, (settings.RELEASE, settings.VERSION, static, source)))


setting_changed.connect(lambda **_: release.cache_clear(), weak=False)
