"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

application = get_wsgi_application()

from settings.postgresql.site import limit_waits  # noqa: E402 - it wants the settings

limit_waits()
