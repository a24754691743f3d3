"""TMDB's errors, in their shape."""

from tools.sandbox.wire import Response, json_response

# TMDB's codes with their HTTP status: https://developer.themoviedb.org/docs/errors
ERRORS = {
    3: (401, "Authentication failed: this key has no permission for this service."),
    5: (422, "The parameters are not valid."),
    6: (404, "The id is not valid."),
    7: (401, "Invalid API key: a valid key is needed."),
    9: (503, "The service is offline for now."),
    11: (500, "Something went wrong inside TMDB."),
    20: (422, "The range of dates may not be longer than 14 days."),
    22: (400, "Pages start at 1 and end at 500."),
    25: (429, "There have been more requests than are allowed."),
    27: (400, "More than 20 parts were to be appended."),
    34: (404, "There is no such resource."),
}


def error(code: int, **headers: str) -> Response:
    """An error in TMDB's shape."""
    status, message = ERRORS[code]
    content = {"success": False, "status_code": code, "status_message": message}
    return json_response(content, status, **headers)
