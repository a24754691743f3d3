"""How logging in to /admin is limited, by django-axes: whose failures count together, and what
whoever is locked out is told."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from settings.client_address import client_address, client_network


def login_address(request: HttpRequest) -> str | None:
    """Whose failures count together: an address, or the first one of an IPv6 network; all of
    those who have none, as behind a socket of the file system."""
    address = client_network(client_address(request.META)).partition("/")[0]
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None


def describe_login(username: str | None, ip_address: str | None, *_: object) -> str:
    """Who tries, for the log: quoted, so that no name can begin a line of its own."""
    return f"{username!r} from {ip_address}"


def refuse_login(*_: object) -> HttpResponse:
    """The answer to whoever is locked out, before any password is looked at."""
    seconds = round(settings.AXES_COOLOFF_TIME.total_seconds())
    text = f"Too many logins have failed. Try again in {seconds // 60} minutes.\n"
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8", status=429)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer
