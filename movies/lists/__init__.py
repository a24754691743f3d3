"""The best films, as lists: of every country, and of one."""
