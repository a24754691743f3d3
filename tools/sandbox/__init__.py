"""A local server that speaks TMDB's and IMDb's HTTP, for running without a key and for tests."""
