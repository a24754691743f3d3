"""The server: where each path leads, and a thread of its own to serve from."""

import asyncio
import re
import socket
import threading
import time
from collections import Counter, deque
from datetime import UTC, date, datetime
from types import TracebackType

from tools.sandbox import exports, images, tmdb
from tools.sandbox.errors import error
from tools.sandbox.faults import Faults
from tools.sandbox.ghibli import Ghibli, own_ghibli
from tools.sandbox.sources import Source
from tools.sandbox.wire import Answer, Request, Response, converse


class Sandbox:
    """Serves while its `with` block runs; all that is public can be changed meanwhile.

    `requests` counts what was asked by kind (movie, providers, discover, changes, countries,
    languages, genres, export, imdb, films, people, image, other), `asked` how often each movie
    was, refused requests left out.
    """

    def __init__(
        self,
        source: Source,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        rate: int = 0,
        bytes_per_second: int = 0,
        faults: Faults | str | None = None,
        seed: int = 0,
        ghibli: Ghibli | None = None,
    ) -> None:
        """`rate` is requests a second to the API, 0 without limit; `port` 0 any free one."""
        self.source = source
        self.host = host
        self.port = port
        self.rate = rate
        self.bytes_per_second = bytes_per_second
        self.faults = faults if isinstance(faults, Faults) else Faults(faults or "", seed)
        self.ghibli = ghibli or own_ghibli()
        self.requests: Counter[str] = Counter()
        self.asked: Counter[int] = Counter()
        self._recent: deque[float] = deque()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def tmdb_url(self) -> str:
        return f"{self.url}/3"

    @property
    def files_url(self) -> str:
        return f"{self.url}/p/exports"

    @property
    def imdb_url(self) -> str:
        return f"{self.url}/imdb"

    @property
    def images_url(self) -> str:
        return f"{self.url}/t/p"

    @property
    def ghibli_url(self) -> str:
        return f"{self.url}/ghibli"

    def __enter__(self) -> "Sandbox":
        """OSError when the address cannot be had."""
        listener = self._listener()
        self.port = listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._shelf = exports.Shelf()
        self._thread = threading.Thread(target=self._run, args=(listener,), name="sandbox")
        self._thread.daemon = True
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _listener(self) -> socket.socket:
        try:
            return socket.create_server((self.host, self.port), backlog=128)
        except OSError as error:
            reason = str(error.strerror).partition(" (")[0]  # what follows repeats the address
            raise OSError(f"cannot listen on {self.host}:{self.port}: {reason}") from None

    def _run(self, listener: socket.socket) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(listener))

    async def _serve(self, listener: socket.socket) -> None:
        # The loop itself keeps no task alive.
        conversations: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if self._stop.is_set():
                writer.transport.abort()
                return
            task = asyncio.ensure_future(converse(reader, writer, self.answer))
            conversations[task] = writer
            task.add_done_callback(conversations.pop)

        server = await asyncio.start_server(connected, sock=listener)
        await self._stop.wait()
        # Nobody else comes. Those who are just coming in, which a closed server would leave
        # open, are sent away as those who are here.
        self._loop.remove_reader(listener)
        for task, writer in conversations.items():
            task.cancel()
            writer.transport.abort()  # a client that reads no more must not keep the server
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)
        server.close()

    async def answer(self, request: Request) -> Answer:
        kind = _kind(request.path)
        self.requests[kind] += 1
        if kind == "export":
            return await self._export(request)
        if kind == "imdb":
            return await self._imdb(request)
        if kind == "image":
            return images.answer(request.path)
        if kind in ("films", "people"):
            return self.ghibli.answer(request.path, self.faults)
        return self._tmdb(kind, request)

    def _tmdb(self, kind: str, request: Request) -> Answer:
        if not tmdb.has_key(request):
            return error(7)
        if not self._within_rate():
            return error(25)
        if kind == "other":
            return error(34)
        if kind == "movie":
            self.asked[tmdb.movie_id(request)] += 1
        return tmdb.ANSWERS[kind](self.source, self.faults, request)

    def _within_rate(self) -> bool:
        """At most `rate` requests in any second; refused ones do not count."""
        if not self.rate:
            return True
        now = time.monotonic()
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if len(self._recent) >= self.rate:
            return False
        self._recent.append(now)
        return True

    async def _export(self, request: Request) -> Response:
        today = datetime.now(UTC).date()
        day = exports.export_day(request.path.rpartition("/")[2], today)
        faults = self.faults.on_export()
        if day is None or (day == today and "export-missing" in faults):
            return exports.not_there()
        source = self.source
        whole = await self._shelf.gzipped(
            f"export {sorted(faults)}",
            source.edition,
            lambda: exports.faulty_lines(source.export_lines(), faults),
        )
        return self._download(request, exports.faulty_file(whole, faults), day)

    async def _imdb(self, request: Request) -> Response:
        if request.path != "/imdb/title.ratings.tsv.gz":
            return exports.not_there()
        source = self.source
        whole = await self._shelf.gzipped("imdb", source.edition, source.imdb_lines)
        return self._download(request, whole, datetime.now(UTC).date())

    def _download(self, request: Request, file: exports.File, day: date) -> Response:
        cut = self.faults.on_download()
        return exports.download(
            request, file, day, cut=cut, bytes_per_second=self.bytes_per_second
        )


KINDS = {
    "/3/movie/changes": "changes",
    "/3/discover/movie": "discover",
    "/3/configuration/countries": "countries",
    "/3/configuration/languages": "languages",
    "/3/genre/movie/list": "genres",
    "/ghibli/films": "films",
    "/ghibli/people": "people",
}
FOLDERS = {"/3/movie": "movie", "/p/exports": "export", "/imdb": "imdb"}
PATTERNS = {"/3/movie/[^/]+/watch/providers": "providers", "/t/p/[^/]+/[^/]+": "image"}


def _kind(path: str) -> str:
    if kind := KINDS.get(path) or FOLDERS.get(path.rpartition("/")[0]):
        return kind
    return next((kind for form, kind in PATTERNS.items() if re.fullmatch(form, path)), "other")
