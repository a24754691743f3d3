"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

application = get_wsgi_application()


def limit_waits() -> None:
    """What readers ask of PostgreSQL ends in a known time; imports have no such limit."""
    from django.conf import settings

    options = settings.DATABASES["default"].setdefault("OPTIONS", {})
    limits = {
        "statement_timeout": settings.WEB_STATEMENT_TIMEOUT,
        "lock_timeout": settings.WEB_LOCK_TIMEOUT,
    }
    words = [f"-c {name}={seconds * 1000:.0f}" for name, seconds in limits.items()]
    # What the address itself asks for comes last, and wins.
    options["options"] = " ".join([*words, options.get("options", "")]).strip()


limit_waits()
