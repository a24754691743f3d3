"""How often one address may upload; how often it may ask is in movies.address_rate."""

from movies.address_rate import AddressThrottle


class UploadThrottle(AddressThrottle):
    """API_UPLOAD_RATE uploads of an address: each is far more work than any other request."""

    setting = "API_UPLOAD_RATE"
    scope = "upload"
