"""HTTP/1.1 as the sandbox needs it: requests in, responses out, and the ways to break off."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote

import msgspec

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    """By lower-case name."""
    keep_alive: bool


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes | memoryview = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    """The connection is closed after so many bytes of the body; Content-Length stays true."""
    bytes_per_second: int = 0
    """How fast the body is sent; 0 is as fast as it goes."""


class Silence(Enum):
    """What a server can do instead of answering."""

    HANG = auto()
    RESET = auto()


Answer = Response | Literal[Silence.HANG, Silence.RESET]


def json_response(content: Any, status: int = 200, **headers: str) -> Response:
    headers["Content-Type"] = "application/json;charset=utf-8"
    return Response(status, msgspec.json.encode(content), headers)


async def converse(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    answer: Callable[[Request], Awaitable[Answer]],
) -> None:
    """Answer one connection's requests in their order until either side ends it."""
    try:
        while await _exchange(reader, writer, answer):
            pass
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass  # the client has left, or sends what is no request
    finally:
        writer.close()


async def _exchange(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    answer: Callable[[Request], Awaitable[Answer]],
) -> bool:
    """One request and its response; whether the connection can serve another."""
    request = _parse(await reader.readuntil(b"\r\n\r\n"))
    if request is None or request.method not in ("GET", "HEAD"):
        await _send(writer, Response(405 if request else 400), with_body=True)
        return False
    response = await answer(request)
    if response is Silence.RESET:
        _reset(writer)
        return False
    if response is Silence.HANG:
        await reader.read()  # returns when the client gives up
        return False
    await _send(writer, response, with_body=request.method == "GET")
    return request.keep_alive and response.cut is None


def _parse(head: bytes) -> Request | None:
    """The request of this head; None when it is not one."""
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    match first.split(" "):
        case [method, target, ("HTTP/1.1" | "HTTP/1.0") as version]:
            path, _, query = target.partition("?")
        case _:
            return None
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    connection = headers.get("connection", "").lower()
    keep_alive = version == "HTTP/1.1" and connection != "close"
    return Request(method, unquote(path), dict(parse_qsl(query)), headers, keep_alive)


async def _send(writer: asyncio.StreamWriter, response: Response, *, with_body: bool) -> None:
    head = _head(response)
    body = response.body[: response.cut] if with_body else b""
    if len(body) <= CHUNK and not response.bytes_per_second:
        writer.write(head + body)
    else:
        writer.write(head)
        await _send_paced(writer, memoryview(body), response.bytes_per_second)
    await writer.drain()


def _head(response: Response) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    if response.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(response.body)}")
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


async def _send_paced(
    writer: asyncio.StreamWriter, body: memoryview, bytes_per_second: int
) -> None:
    """Send by the clock, so that a late wake-up does not slow down the whole."""
    clock = asyncio.get_running_loop().time
    step = min(CHUNK, max(1, bytes_per_second // 20)) if bytes_per_second else CHUNK
    start = clock()
    for offset in range(0, len(body), step):
        writer.write(body[offset : offset + step])
        await writer.drain()
        if bytes_per_second:
            sent = min(offset + step, len(body))
            await asyncio.sleep(start + sent / bytes_per_second - clock())


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST: the peer gets "connection reset" instead of an orderly end."""
    linger_not_at_all = struct.pack("ii", 1, 0)
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not_at_all)
    writer.transport.abort()
