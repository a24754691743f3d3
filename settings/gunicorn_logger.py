"""gunicorn's log: when, for whom, and nothing of what stands behind a question mark."""

import json
import re
import sys
import time
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from settings import LOG_FORMAT
from settings.client_address import client_address
from settings.logs import JsonFormatter

# `%(client)s` is the visitor's address, `%(t)s` the time in ISO's form; the id is in the answer.
ACCESS_FORMAT = '%(t)s %(client)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms %({x-request-id}o)s'
JSON_ATOMS = {
    "time": "t",
    "client": "client",
    "method": "m",
    "path": "U",
    "status": "s",
    "request_id": "{x-request-id}o",
}
QUERY = re.compile(r"\?[^'\"]*")


class PrivateLogger(Logger):  # type: ignore[misc]
    """Has the visitor's address and the time for access lines, and keeps addresses' queries."""

    def atoms(self, *request: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().atoms(*request)
        *_, environ, _ = request
        now = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        return found | {"t": now, "client": client_address(environ)}

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        if LOG_FORMAT == "json":
            for handler in self.error_log.handlers:
                handler.setFormatter(JsonFormatter())

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """A line of the access log."""
        if LOG_FORMAT != "json" or not self.cfg.accesslog:
            super().access(resp, req, environ, request_time)
            return
        atoms = self.atoms(resp, req, environ, request_time)
        line = {name: atoms.get(atom) for name, atom in JSON_ATOMS.items()}
        line |= {"logger": "access", "milliseconds": int(atoms["M"]), "bytes": resp.sent}
        self.access_log.info(json.dumps(line, ensure_ascii=False, default=str))

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Such as `Invalid request from ip=…: …`, which quotes it."""
        super().warning(QUERY.sub("?…", msg), *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Such as `Error handling request GET …`; but not that somebody has fallen silent."""
        if isinstance(sys.exc_info()[1], BlockingIOError):
            return
        without = [QUERY.sub("?…", arg) if isinstance(arg, str) else arg for arg in args]
        super().exception(msg, *without, **kwargs)
