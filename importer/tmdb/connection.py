"""The connections to TMDB: one pool for all threads, and answers read within limits.

urllib3 itself, which requests stands on and takes three times as long as.
"""

import threading
import time
from contextlib import closing
from dataclasses import dataclass
from http.client import responses
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
import urllib3

from importer.errors import STOP_REQUESTED, ImportStopped
from importer.retry import CHUNK_BYTES, READ_TIMEOUT
from importer.tmdb.source import credentials

# TMDB's limit of connections an address.
CONNECTIONS = 20
# Seconds for a whole response.
RESPONSE_TIMEOUT = 30.0
# No response of TMDB's that is used here comes near this size.
BODY_BYTES = 16 * 1024 * 1024

# What asking raises.
ConnectionFailed = urllib3.exceptions.HTTPError


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, whatever it was."""

    status: int
    headers: urllib3.HTTPHeaderDict
    body: bytes

    @property
    def reason(self) -> str:
        """The status in words, as HTTP has them."""
        return responses.get(self.status, "an unknown status")


class Connections:
    """Up to CONNECTIONS kept-alive connections to an API, for any number of threads."""

    def __init__(self, url: str, *, token: str, key: str, stop: threading.Event) -> None:
        parts = urlsplit(url)
        self.root = parts.path.rstrip("/")
        self.pool = make_pool(url, parts.scheme, parts.hostname or "")
        self.params, headers = credentials(token, key)
        self.headers = {"Accept": "application/json", "Accept-Encoding": "gzip", **headers}
        self.stop = stop

    def get(self, path: str, params: dict[str, str]) -> Response:
        """The whole response; ConnectionFailed, or ImportStopped while it comes."""
        query = urlencode(params | self.params, safe=",/|")
        response = self.pool.urlopen(
            "GET",
            f"{self.root}{path}?{query}" if query else self.root + path,
            headers=self.headers,
            timeout=READ_TIMEOUT,
            retries=False,
            redirect=False,
            preload_content=False,
        )
        with closing(response):
            return Response(response.status, response.headers, read_body(response, self.stop))


def make_pool(url: str, scheme: str, host: str) -> urllib3.HTTPConnectionPool:
    """A pool for this server, through the proxy that the environment names for it, if one is."""
    proxy = None if proxy_bypass(host) else getproxies().get(scheme)
    pools = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
    pools.connection_pool_kw |= {"maxsize": CONNECTIONS, "ca_certs": certifi.where()}
    return pools.connection_from_url(url)


def read_body(response: urllib3.BaseHTTPResponse, stop: threading.Event) -> bytes:
    """The whole body, within limits of time and size that a trickle cannot stretch."""
    deadline = time.monotonic() + RESPONSE_TIMEOUT
    body = bytearray()
    # One read from the socket at a time: `stream` waits until a chunk is full.
    while chunk := response.read1(CHUNK_BYTES, decode_content=True):
        if stop.is_set():
            raise ImportStopped(STOP_REQUESTED)
        body += chunk
        if len(body) > BODY_BYTES:
            raise ConnectionFailed(f"the answer has over {BODY_BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise ConnectionFailed(f"the answer is not complete after {RESPONSE_TIMEOUT:g} s")
    return bytes(body)
