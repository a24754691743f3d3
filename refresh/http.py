"""GET within a time that nothing stretches: for readers, who wait for it. One attempt."""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import requests
import urllib3

# No answer of those servers comes near this size.
BODY_BYTES = 4 * 1024 * 1024
CHUNK_BYTES = 64 * 1024


class NoAnswer(Exception):  # noqa: N818 - it says what happened
    """Nothing came that is an answer, or too much of it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(reason)
        self.url = url


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; params and headers may carry secrets, which no message repeats."""

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whatever the server has said, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "no content type")[:80]


def ask(questions: Sequence[Question], patience: float) -> list[Answer]:
    """The answers to all of them, asked side by side, within so many seconds.

    Raises TimeoutError, and NoAnswer for the first of them that has none.
    """
    deadline = time.monotonic() + patience
    # In threads, because nothing else bounds the time that a name server takes as well.
    pool = ThreadPoolExecutor(len(questions), "refresh")
    try:
        coming = [pool.submit(get, question, deadline) for question in questions]
        return [answer.result(left(deadline)) for answer in coming]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def get(question: Question, deadline: float) -> Answer:
    headers = {"Accept": "application/json", **question.headers}
    try:
        with requests.get(
            question.url,
            params=question.params,
            headers=headers,
            timeout=left(deadline),
            stream=True,
        ) as response:
            body = read(response, question.url, deadline)
            return Answer(response.status_code, response.headers, body)
    except requests.Timeout:
        raise TimeoutError from None
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        # Only its kind: its words name addresses of memory, and differ every time.
        raise NoAnswer(question.url, f"no answer ({type(error).__name__})") from None


def read(response: requests.Response, url: str, deadline: float) -> bytes:
    """The whole body, within limits of time and size that a trickle cannot stretch."""
    body = bytearray()
    # One read from the socket at a time: requests' own loop waits until a chunk is full.
    while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > BODY_BYTES:
            raise NoAnswer(url, f"answered with over {BODY_BYTES:,} bytes")
        left(deadline)
    return bytes(body)


def left(deadline: float) -> float:
    """Seconds until then; TimeoutError when there are none."""
    if (seconds := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return seconds
