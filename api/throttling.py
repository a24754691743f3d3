"""How often one address may ask the API, and upload to it."""

from movies.address_rate import AddressThrottle

__all__ = ["AddressThrottle", "UploadThrottle"]


class UploadThrottle(AddressThrottle):
    """API_UPLOAD_RATE uploads of an address: each is far more work than any other request."""

    setting = "API_UPLOAD_RATE"
    scope = "upload"
