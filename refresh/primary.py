"""Where what readers refresh is written, on a site that reads from a replica."""

from django.db import connections


def use_primary() -> None:
    """What this request asks from here on goes to the primary: it is about to write, and what it
    has written is not on the replica yet."""
    if primary := getattr(connections["default"], "primary", None):
        connections["default"] = primary
