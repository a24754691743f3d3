"""Files of lines that TMDB and IMDb publish daily: downloaded, read, staged in PostgreSQL."""
