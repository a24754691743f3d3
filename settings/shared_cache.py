"""A cache that several machines share, in Valkey or Redis; while it is away, an empty one."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as ConnectionFailed
from redis.exceptions import TimeoutError as TimedOut

log = logging.getLogger(__name__)

# For how long nobody asks one that has not answered: everybody would wait for it.
PAUSE_SECONDS = 5.0


class Outage:
    """Of the cache that this process's threads share."""

    def __init__(self) -> None:
        self.until = 0.0

    @property
    def lasts(self) -> bool:
        return time.monotonic() < self.until

    def begin(self, error: Exception) -> None:
        if not self.lasts:
            log.warning("the shared cache does not answer, counts begin anew: %s", error)
        self.until = time.monotonic() + PAUSE_SECONDS


_outage = Outage()


def or_nothing(method: str, nothing: Callable[..., Any]) -> Any:
    """RedisCache's method; while the cache is away, what `nothing` makes of the arguments."""
    asking = getattr(RedisCache, method)

    @wraps(asking)
    def ask(self: RedisCache, *arguments: Any, **named: Any) -> Any:
        if _outage.lasts:
            return nothing(*arguments, **named)
        try:
            return asking(self, *arguments, **named)
        except (ConnectionFailed, TimedOut) as error:
            _outage.begin(error)
            return nothing(*arguments, **named)

    return ask


def default_of(key: str, default: Any = None, version: int | None = None) -> Any:
    return default


def no_entries(keys: Any, version: int | None = None) -> dict[Any, Any]:
    return {}


def nothing_done(*_: Any, **__: Any) -> None:
    return None


def not_done(*_: Any, **__: Any) -> bool:
    return False


class SharedCache(RedisCache):
    """Django's, whose outage is nobody's error: what is cached can be had without it."""

    add = or_nothing("add", not_done)
    get = or_nothing("get", default_of)
    set = or_nothing("set", nothing_done)
    touch = or_nothing("touch", not_done)
    delete = or_nothing("delete", not_done)
    get_many = or_nothing("get_many", no_entries)
    set_many = or_nothing("set_many", nothing_done)
    delete_many = or_nothing("delete_many", nothing_done)
    has_key = or_nothing("has_key", not_done)
    clear = or_nothing("clear", nothing_done)
