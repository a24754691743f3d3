"""What became of a row: the film that it is about, and how sure that is, or why there is none.
Pure."""

import sys
from enum import StrEnum

import msgspec


class UnmatchedReason(StrEnum):
    """Why a row has no film."""

    NOT_IN_CATALOGUE = "not_in_catalogue"
    NOT_A_MOVIE = "not_a_movie"
    AMBIGUOUS = "ambiguous"
    INVALID_ROW = "invalid_row"


class Certainty(StrEnum):
    """How sure it is that a row is about its film: by an id, by name and year, or by a name whose
    year is another or none."""

    ID = "id"
    EXACT = "exact"
    NEAR = "near"


class Why(StrEnum):
    """By what a row's film was found."""

    IMDB_ID = "imdb_id"
    TMDB_ID = "tmdb_id"
    # Its name and year, by which of the film's titles that is.
    TITLE = "title"
    ORIGINAL_TITLE = "original_title"
    ALTERNATIVE_TITLE = "alternative_title"
    TRANSLATED_TITLE = "translated_title"
    # Of several films of that name and year it is by far the best known.
    BEST_KNOWN = "best_known"
    # No film has the row's id of IMDb's, and this one, of that name and year, has none.
    NO_IMDB_ID = "no_imdb_id"
    NEIGHBOURING_YEAR = "neighbouring_year"
    # The row has no year, and no other film the name.
    NO_YEAR = "no_year"


class CatalogueMovie(msgspec.Struct, gc=False):
    """What an answer has of a film, as narrow as can be: there may be 100,000 of them."""

    id: int
    imdb_id: str | None
    title: str
    # None where it is the title itself.
    original_title: str | None
    year: int | None
    runtime: int | None
    poster_url: str | None
    # Separated by spaces; one string for all films with the same.
    country_codes: str
    # TMDB's and IMDb's votes pooled, 1 to 10; None without a vote.
    rating: float | None
    votes: int
    # Of all countries that it is from or that produced it, whatever the lens; likewise.
    part_codes: str = ""

    def __post_init__(self) -> None:
        self.country_codes = sys.intern(self.country_codes)
        self.part_codes = sys.intern(self.part_codes)


class Match(msgspec.Struct, gc=False, frozen=True):
    """The film that a row is about; the name by which it was found, None where that was an id,
    and the language that this is a translation into."""

    movie: CatalogueMovie
    certainty: Certainty
    why: Why
    name: str | None = None
    language: str | None = None


class NotFound(msgspec.Struct, gc=False):
    """No film, and why; the films that it could be, the likeliest first."""

    reason: UnmatchedReason
    candidates: tuple[CatalogueMovie, ...] = ()
    # Whether films of its name have been looked for.
    is_looked_up: bool = False


Found = Match | NotFound
