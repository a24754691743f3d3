"""The catalogue's tables: facts as TMDB and IMDb give them, and what is derived from them.

Answers read the derived tables (`Standing`, `CountryTotal`, `Word`, `JoinedName`, `PersonWord`),
which are built whole and swapped in by `movies.derived`; a daily import does not rewrite them.
"""

from movies.models.availability import Availability, Provider
from movies.models.changes import ChangeSet, MovieChange
from movies.models.movie import Collection, ImdbRating, Movie
from movies.models.people import Credit, Person, PersonWord
from movies.models.ranking import (
    CURRENT_COLUMNS,
    ContinentTotal,
    CountryDirector,
    CountryFacet,
    CountryTotal,
    Lens,
    RankingState,
    Standing,
)
from movies.models.reference import (
    BY_NAME,
    FORMER_STATES,
    PART_OF_THE_WORLD,
    Country,
    CountryQuerySet,
    Genre,
    Language,
)
from movies.models.titles import JoinedName, Title, Word

__all__ = [
    "BY_NAME",
    "CURRENT_COLUMNS",
    "FORMER_STATES",
    "PART_OF_THE_WORLD",
    "Availability",
    "ChangeSet",
    "Collection",
    "ContinentTotal",
    "Country",
    "CountryDirector",
    "CountryFacet",
    "CountryQuerySet",
    "CountryTotal",
    "Credit",
    "Genre",
    "ImdbRating",
    "JoinedName",
    "Language",
    "Lens",
    "Movie",
    "MovieChange",
    "Person",
    "PersonWord",
    "Provider",
    "RankingState",
    "Standing",
    "Title",
    "Word",
]
