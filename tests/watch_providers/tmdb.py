"""A TMDB that knows where films can be watched, and nothing else."""

import json
import threading
from collections import Counter
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from tests.web import Quiet

NETFLIX = {"provider_id": 8, "provider_name": "Netflix ", "logo_path": "/netflix.jpg"}
APPLE = {"provider_id": 2, "provider_name": "Apple TV", "logo_path": "/apple.jpg"}


class Tmdb:
    """What it answers, and how often it was asked for each film."""

    def __init__(self) -> None:
        self.results: Any = {"SE": {"link": "https://…", "flatrate": [NETFLIX], "buy": [APPLE]}}
        self.status = 200
        self.headers: dict[str, str] = {}
        # Set where it answers at all; else it hangs.
        self.answers = threading.Event()
        self.answers.set()
        self.asked: Counter[str] = Counter()
        self.authorisation: list[str | None] = []
        self.body: bytes | None = None

    def handler(self) -> type[Quiet]:
        tmdb = self

        class WatchProviders(Quiet):
            def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
                tmdb.asked[urlsplit(self.path).path] += 1
                tmdb.authorisation.append(self.headers["Authorization"])
                tmdb.answers.wait(30)
                with suppress(ConnectionError):  # who has waited long enough
                    self.answer(tmdb.whole_body(self.path))

            def answer(self, body: bytes) -> None:
                self.send_response(tmdb.status)
                for name, value in tmdb.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return WatchProviders

    def whole_body(self, path: str) -> bytes:
        if self.body is not None:
            return self.body
        if self.status == 200:
            return json.dumps({"id": 1, "results": self.results}).encode()
        message = {"success": False, "status_code": 11, "status_message": f"Not at {path}"}
        return json.dumps(message).encode()
