"""What the rows of an upload are classified as: matched to a film, unmatched, or a duplicate."""

from typing import Annotated

import msgspec
from msgspec import Meta

from movies.watched.found import Certainty, UnmatchedReason, Why


class Matched(msgspec.Struct, gc=False):
    """A film with the first row about it, and what all rows about it say."""

    file: str
    row: Annotated[
        int,
        Meta(description="As a spreadsheet numbers them: the header is row 1, blank lines count."),
    ]
    # A tuple, so that all films of the same countries can have the same one.
    country_codes: tuple[str, ...]
    co_production_codes: Annotated[
        tuple[str, ...],
        Meta(description="Countries that had a part in it and are not among `country_codes`."),
    ]
    name: str
    original_name: str
    year: int | None
    imdb_id: str | None
    id: Annotated[int, Meta(description="TMDB's number.")]
    personal_rating: Annotated[
        float | None,
        Meta(description="The newest own one, 1 to 10: Letterboxd's stars doubled."),
    ]
    rating: Annotated[
        float | None,
        Meta(description="TMDB's and IMDb's votes pooled, 1 to 10; null without a vote."),
    ]
    poster_url: Annotated[str | None, Meta(extra_json_schema={"format": "uri"})]
    seen: Annotated[
        bool, Meta(description="False for a wanted film: it is on lists only, and not rated.")
    ]
    watched_on: Annotated[
        str | None,
        Meta(
            description="The last day on which it was watched, where a file says that: a diary.",
            extra_json_schema={"format": "date"},
        ),
    ]
    rated_on: Annotated[
        str | None,
        Meta(
            description="The last day on which it was rated, or marked as seen, where a file says "
            "that.",
            extra_json_schema={"format": "date"},
        ),
    ]
    certainty: Annotated[
        Certainty,
        Meta(
            description="By an `id`; by a name and the `exact` year; or `near`: the year is one "
            "more or less, or there is none, and no other row has the film exactly. Of a site "
            "that has the film exactly, a row with another year is unmatched."
        ),
    ]
    why: Annotated[Why, Meta(description="By what it was found.")]
    matched_name: Annotated[
        str | None,
        Meta(description="The title of the film that the row has; null where an id was enough."),
    ]
    matched_language: Annotated[
        str | None,
        Meta(description="ISO 639-1, where that title is a translation; null otherwise."),
    ]
    row_year: Annotated[
        int | None, Meta(description="What the row says: another year where it is `near`.")
    ]


class Candidate(msgspec.Struct, gc=False):
    """A film that a row without one could be about."""

    id: Annotated[int, Meta(description="TMDB's number.")]
    imdb_id: str | None
    name: str
    original_name: str
    year: int | None
    country_codes: tuple[str, ...]
    co_production_codes: tuple[str, ...]
    rating: float | None
    votes: Annotated[int, Meta(description="TMDB's and IMDb's.")]
    poster_url: Annotated[str | None, Meta(extra_json_schema={"format": "uri"})]


class Unmatched(msgspec.Struct, gc=False):
    """A row without a film, with what the file says of it."""

    file: str
    row: int
    name: str | None
    year: int | None
    imdb_id: str | None
    title_type: str
    personal_rating: float | None
    seen: bool
    watched_on: Annotated[str | None, Meta(extra_json_schema={"format": "date"})]
    rated_on: Annotated[str | None, Meta(extra_json_schema={"format": "date"})]
    reason: UnmatchedReason
    candidates: Annotated[
        tuple[Candidate, ...],
        Meta(
            description="Up to five films that it could be, the likeliest first: of every row "
            "that was looked up and has a film's name and year, and of up to 1,000 others. "
            "`candidates_looked_up` says how many were."
        ),
    ]


class Duplicate(msgspec.Struct, gc=False):
    """A row about a film that an earlier row is about."""

    file: str
    row: int
    of_file: str
    of_row: Annotated[int, Meta(description="The row that it repeats, an earlier one.")]
    imdb_id: str | None


class Classification(msgspec.Struct):
    """All rows of an upload, each list in the order of the files."""

    matched: list[Matched] = []
    unmatched: list[Unmatched] = []
    duplicates: list[Duplicate] = []
    # How many of the unmatched rows have been looked up for candidates.
    looked_up: int = 0
