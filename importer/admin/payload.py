"""What TMDB says of a film now, asked for by hand: one request, nothing of it is kept."""

from dataclasses import dataclass

from django.conf import settings

from importer.tmdb.details import PARTS
from importer.tmdb.redaction import redact_bytes
from importer.tmdb.source import credentials
from refresh.http import NoAnswer, Question, ask

PATIENCE_SECONDS = 5.0


@dataclass(frozen=True)
class Payload:
    """TMDB's answer as it came, but for our key; a status of 0 where none came."""

    status: int
    body: bytes
    trouble: str = ""


def fetch_payload(movie_id: int) -> Payload:
    """The same that an import asks for."""
    params, headers = credentials(settings.TMDB_API_TOKEN, settings.TMDB_API_KEY)
    params = params | {"append_to_response": ",".join(PARTS)}
    question = Question(f"{settings.TMDB_API_URL}/movie/{movie_id}", params, headers)
    try:
        [answer] = ask([question], PATIENCE_SECONDS)
    except TimeoutError:
        return Payload(0, b"", f"TMDB has not answered within {PATIENCE_SECONDS:g} seconds.")
    except NoAnswer as reason:
        return Payload(0, b"", f"TMDB: {reason}.")
    trouble = "" if answer.status == 200 else f"TMDB answered {answer.status}."
    return Payload(answer.status, redact_bytes(answer.body), trouble)
