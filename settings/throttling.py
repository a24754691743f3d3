"""How often one address may ask the API and the search page, and upload, in each process."""

import ipaddress
from typing import Any

from django.conf import settings
from django.core.cache import caches
from rest_framework.throttling import SimpleRateThrottle

# What one subscriber is given at the least, and so can have at once.
IPV6_PREFIX = 64


class AddressThrottle(SimpleRateThrottle):
    """API_RATE requests of an address; a page's count as the API's do."""

    setting = "API_RATE"
    scope = "anon"

    def __init__(self) -> None:
        super().__init__()
        # Its own: what others keep must not push addresses out, nor the other way round.
        self.cache = caches["throttle"]

    def get_rate(self) -> str | None:
        return getattr(settings, self.setting) or None

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"{self.scope}:{network(self.get_ident(request))}"


class UploadThrottle(AddressThrottle):
    """API_UPLOAD_RATE uploads of an address: each is far more work than any other request."""

    setting = "API_UPLOAD_RATE"
    scope = "upload"


def network(address: str) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 one; what is neither stays as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found), IPV6_PREFIX), strict=False))
