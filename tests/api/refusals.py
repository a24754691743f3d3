"""What the API says when it refuses, in its one shape."""

from typing import Any


def errors(response: Any) -> list[dict[str, Any]]:
    """Each error with its code, its words and the parameter that is wrong."""
    assert response.headers["Content-Type"] == "application/json"
    return errors_in(response.json())


def errors_in(refused: Any) -> list[dict[str, Any]]:
    """Those of a body that has been read."""
    assert set(refused) == {"type", "errors"}
    assert all(set(error) == {"code", "detail", "attr"} for error in refused["errors"])
    assert all(error["code"] and error["detail"] for error in refused["errors"])
    return list(refused["errors"])


def wrong(response: Any) -> dict[str, list[str]]:
    """What is said of each parameter or field that is wrong."""
    return wrong_in(errors(response))


def wrong_in(found: list[dict[str, Any]]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for error in found:
        said.setdefault(error["attr"], []).append(error["detail"])
    return said


def code(response: Any) -> str:
    """Of the one error that there is."""
    [error] = errors(response)
    return str(error["code"])


def detail(response: Any) -> str:
    """The one sentence about the request as a whole."""
    [error] = errors(response)
    assert error["attr"] is None
    return str(error["detail"])
