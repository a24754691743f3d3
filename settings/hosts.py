"""Which host a request may be for: any of ALLOWED_HOSTS, and whichever a probe asks for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware


class HostMiddleware(CommonMiddleware):
    """Django's, but for those who watch over the service: they ask by the machine's address,
    which is none of ALLOWED_HOSTS, and what they are answered says nothing of it."""

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        if request.path_info in settings.PROBE_PATHS:
            return None
        return super().process_request(request)
