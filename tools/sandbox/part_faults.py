"""What can become of the parts that are appended to a movie's details."""

from collections.abc import Callable

from tools.sandbox.payloads import Payload
from tools.sandbox.wire import Answer, json_response

PARTS = (
    *("alternative_titles", "credits", "external_ids", "translations", "videos"),
    "watch/providers",
)


def _part_missing(name: str) -> Callable[[Payload], Answer]:
    return lambda payload: json_response({k: v for k, v in payload.items() if k != name})


def _part_is(name: str, value: object) -> Callable[[Payload], Answer]:
    """The part is something else, if it was asked for."""
    return lambda payload: json_response(payload | ({name: value} if name in payload else {}))


PART_FAULTS: dict[str, Callable[[Payload], Answer]] = {
    f"{name}-{how}": fault
    for name in PARTS
    for how, fault in {
        "missing": _part_missing(name),
        "null": _part_is(name, None),
        "list": _part_is(name, []),
        "empty": _part_is(name, {}),
    }.items()
}
"""What can become of each of the PARTS, as in "credits-null"; "parts" names all of them."""
