"""How often one address may ask, within one process of the site."""

from django.conf import settings
from django.core.cache import caches
from rest_framework.throttling import AnonRateThrottle


class AddressThrottle(AnonRateThrottle):
    """API_RATE requests of an address."""

    setting = "API_RATE"

    def __init__(self) -> None:
        super().__init__()
        # Its own: what others keep must not push addresses out, nor the other way round.
        self.cache = caches["throttle"]

    def get_rate(self) -> str | None:
        return getattr(settings, self.setting) or None


class UploadThrottle(AddressThrottle):
    """API_UPLOAD_RATE uploads of an address: each is far more work than any other request."""

    setting = "API_UPLOAD_RATE"
    scope = "upload"
