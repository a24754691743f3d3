"""What `manage.py check --deploy` says beside Django's own: settings that are no good for a site
that others can reach. gunicorn does not start with an error among them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 8
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
MAKE_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"  # noqa: S105


@register(Tags.security, deploy=True)
def check_secret_key(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_SECRET and len(set(key)) >= FEWEST_CHARACTERS:
        return []
    return [
        Error(
            f"SECRET_KEY can be guessed: it has to have {SHORTEST_SECRET} characters, "
            f"{FEWEST_CHARACTERS} different ones among them. Whoever knows it can log in to "
            "/admin without a password.",
            hint=f"Make one: {MAKE_SECRET}",
            id="operations.E001",
        )
    ]


@register(Tags.security, deploy=True)
def check_allowed_hosts(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "ALLOWED_HOSTS=* answers to any name, so that others can have pages of theirs "
            "answered by this site.",
            hint="Name the hosts of the site: ALLOWED_HOSTS=films.example,localhost",
            id="operations.E002",
        )
    ]


@register(Tags.security, deploy=True)
def check_https(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if settings.HTTPS_ONLY:
        if settings.TRUSTED_PROXIES:
            return []
        return [
            Error(
                "HTTPS_ONLY=1 wants a proxy that speaks https, and TRUSTED_PROXIES is 0: the "
                "site cannot tell who comes by https.",
                hint="TRUSTED_PROXIES=1 for one proxy that sets X-Forwarded-Proto",
                id="operations.E003",
            )
        ]
    public = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL_HOSTS]
    if not public:
        return []
    return [
        Warning(
            f"{', '.join(public)} can be reached by plain http: passwords of /admin can be read "
            "on their way.",
            hint="A proxy with https in front, TRUSTED_PROXIES=1 and HTTPS_ONLY=1",
            id="operations.W001",
        )
    ]
