"""Which host a request may be for: any of ALLOWED_HOSTS, and whichever a probe asks for."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware


class HostMiddleware(CommonMiddleware):
    """Django's, but for those who watch over the service: they ask by the machine's address,
    which is none of ALLOWED_HOSTS, and what they are answered says nothing of it."""

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        if request.path_info in settings.PROBE_PATHS:
            return None
        return super().process_request(request)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """A 304 has no length: Django would say 0, where it had to be that of the 200 (RFC 9110,
        8.6)."""
        measured = super().process_response(request, response)
        if measured.status_code == HTTPStatus.NOT_MODIFIED:
            del measured.headers["Content-Length"]
        return measured
