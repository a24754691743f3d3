"""What can become of a page of `/discover/movie`."""

from collections.abc import Callable

from tools.sandbox.answer_faults import ANSWER_FAULTS, fails
from tools.sandbox.payloads import Payload
from tools.sandbox.wire import Answer, Response, json_response

# An id that no source has.
GHOST = 999_999_937


def _ghost(page: Payload) -> Response:
    """The list begins with a film that there is not."""
    first: Payload = page["results"][0] if page["results"] else {"title": "Nothing"}
    return json_response({**page, "results": [first | {"id": GHOST}, *page["results"]]})


DISCOVER_FAULTS: dict[str, Callable[[Payload], Answer]] = {
    **ANSWER_FAULTS,
    "no-permission": fails(3),
    "page-1": json_response,
    "ghost": _ghost,
    "list": lambda page: json_response([page]),
    "no-results": lambda page: json_response({**page, "results": None}),
}
"""What becomes of a page of /discover/movie; "page-1" answers with the first whatever is asked."""
