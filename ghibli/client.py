"""The Studio Ghibli API over HTTP: bodies out as they came. Knows no model and no database.

https://ghibliapi.vercel.app
"""

import requests

from ghibli.errors import RefreshFailed
from refresh.http import NoResponse, Request, Response, get_all

PATHS = ("/films", "/people")


def fetch(url: str, timeout: float) -> tuple[bytes, bytes]:
    """The bodies of /films and /people, asked for side by side.

    RefreshFailed unless both are there, whole, within `timeout` seconds.
    """
    try:
        responses = get_all([Request(url + path) for path in PATHS], timeout)
    except TimeoutError:
        raise RefreshFailed(f"no whole answer within {timeout:g} s") from None
    except NoResponse as error:
        raise RefreshFailed(f"{error.url.removeprefix(url)}: {error}") from None
    films, people = (require_json(*pair) for pair in zip(PATHS, responses, strict=True))
    return films, people


def require_json(path: str, response: Response) -> bytes:
    """The body of a successful response."""
    if response.status != requests.codes.ok:
        raise RefreshFailed(f"{path}: answered {response.status}", response.body)
    if "json" not in response.content_type:
        words = f"{path}: answered with {response.content_type} instead of JSON"
        raise RefreshFailed(words, response.body)
    return response.body
