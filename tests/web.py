"""Ordinary web servers, for what the sandbox would never answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Quiet(BaseHTTPRequestHandler):
    """Logs nothing."""

    def log_message(self, *_: Any) -> None:
        pass


class QuietFiles(Quiet, SimpleHTTPRequestHandler):
    """Serves files, and logs nothing."""


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """Serves the files of a folder; its 404 is a page of HTML."""
    with serving(partial(QuietFiles, directory=folder)) as url:
        yield url


@contextmanager
def refusing(body: bytes) -> Iterator[str]:
    """Answers everything with 422 and this as JSON."""

    class Refuses(Quiet):
        def do_GET(self) -> None:
            self.send_response(422)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with serving(Refuses) as url:
        yield url


@contextmanager
def serving(handler: Any) -> Iterator[str]:
    """The address where this handler answers while the block lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
