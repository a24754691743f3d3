"""TMDB's API, version 3, as far as the import needs it: one function for each kind of answer."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tools.sandbox.answer_faults import ANSWER_FAULTS
from tools.sandbox.discover_faults import DISCOVER_FAULTS
from tools.sandbox.errors import error
from tools.sandbox.faults import DETAIL_FAULTS, MOVIE_FAULTS, Faults
from tools.sandbox.listing import Wanted, entry
from tools.sandbox.payloads import MOST_PARTS, detail
from tools.sandbox.sources import Source
from tools.sandbox.wire import Answer, Request, Response, json_response

KEY = "sandbox"
PAGE_SIZE = 100
DISCOVERED = 20
LAST_PAGE = 500
PROVIDERS = "watch/providers"
LONGEST_WINDOW = timedelta(days=14)


def has_key(request: Request) -> bool:
    return (
        request.headers.get("authorization") == f"Bearer {KEY}"
        or request.query.get("api_key") == KEY
    )


def movie_id(request: Request) -> int:
    """The id in the path of a movie; 0, which no movie has, when it is none."""
    name = request.path.split("/")[3]
    return int(name) if re.fullmatch("[0-9]{1,18}", name) else 0


def movie(source: Source, faults: Faults, request: Request) -> Answer:
    asked = movie_id(request)
    payload = source.payload(asked)
    if payload is None:
        return error(34 if asked else 6)
    append = request.query.get("append_to_response", "")
    if append.count(",") >= MOST_PARTS:
        return error(27)
    shown = detail(payload, append, lambda name: source.part(asked, name))
    kind = faults.on_detail(asked)
    return MOVIE_FAULTS[kind](shown) if kind else json_response(shown)


def providers(source: Source, faults: Faults, request: Request) -> Answer:
    """Where one movie can be watched, without its details."""
    asked = movie_id(request)
    payload = source.payload(asked)
    if payload is None:
        return error(34 if asked else 6)
    shown = detail(payload, PROVIDERS, lambda name: source.part(asked, name))
    answer = {"id": asked, **shown[PROVIDERS]}
    kind = faults.on_providers(asked)
    return ANSWER_FAULTS[kind](answer) if kind else json_response(answer)


def discover(source: Source, faults: Faults, request: Request) -> Answer:
    """Films by country, language and votes, in the order asked for, 20 a page."""
    try:
        page = int(request.query.get("page", "1"))
        wanted = Wanted.of(request.query)
    except ValueError:
        return error(5)
    if not 1 <= page <= LAST_PAGE:
        return error(22)
    kind = faults.on_discover(request.query.get("with_origin_country", ""))
    if kind == "page-1":
        page = 1
    ids = source.listing().ids(wanted)
    shown = ids[(page - 1) * DISCOVERED : page * DISCOVERED]
    payloads = filter(None, map(source.payload, shown))
    answer = {
        "page": page,
        "results": [entry(payload) for payload in payloads],
        "total_pages": max(1, -(-len(ids) // DISCOVERED)),
        "total_results": len(ids),
    }
    return DISCOVER_FAULTS[kind](answer) if kind else json_response(answer)


def changes(source: Source, faults: Faults, request: Request) -> Answer:
    """The movies changed in a window of days, 100 a page; by default in the last day."""
    if kind := faults.only.get("changes"):
        return DETAIL_FAULTS[kind]({})
    today = datetime.now(UTC).date()
    try:
        first = _day(request, "start_date", today - timedelta(days=1))
        last = _day(request, "end_date", today)
        page = int(request.query.get("page", "1"))
    except ValueError:
        return error(5)
    if not timedelta(0) <= last - first <= LONGEST_WINDOW:
        return error(20)
    if not 1 <= page <= LAST_PAGE:
        return error(22)
    return _page(_changed(source, first, last), page)


def _day(request: Request, name: str, otherwise: date) -> date:
    return date.fromisoformat(request.query[name]) if name in request.query else otherwise


def _changed(source: Source, first: date, last: date) -> list[int | None]:
    """Each id once, the latest day first."""
    days = sorted((day for day in list(source.changed) if first <= day <= last), reverse=True)
    return list(dict.fromkeys(movie_id for day in days for movie_id in source.changed[day]))


def _page(ids: list[int | None], page: int) -> Response:
    shown = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return json_response(
        {
            "results": [
                {"id": movie_id, "adult": None if movie_id is None else False}
                for movie_id in shown
            ],
            "page": page,
            "total_pages": max(1, -(-len(ids) // PAGE_SIZE)),
            "total_results": len(ids),
        }
    )


def _listing(name: str, content: Callable[[Source], Any]) -> Callable[..., Answer]:
    def answer(source: Source, faults: Faults, request: Request) -> Answer:
        if kind := faults.only.get(name):
            return DETAIL_FAULTS[kind](content(source))
        return json_response(content(source))

    return answer


ANSWERS: dict[str, Callable[[Source, Faults, Request], Answer]] = {
    "movie": movie,
    "providers": providers,
    "discover": discover,
    "changes": changes,
    "countries": _listing("countries", lambda source: source.countries),
    "languages": _listing("languages", lambda source: source.languages),
    "genres": _listing("genres", lambda source: {"genres": source.genres}),
}
