"""Reporting errors by Sentry's protocol: where they happened, and nothing of what was sent."""

from typing import Any

QUERY = "query_string"


def start_sentry(dsn: str, version: str) -> None:
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        release=version,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,  # these can be rows of somebody's file, or a key
        before_send=without_query,
    )


def without_query(event: Any, hint: Any) -> Any:
    """What stands behind the question mark can be private: it leaves no more than in the log."""
    request = event.get("request", {})
    request.pop(QUERY, None)
    request.pop("headers", None)
    return event
