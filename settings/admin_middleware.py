"""What /admin alone needs, and no other address pays for: sessions, CSRF, who is logged in.

No answer elsewhere can so have a cookie, or differ by one.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware import csrf
from django.utils.deprecation import MiddlewareMixin

ADMIN = "/admin/"


class AdminOnly(MiddlewareMixin):
    """The first of a middleware's bases: other addresses go past it."""

    def __call__(self, request: HttpRequest) -> Any:
        if is_admin(request):
            return super().__call__(request)
        return self.get_response(request)


class SessionMiddleware(AdminOnly, sessions.SessionMiddleware):
    """Django's sessions, for /admin."""


class CsrfViewMiddleware(AdminOnly, csrf.CsrfViewMiddleware):
    """Django's protection of forms, for /admin."""

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        if not is_admin(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


class AuthenticationMiddleware(AdminOnly, auth.AuthenticationMiddleware):
    """Who is logged in, for /admin."""


class MessageMiddleware(AdminOnly, messages.MessageMiddleware):
    """What /admin says on its next page."""


def is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith(ADMIN)
