"""The kinds of files that are read, by the site that they come from. Pure."""

from enum import StrEnum


class Source(StrEnum):
    """What kind of file it is: the site, and what its films are to the person."""

    IMDB_RATINGS = "imdb_ratings"
    IMDB_LIST = "imdb_list"
    LETTERBOXD_RATINGS = "letterboxd_ratings"
    LETTERBOXD_WATCHED = "letterboxd_watched"
    LETTERBOXD_WATCHLIST = "letterboxd_watchlist"
    LETTERBOXD_LIST = "letterboxd_list"
    LETTERBOXD_IMPORT = "letterboxd_import"
    TMDB_RATINGS = "tmdb_ratings"
    TMDB_WATCHLIST = "tmdb_watchlist"
    TRAKT_RATINGS = "trakt_ratings"
    TRAKT_WATCHED = "trakt_watched"
    TRAKT_WATCHLIST = "trakt_watchlist"
    TRAKT_LIST = "trakt_list"
    MOVARY_RATINGS = "movary_ratings"
    MOVARY_WATCHED = "movary_watched"
    MOVARY_WATCHLIST = "movary_watchlist"
    YAMTRACK_LIST = "yamtrack_list"
    # Any other table.
    TABLE_RATINGS = "table_ratings"
    TABLE_WATCHED = "table_watched"
    TABLE_WATCHLIST = "table_watchlist"
    TABLE_LIST = "table_list"

    @property
    def site(self) -> str:
        """`imdb`, `letterboxd`, …"""
        return self.partition("_")[0]

    @property
    def is_seen(self) -> bool:
        """Whether its films are seen ones, those without a rating too."""
        return self.endswith(("_ratings", "_watched", "_import"))

    @property
    def is_list(self) -> bool:
        """Whether it can be of films seen or of others: only its owner knows."""
        return self.endswith("_list")
