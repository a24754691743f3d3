"""Takes TMDB's key and token out of whatever is written down: messages, logs, dumps."""

from urllib.parse import quote

from django.conf import settings

REDACTED = "[redacted]"


def redact(text: str) -> str:
    """The text without the key, in either of the forms that an address may carry."""
    for secret in secrets():
        text = text.replace(secret, REDACTED)
    return text


def redact_bytes(body: bytes) -> bytes:
    """The same for what came over the wire."""
    for secret in secrets():
        body = body.replace(secret.encode(), REDACTED.encode())
    return body


def secrets() -> set[str]:
    given = [settings.TMDB_API_TOKEN, settings.TMDB_API_KEY]
    return {form for secret in given if secret for form in (secret, quote(secret, safe=""))}
