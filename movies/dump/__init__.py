"""The catalogue's lists as files, for the operator's own analyses."""
