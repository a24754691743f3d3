"""The Studio Ghibli API over HTTP: bodies out as they came. Knows no model and no database.

https://ghibliapi.vercel.app
"""

import requests

from ghibli.errors import RefreshFailed
from refresh.http import Answer, NoAnswer, Question, ask

PATHS = ("/films", "/people")


def fetch(url: str, patience: float) -> tuple[bytes, bytes]:
    """The bodies of /films and /people, asked for side by side.

    RefreshFailed unless both are there, whole, within `patience` seconds.
    """
    try:
        answers = ask([Question(url + path) for path in PATHS], patience)
    except TimeoutError:
        raise RefreshFailed(f"no whole answer within {patience:g} s") from None
    except NoAnswer as error:
        raise RefreshFailed(f"{error.url.removeprefix(url)}: {error}") from None
    films, people = (require_json(*pair) for pair in zip(PATHS, answers, strict=True))
    return films, people


def require_json(path: str, answer: Answer) -> bytes:
    """The body of a successful answer."""
    if answer.status != requests.codes.ok:
        raise RefreshFailed(f"{path}: answered {answer.status}", answer.body)
    if "json" not in answer.content_type:
        words = f"{path}: answered with {answer.content_type} instead of JSON"
        raise RefreshFailed(words, answer.body)
    return answer.body
