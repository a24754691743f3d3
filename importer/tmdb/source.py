"""Which TMDB is asked, and as whom: what an import has settled holds for that alone."""

import hashlib
import hmac

from django.conf import settings


def tmdb_source() -> str:
    """The same for the same address and key, which cannot be read from it."""
    asked = f"{settings.TMDB_API_URL} {settings.TMDB_API_TOKEN or settings.TMDB_API_KEY}"
    digest = hmac.new(settings.SECRET_KEY.encode(), asked.encode(), hashlib.sha256)
    return digest.hexdigest()[:16]


def credentials(token: str, key: str) -> tuple[dict[str, str], dict[str, str]]:
    """Params and headers of a request: a v4 token goes into a header, a v3 key has to be in the
    address."""
    if token:
        return {}, {"Authorization": f"Bearer {token}"}
    return ({"api_key": key} if key else {}), {}
