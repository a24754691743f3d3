"""Files downloaded whole: resumed where they broke off, left alone while they are unchanged."""

import errno
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path

import requests
import urllib3
from django.conf import settings

from importer.daemon_threads import DaemonExecutor, call_until
from importer.errors import STOP_REQUESTED, ImportStopped, StepFailed
from importer.files import export_dir
from importer.retry import CHUNK_BYTES, READ_TIMEOUT, backoffs
from importer.runs.progress import Progress

DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
ABSENT = {403, 404}
# After these the rest of the file is asked for again.
RETRYABLE = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    ConnectionError,
    TimeoutError,
)


class NotPublished(Exception):  # noqa: N818 - for an export it only means: not yet
    """There is no such file on the server."""

    def __init__(self, url: str) -> None:
        super().__init__(f"there is no {url}")


def download(url: str, path: Path, name: str, progress: Progress) -> None:
    """Bring the file at `path` to what `url` has; NotPublished, or StepFailed with the reason.

    `name` is what the progress calls it.
    """
    export_dir.prepare(path.parent, path.name)
    target = Download(url, path, name)
    waits = backoffs(settings.TMDB_BACKOFF_SECONDS)
    while True:
        before = target.received
        try:
            target.resume(progress)
        except RETRYABLE as error:
            problem = f"{type(error).__name__}: {error}"
        except OSError as error:
            with suppress(OSError):
                target.discard()
            full = "the disk is full: " if error.errno in DISK_FULL else ""
            raise StepFailed(f"{full}cannot write {path}: {error.strerror}") from None
        else:
            return
        if target.received > before:
            waits = backoffs(settings.TMDB_BACKOFF_SECONDS)
        wait = next(waits)
        if wait is None:
            raise StepFailed(f"cannot download {url}: {problem}")
        if progress.stop.wait(wait):
            raise ImportStopped(STOP_REQUESTED)


class Download:
    """One file on its way to the disk; what is there of it already is not fetched again."""

    def __init__(self, url: str, path: Path, name: str) -> None:
        self.url = url
        self.name = name
        self.path = path
        self.part = path.with_name(path.name + ".part")
        # Beside the file and its part: the ETag of what they are (a part of).
        self.etag = path.with_name(path.name + ".etag")

    @property
    def received(self) -> int:
        """Bytes of the part that is there."""
        return self.part.stat().st_size if self.part.exists() else 0

    def resume(self, progress: Progress) -> None:
        """Fetch what is missing; one of RETRYABLE when that breaks off."""
        with self.request(progress) as response:
            status = response.status_code
            if status == requests.codes.not_modified and self.path.exists():
                return
            if status in ABSENT:
                raise NotPublished(self.url)
            if status == requests.codes.range_not_satisfiable:
                self.discard()
            elif 400 <= status < 500 and status != requests.codes.too_many_requests:
                raise StepFailed(f"{self.url} answered {status} {response.reason}")
            response.raise_for_status()
            self.receive(response, progress)
        self.part.replace(self.path)

    def request(self, progress: Progress) -> requests.Response:
        """The answer's head; its address may take long to be found unreachable."""
        get = partial(
            requests.get,
            self.url,
            headers=self.request_headers(),
            timeout=READ_TIMEOUT,
            stream=True,
        )
        with DaemonExecutor(1, "download") as executor:
            return call_until(progress.stop, executor, get)

    def request_headers(self) -> dict[str, str]:
        headers = {"Accept-Encoding": "identity"}
        if not self.etag.exists():
            return headers
        etag = self.etag.read_text()
        if self.path.exists():
            return headers | {"If-None-Match": etag}
        if self.part.exists():
            return headers | {"Range": f"bytes={self.received}-", "If-Range": etag}
        return headers

    def receive(self, response: requests.Response, progress: Progress) -> None:
        resumed = response.status_code == requests.codes.partial_content
        if not resumed:
            # In this order: whenever it is killed, no ETag stands beside another file's bytes.
            self.path.unlink(missing_ok=True)
            self.discard()
            self.store_etag(response.headers.get("ETag"))
        there = self.received
        length = response.headers.get("Content-Length", "")
        total = there + int(length) if length.isdecimal() else None
        self.check_free_space(total, there)
        progress.begin(f"downloading {self.name}", "bytes", total, there)
        with export_dir.open_for_writing(self.part, "ab" if resumed else "wb") as part:
            while chunk := response.raw.read1(CHUNK_BYTES):
                part.write(chunk)
                there += len(chunk)
                progress.report(there)
        progress.report(there)

    def store_etag(self, etag: str | None) -> None:
        # A weak ETag does not promise the same bytes, so nothing could be resumed on it.
        if etag and not etag.startswith("W/"):
            with export_dir.open_for_writing(self.etag, "wb") as file:
                file.write(etag.encode())

    def check_free_space(self, total: int | None, there: int) -> None:
        free = shutil.disk_usage(self.path.parent).free
        if total is not None and total - there > free:
            raise OSError(errno.ENOSPC, f"{total - there:,} bytes are needed, {free:,} are free")

    def discard(self) -> None:
        self.part.unlink(missing_ok=True)
        self.etag.unlink(missing_ok=True)
