"""The endpoints of /api/v1/, one subject a module: its parameters, its answer, its view."""
