"""Summarises an upload: what its files are, and how many films of each country it has."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Annotated

import msgspec
from msgspec import Meta

from movies.models import Country, CountryTotal, Lens
from movies.watched.classified import Classification, Duplicate, Matched, Unmatched
from movies.watched.errors import UnreadFile
from movies.watched.rows import Export
from movies.watched.sources import Source


class WatchedFile(msgspec.Struct):
    """A file of the upload."""

    file: Annotated[
        str,
        Meta(
            description="Its name; of a zip, the names of the files in it that count, as in "
            "`letterboxd.zip/ratings.csv` where several files were sent."
        ),
    ]
    source: Source
    rows: int


class WatchedSummary(msgspec.Struct):
    """How many of everything there are."""

    rows: Annotated[int, Meta(description="Of all files: each is in one of the three lists.")]
    matched: Annotated[int, Meta(description="Films: the ones seen and the ones wanted.")]
    unmatched: int
    duplicates: int
    seen: int
    wanted: int
    countries: Annotated[int, Meta(description="How many of `countries_total` have one seen.")]
    countries_total: Annotated[
        int, Meta(description="The current countries that have a rated film in the catalogue.")
    ]
    former_states: Annotated[int, Meta(description="Former states with a film seen.")]


class Watched(msgspec.Struct):
    """All that is answered to an upload: what the API says, and what its schema says of it."""

    source: Annotated[
        str,
        Meta(
            description="What all files have in common: their source, or else the site (`imdb`, "
            "`letterboxd`, …), or else `mixed`."
        ),
    ]
    by: Lens
    files: list[WatchedFile]
    unread: Annotated[
        list[UnreadFile],
        Meta(description="The files that could not be read, each with the reason."),
    ]
    blank_rows: Annotated[
        dict[str, int],
        Meta(
            description="By file, how many rows are of nothing but delimiters; they are not among "
            "its `rows`."
        ),
    ]
    odd_values: Annotated[
        dict[str, int],
        Meta(
            description="By file, how many ratings and days cannot be read: their rows are taken "
            "without them."
        ),
    ]
    candidates_looked_up: Annotated[
        int,
        Meta(
            description="For how many of the first unmatched rows with a title films of their "
            "name have been looked for: as many as there is time for. An ambiguous row has its "
            "candidates without."
        ),
    ]
    not_needed: Annotated[
        list[UnreadFile],
        Meta(
            description="Files of a site's own archive that have nothing to add, each with the "
            "reason; of those of other archives `unread` tells."
        ),
    ]
    summary: WatchedSummary
    countries: Annotated[
        dict[str, int], Meta(description="Films seen, by country, most films first.")
    ]
    wanted_countries: Annotated[dict[str, int], Meta(description="Films wanted, by country.")]
    matched: list[Matched]
    unmatched: list[Unmatched]
    duplicates: list[Duplicate]


def summarise(
    exports: Sequence[Export],
    classified: Classification,
    by: Lens,
    unread: Sequence[UnreadFile] = (),
    not_needed: Sequence[UnreadFile] = (),
) -> Watched:
    """The classified rows with all that is counted of them."""
    seen = _count_by_country(movie for movie in classified.matched if movie.seen)
    wanted = _count_by_country(movie for movie in classified.matched if not movie.seen)
    return Watched(
        source=_common_source(exports),
        by=by,
        files=[WatchedFile(each.file, each.source, each.row_count) for each in exports],
        blank_rows={each.file: each.blank_rows for each in exports if each.blank_rows},
        odd_values={each.file: each.odd_values for each in exports if each.odd_values},
        candidates_looked_up=classified.looked_up,
        unread=list(unread),
        not_needed=list(not_needed),
        summary=_summary(exports, classified, seen.keys(), by),
        countries=dict(seen.most_common()),
        wanted_countries=dict(wanted.most_common()),
        matched=classified.matched,
        unmatched=classified.unmatched,
        duplicates=classified.duplicates,
    )


def _summary(
    exports: Sequence[Export], classified: Classification, seen_countries: Set[str], by: Lens
) -> WatchedSummary:
    former = set(Country.objects.filter(is_current=False).values_list("code", flat=True))
    rated = set(CountryTotal.objects.filter(by=by, rated__gt=0).values_list("country", flat=True))
    rated -= former
    seen = sum(movie.seen for movie in classified.matched)
    return WatchedSummary(
        rows=sum(export.row_count for export in exports),
        matched=len(classified.matched),
        unmatched=len(classified.unmatched),
        duplicates=len(classified.duplicates),
        seen=seen,
        wanted=len(classified.matched) - seen,
        countries=len(rated & seen_countries),
        countries_total=len(rated),
        former_states=len(former & seen_countries),
    )


def _common_source(exports: Sequence[Export]) -> str:
    """What all files have in common: the source, or the site, or nothing."""
    sources = {export.source for export in exports}
    sites = {source.site for source in sources}
    if len(sources) == 1:
        return sources.pop().value
    return sites.pop() if len(sites) == 1 else "mixed"


def _count_by_country(movies: Iterable[Matched]) -> Counter[str]:
    return Counter(code for movie in movies for code in movie.country_codes)
