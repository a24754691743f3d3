"""The people of films: found by name, and shown with their films."""
