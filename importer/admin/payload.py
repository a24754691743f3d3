"""What TMDB says of a film now, asked for by hand: one request, nothing of it is kept."""

from dataclasses import dataclass

from django.conf import settings

from importer.tmdb.details import PARTS
from importer.tmdb.redaction import redact_bytes
from importer.tmdb.source import credentials
from refresh.http import NoResponse, Request, get_all

TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True)
class Payload:
    """TMDB's response as it came, but for our key; a status of 0 where none came."""

    status: int
    body: bytes
    trouble: str = ""


def fetch_payload(movie_id: int) -> Payload:
    """The same that an import asks for."""
    params, headers = credentials(settings.TMDB_API_TOKEN, settings.TMDB_API_KEY)
    params = params | {"append_to_response": ",".join(PARTS)}
    request = Request(f"{settings.TMDB_API_URL}/movie/{movie_id}", params, headers)
    try:
        [response] = get_all([request], TIMEOUT_SECONDS)
    except TimeoutError:
        return Payload(0, b"", f"TMDB has not answered within {TIMEOUT_SECONDS:g} seconds.")
    except NoResponse as reason:
        return Payload(0, b"", f"TMDB: {reason}.")
    trouble = "" if response.status == 200 else f"TMDB answered {response.status}."
    return Payload(response.status, redact_bytes(response.body), trouble)
