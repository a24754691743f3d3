"""The derived tables: made whole from the catalogue's facts, and swapped in for readers."""
