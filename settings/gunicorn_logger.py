"""gunicorn's log: when, for whom, and nothing of what stands behind a question mark."""

import re
import sys
import time
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from settings.client_address import client_address

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
        """Such as `Error handling request GET …`; but not that somebody has fallen silent."""
        if isinstance(sys.exc_info()[1], BlockingIOError):
            return
        without = [QUERY.sub("?…", arg) if isinstance(arg, str) else arg for arg in args]
        super().exception(msg, *without, **kwargs)
