"""What imports write: films, the ledger of TMDB's ids, IMDb's ratings, failures."""
