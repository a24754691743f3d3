"""Django's backend for PostgreSQL, of the versions that the service works with."""
