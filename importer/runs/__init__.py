"""The runs of imports: one at a time, locked, watched, stopped, taken up again."""
