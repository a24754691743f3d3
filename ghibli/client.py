"""The Studio Ghibli API over HTTP: bodies out as they came. Knows no model and no database.

https://ghibliapi.vercel.app
"""

import time
from concurrent.futures import ThreadPoolExecutor

import requests
import urllib3

from ghibli.errors import RefreshFailed

# The real answers have 32 and 26 KB.
BODY_BYTES = 4 * 1024 * 1024
CHUNK_BYTES = 64 * 1024


def fetch(url: str, patience: float) -> tuple[bytes, bytes]:
    """The bodies of /films and /people, asked for side by side.

    RefreshFailed unless both are there, whole, within `patience` seconds.
    """
    deadline = time.monotonic() + patience
    # In threads, because nothing else bounds the time that a name server takes as well.
    pool = ThreadPoolExecutor(2, "ghibli")
    try:
        films = pool.submit(get, url, "/films", deadline)
        people = pool.submit(get, url, "/people", deadline)
        return films.result(left(deadline)), people.result(left(deadline))
    except TimeoutError:
        raise RefreshFailed(f"no whole answer within {patience:g} s") from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def get(url: str, path: str, deadline: float) -> bytes:
    """The body of a successful answer; TimeoutError when it is late."""
    headers = {"Accept": "application/json"}
    try:
        with requests.get(
            url + path, headers=headers, timeout=left(deadline), stream=True
        ) as response:
            body = read(response, path, deadline)
    except requests.Timeout:
        raise TimeoutError from None
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        # Only its kind: its words name addresses of memory, and differ every time.
        raise RefreshFailed(f"{path}: no answer ({type(error).__name__})") from None
    if response.status_code != requests.codes.ok:
        raise RefreshFailed(f"{path}: answered {response.status_code}", body)
    content_type = response.headers.get("Content-Type", "no content type")[:80]
    if "json" not in content_type:
        raise RefreshFailed(f"{path}: answered with {content_type} instead of JSON", body)
    return body


def read(response: requests.Response, path: str, deadline: float) -> bytes:
    """The whole body, within limits of time and size that a trickle cannot stretch."""
    body = bytearray()
    # One read from the socket at a time: requests' own loop waits until a chunk is full.
    while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > BODY_BYTES:
            raise RefreshFailed(f"{path}: answered with over {BODY_BYTES:,} bytes")
        left(deadline)
    return bytes(body)


def left(deadline: float) -> float:
    """Seconds until then; TimeoutError when there are none."""
    if (seconds := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return seconds
