"""TMDB's API: asked at its rate, from several threads, and read. No model, no database."""
