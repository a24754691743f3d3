"""Proofs that an import has stored what it was given, whatever happened on the way.

They know the project from outside only: its commands, its tables, and the rules for TMDB's
payloads, which are read here a second time. Nothing of `importer` or `movies` is imported.
"""
