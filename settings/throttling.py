"""REST framework's throttles: how often one address may ask, and upload, in each process.

The whole API has AddressThrottle by the settings, uploads have theirs by their view, and the
search page, which is no view of REST framework's, has AddressThrottle by `pages.throttling`.
"""

import ipaddress
from typing import Any

from django.conf import settings
from django.core.cache import caches
from rest_framework.throttling import SimpleRateThrottle

# What one subscriber is given at the least, and so can have at once.
IPV6_PREFIX_LENGTH = 64


class AddressThrottle(SimpleRateThrottle):
    """API_RATE requests of an address; those of the search page count as the API's do."""

    # The setting with the rate; `600/minute`, or empty for no limit.
    rate_setting = "API_RATE"
    scope = "anon"

    def __init__(self) -> None:
        super().__init__()
        # A cache of its own: other entries must not push addresses out, nor the other way round.
        self.cache = caches["throttle"]

    def get_rate(self) -> str | None:
        return getattr(settings, self.rate_setting) or None

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"{self.scope}:{client_network(self.get_ident(request))}"


class UploadThrottle(AddressThrottle):
    """API_UPLOAD_RATE uploads of an address: each is far more work than any other request."""

    rate_setting = "API_UPLOAD_RATE"
    scope = "upload"


def client_network(address: str) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 one; what is neither stays as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found), IPV6_PREFIX_LENGTH), strict=False))
