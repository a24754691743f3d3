"""HTTP GET with a deadline for the whole response, body and name look-up too; no retries. For
readers, who wait for it."""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import requests
import urllib3

# No response of those servers comes near this size.
BODY_BYTES = 4 * 1024 * 1024
CHUNK_BYTES = 64 * 1024


class NoResponse(Exception):  # noqa: N818 - it says what happened
    """Nothing came that is a response, or too much of it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(reason)
        self.url = url


@dataclass(frozen=True, slots=True)
class Request:
    """A GET; params and headers may carry secrets, which no message repeats."""

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Response:
    """What the server has answered, with the whole body, whatever the status."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "no content type")[:80]


def get_all(wanted: Sequence[Request], timeout: float) -> list[Response]:
    """GET all of them side by side; the responses in their order, within `timeout` seconds.

    Raises TimeoutError, and NoResponse for the first of them that has none.
    """
    deadline = time.monotonic() + timeout
    # In threads, because nothing else bounds the time that a name server takes as well.
    pool = ThreadPoolExecutor(len(wanted), "refresh")
    try:
        pending = [pool.submit(get, request, deadline) for request in wanted]
        return [future.result(seconds_left(deadline)) for future in pending]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def get(request: Request, deadline: float) -> Response:
    headers = {"Accept": "application/json", **request.headers}
    try:
        with requests.get(
            request.url,
            params=request.params,
            headers=headers,
            timeout=seconds_left(deadline),
            stream=True,
        ) as response:
            body = read(response, request.url, deadline)
            return Response(response.status_code, response.headers, body)
    except requests.Timeout:
        raise TimeoutError from None
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        # Only its kind: its words name addresses of memory, and differ every time.
        raise NoResponse(request.url, f"no answer ({type(error).__name__})") from None


def read(response: requests.Response, url: str, deadline: float) -> bytes:
    """The whole body, within limits of time and size that a trickle cannot stretch."""
    body = bytearray()
    # One read from the socket at a time: requests' own loop waits until a chunk is full.
    while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > BODY_BYTES:
            raise NoResponse(url, f"answered with over {BODY_BYTES:,} bytes")
        seconds_left(deadline)
    return bytes(body)


def seconds_left(deadline: float) -> float:
    """Seconds until then; TimeoutError when there are none."""
    if (seconds := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return seconds
