"""The workshop: what the service is tried, measured and developed with, and never needs."""
