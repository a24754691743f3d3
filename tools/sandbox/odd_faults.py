"""What can be odd in the optional parts of a movie's details, which stay those of a film."""

from collections.abc import Callable
from typing import Any

from tools.sandbox.payloads import Payload
from tools.sandbox.wire import Answer, json_response

CROWD = 3000
# Ids that no real payload has.
STRANGERS = 1_900_000_000

BLANK_COUNTRY = {
    "origin_country": [""],
    "production_countries": [{"iso_3166_1": "", "name": ""}],
}
BLANK_LANGUAGE = {"spoken_languages": [{"english_name": "", "iso_639_1": "", "name": ""}]}
# In no language, without a title, without anything.
BLANK_TRANSLATIONS = {
    "translations": [
        {"iso_639_1": "", "iso_3166_1": "", "data": {"title": "In no language"}},
        {"iso_639_1": "de", "iso_3166_1": "DE", "data": {"title": None}},
        {"iso_639_1": "fr", "iso_3166_1": "FR", "data": None},
        None,
    ]
}
# The first of the cast, and a director.
NAMELESS_PEOPLE = {
    "cast": [{"id": STRANGERS, "name": " ", "order": -1}, "nobody"],
    "crew": [{"name": "Nobody", "job": "Director"}],
}
NAMELESS_PROVIDER = {"rent": [{"provider_id": 99_998}]}
# In regions that are none, too.
NAMELESS_PROVIDERS = {"results": dict.fromkeys(("ZZ", "", "Sweden"), NAMELESS_PROVIDER)}
# At a site that is not known, and by a key that is none.
UNKNOWN_VIDEOS = {
    "results": [
        {"key": "abc", "site": "Nowhere", "type": "Trailer", "official": True},
        {"key": "../../etc", "site": "YouTube", "type": "Trailer", "official": True},
    ]
}


def crowd() -> Payload:
    """A cast and a crew of CROWD people each."""
    people = [{"id": STRANGERS + number, "name": f"Extra {number}"} for number in range(CROWD)]
    return {
        "cast": [person | {"order": 1000 + place} for place, person in enumerate(people)],
        "crew": [person | {"job": "Stunts"} for person in people],
    }


def _fields(odd: Payload) -> Callable[[Payload], Answer]:
    return lambda payload: json_response(payload | odd)


def _longer(more: Payload) -> Callable[[Payload], Answer]:
    """The details, with more in some of their lists."""
    return lambda payload: json_response(payload | _joined(payload, more))


def _longer_part(name: str, more: Callable[[], Payload]) -> Callable[[Payload], Answer]:
    """An appended part with more in it, if it was asked for."""

    def longer(payload: Payload) -> Answer:
        part = payload.get(name)
        odd = {} if part is None else {name: part | _joined(part, more())}
        return json_response(payload | odd)

    return longer


def _joined(given: Payload, more: Payload) -> Payload:
    return {name: _with(given.get(name), added) for name, added in more.items()}


def _with(given: Any, added: Any) -> Any:
    return (given or {}) | added if isinstance(added, dict) else [*(given or []), *added]


ODD_FAULTS: dict[str, Callable[[Payload], Answer]] = {
    "odd-date": _fields({"release_date": "2020-02-30"}),
    "odd-runtime": _fields({"runtime": 90.5}),
    "odd-collection": _fields({"belongs_to_collection": {"id": "x", "name": None}}),
    "blank-country": _longer(BLANK_COUNTRY),
    "blank-language": _longer(BLANK_LANGUAGE),
    "blank-translations": _longer_part("translations", lambda: BLANK_TRANSLATIONS),
    "nameless-people": _longer_part("credits", lambda: NAMELESS_PEOPLE),
    "crowd": _longer_part("credits", crowd),
    "nameless-providers": _longer_part("watch/providers", lambda: NAMELESS_PROVIDERS),
    "unknown-videos": _longer_part("videos", lambda: UNKNOWN_VIDEOS),
}
"""What is left out at the smallest place; "odd" names all of them."""
