"""Who asks: the visitor's address, by as many proxies as are trusted, and its network."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings

# What one subscriber is given at the least, and so can have at once.
IPV6_PREFIX_LENGTH = 64


def client_address(environ: Mapping[str, Any]) -> str:
    """The visitor's address: the rule of REST framework's throttles."""
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
    if settings.TRUSTED_PROXIES and forwarded:
        addresses = forwarded.split(",")
        return str(addresses[-min(settings.TRUSTED_PROXIES, len(addresses))].strip())
    return environ.get("REMOTE_ADDR") or "-"


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
