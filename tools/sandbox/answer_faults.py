"""What can become of any answer of TMDB's, whatever it is about."""

from collections.abc import Callable

import msgspec

from tools.sandbox.errors import error
from tools.sandbox.payloads import Payload
from tools.sandbox.wire import Answer, Response, Silence, json_response


def fails(code: int, **headers: str) -> Callable[[Payload], Answer]:
    return lambda payload: error(code, **headers)


def _half(payload: Payload) -> Response:
    whole = json_response(payload)
    return Response(whole.status, whole.body, whole.headers, cut=len(whole.body) // 2)


def _html(payload: Payload) -> Response:
    page = b"<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>"
    return Response(200, page, {"Content-Type": "text/html"})


def _not_json(payload: Payload) -> Response:
    return raw(msgspec.json.encode(payload)[:-1] + b",oops}")


def raw(body: bytes) -> Response:
    return Response(200, body, {"Content-Type": "application/json;charset=utf-8"})


ANSWER_FAULTS: dict[str, Callable[[Payload], Answer]] = {
    "401": fails(7),
    "404": fails(34),
    "422": fails(5),
    "429": fails(25),
    "429-retry-after": fails(25, **{"Retry-After": "1"}),
    "429-absurd": fails(25, **{"Retry-After": "31536000"}),
    "500": fails(11),
    "503": fails(9),
    "hang": lambda payload: Silence.HANG,
    "reset": lambda payload: Silence.RESET,
    "half": _half,
    "html": _html,
    "not-json": _not_json,
}
