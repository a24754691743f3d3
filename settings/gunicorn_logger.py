"""gunicorn's log: when, for whom, and nothing of what stands behind a question mark."""

import re
import time
from collections.abc import Mapping
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from settings import TRUSTED_PROXIES

# `%(client)s` is the visitor's address, `%(t)s` the time in ISO's form; the id is in the answer.
ACCESS_FORMAT = '%(t)s %(client)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms %({x-request-id}o)s'
QUERY = re.compile(r"\?[^'\"]*")


class PrivateLogger(Logger):  # type: ignore[misc]
    """Has the visitor's address and the time for access lines, and keeps addresses' queries."""

    def atoms(self, *request: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().atoms(*request)
        *_, environ, _ = request
        now = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        return found | {"t": now, "client": client_address(environ)}

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Such as `Invalid request from ip=…: …`, which quotes it."""
        super().warning(QUERY.sub("?…", msg), *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Such as `Error handling request GET …`."""
        without = [QUERY.sub("?…", arg) if isinstance(arg, str) else arg for arg in args]
        super().exception(msg, *without, **kwargs)


def client_address(environ: Mapping[str, Any]) -> str:
    """Who asks, by as many proxies as are trusted: the rule of REST framework's throttles."""
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
    if TRUSTED_PROXIES and forwarded:
        addresses = forwarded.split(",")
        return str(addresses[-min(TRUSTED_PROXIES, len(addresses))].strip())
    return environ.get("REMOTE_ADDR") or "-"
