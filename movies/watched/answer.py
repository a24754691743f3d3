"""What became of every row of an upload, and how many films of each country it has, as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from movies.models import Country, CountryTotal, Lens
from movies.watched.files import NamedFile, csv_files
from movies.watched.matching import CatalogueFilm, Reason
from movies.watched.placing import Place, Placed, Repeated, place
from movies.watched.rows import FilmList, film_lists

# Rows that are made to JSON at once.
AT_A_TIME = 1_000


class Matched(msgspec.Struct, gc=False):
    """A film with the row about it."""

    file: str
    row: int
    country_codes: list[str]
    name: str
    original_name: str
    year: int | None
    imdb_id: str | None
    id: int
    personal_rating: float | None
    rating: float | None
    poster_url: str | None
    seen: bool


class Unmatched(msgspec.Struct, gc=False):
    """A row without a film, with what the file says of it."""

    file: str
    row: int
    name: str | None
    year: int | None
    imdb_id: str | None
    title_type: str
    reason: Reason


class Duplicate(msgspec.Struct, gc=False):
    """A row about a film that an earlier row is about."""

    file: str
    row: int
    of_file: str
    of_row: int
    imdb_id: str | None


def watched(uploads: Iterable[NamedFile], by: Lens) -> Iterator[bytes]:
    """The answer's JSON in pieces: as a whole it can be larger than all else that it takes.

    Raises UploadRefused, before there is any piece. The uploads are let go of once they are read.
    """
    lists = film_lists(csv_files(uploads))
    placed = place(lists, by)
    # Made here and not in the generator: what fails there does so when 200 has been said.
    return _json(msgspec.json.encode(_head(lists, placed, by)), placed)


def _json(head: bytes, placed: Placed) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    yield head[:-1]
    for name, entries in (
        ("matched", (_matched(*each) for each in placed.matched)),
        ("unmatched", (_unmatched(*each) for each in placed.unmatched)),
        ("duplicates", (_duplicate(*each) for each in placed.repeated)),
    ):
        yield f',"{name}":['.encode()
        yield from _joined(encoder, entries)
        yield b"]"
    yield b"}"


def _joined(encoder: msgspec.json.Encoder, entries: Iterable[msgspec.Struct]) -> Iterator[bytes]:
    """A list's JSON without its brackets."""
    waiting, separator = iter(entries), b""
    while some := list(islice(waiting, AT_A_TIME)):
        yield separator + encoder.encode(some)[1:-1]
        separator = b","


def _head(lists: Sequence[FilmList], placed: Placed, by: Lens) -> dict[str, Any]:
    """The answer but for its three lists."""
    seen, wanted = _by_country(placed, seen=True), _by_country(placed, seen=False)
    former = set(Country.objects.filter(is_current=False).values_list("code", flat=True))
    rated = set(CountryTotal.objects.filter(by=by, rated__gt=0).values_list("country", flat=True))
    rated -= former
    seen_films = sum(first.seen for first, _ in placed.matched)
    return {
        "source": _source(lists),
        "by": by.value,
        "files": [
            {"file": each.file, "source": each.source, "rows": len(each.rows)} for each in lists
        ],
        "summary": {
            "rows": sum(len(each.rows) for each in lists),
            "matched": len(placed.matched),
            "unmatched": len(placed.unmatched),
            "duplicates": len(placed.repeated),
            "seen": seen_films,
            "wanted": len(placed.matched) - seen_films,
            "countries": len(rated & seen.keys()),
            "countries_total": len(rated),
            "former_states": len(former & seen.keys()),
        },
        "countries": dict(seen.most_common()),
        "wanted_countries": dict(wanted.most_common()),
    }


def _source(lists: Sequence[FilmList]) -> str:
    """What all files have in common: the source, or the site, or nothing."""
    sources = {each.source for each in lists}
    sites = {source.site for source in sources}
    if len(sources) == 1:
        return sources.pop().value
    return sites.pop() if len(sites) == 1 else "mixed"


def _by_country(placed: Placed, *, seen: bool) -> Counter[str]:
    return Counter(
        code
        for first, film in placed.matched
        if first.seen == seen
        for code in film.country_codes.split()
    )


def _matched(first: Place, film: CatalogueFilm) -> Matched:
    return Matched(
        file=first.file,
        row=first.row.number,
        country_codes=film.country_codes.split(),
        name=film.name,
        original_name=film.original_name or film.name,
        year=film.year,
        imdb_id=film.imdb_id,
        id=film.id,
        personal_rating=first.rating,
        rating=film.rating,
        poster_url=film.poster_url,
        seen=first.seen,
    )


def _unmatched(first: Place, reason: Reason) -> Unmatched:
    row = first.row
    return Unmatched(
        file=first.file,
        row=row.number,
        name=row.name,
        year=row.year,
        imdb_id=row.imdb_id,
        title_type=row.title_type,
        reason=reason,
    )


def _duplicate(repeated: Repeated, imdb_id: str | None) -> Duplicate:
    return Duplicate(
        file=repeated.file,
        row=repeated.row.number,
        of_file=repeated.first.file,
        of_row=repeated.first.row.number,
        imdb_id=imdb_id,
    )
