"""The worlds that can be served: films in memory and a file of payloads; `synthetic` adds one."""

import gzip
import mmap
import tempfile
import zlib
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import msgspec

from tools.sandbox import reference
from tools.sandbox.listing import Listing, listed
from tools.sandbox.payloads import Payload, TitledMovie, export_line

Changes = dict[date, list[int | None]]
Rating = tuple[str, float, int]
# What answers of other years lack.
ABSENT = {"adult": False, "video": False, "popularity": 0.0}
IMDB_HEADER = b"tconst\taverageRating\tnumVotes\n"


class Source(Protocol):
    """A world of films; everything may change while it is served."""

    name: str
    changed: Changes
    """The movies that TMDB lists as changed, by day."""
    countries: list[dict[str, str]]
    languages: list[dict[str, str]]
    genres: list[dict[str, Any]]

    @property
    def edition(self) -> Hashable:
        """Equal editions give equal files; None: make the files anew each time."""

    def payload(self, movie_id: int) -> Payload | None: ...

    def part(self, movie_id: int, name: str) -> Payload | None:
        """A part that can be appended and that the payload does not hold itself."""

    def listing(self) -> Listing:
        """Who is to be found by /discover/movie."""

    def export_lines(self) -> Iterator[bytes]: ...

    def imdb_lines(self) -> Iterator[bytes]:
        """title.ratings.tsv, header first; a piece may hold many lines."""


class Reference:
    """The lists and changes that a source has unless it brings its own."""

    def __init__(self) -> None:
        self.changed: Changes = {}
        self.countries = reference.countries()
        self.languages = reference.languages()
        self.genres = reference.genres()

    def part(self, movie_id: int, name: str) -> Payload | None:
        """None: what a payload does not hold is not known."""
        return None


class Films(Reference):
    """Payloads in memory, by id in `films`; tests change them as they like."""

    edition = None

    def __init__(
        self,
        films: Iterable[Payload] = (),
        ratings: Iterable[Rating] = (),
        name: str = "films in memory",
    ) -> None:
        super().__init__()
        self.films = {film["id"]: film for film in films}
        self.ratings = list(ratings)
        self.name = f"{name}, {len(self.films):,} films"

    def payload(self, movie_id: int) -> Payload | None:
        return self.films.get(movie_id)

    def listing(self) -> Listing:
        return Listing(filter(None, map(listed, list(self.films.values()))))

    def export_lines(self) -> Iterator[bytes]:
        return map(export_line, list(self.films.values()))

    def imdb_lines(self) -> Iterator[bytes]:
        return rating_lines(list(self.ratings))


def own_catalogue(*, with_pictures: bool = False) -> Films:
    """The real films that come with the sandbox; with pictures, they have posters too, which only
    the sandbox has (`tools.sandbox.images`)."""
    from tools.sandbox import catalogue, catalogue_parts  # only who serves it reads its files

    films = catalogue.load_films()
    catalogue_parts.add_parts(films, with_pictures=with_pictures)
    return Films(films, catalogue.load_imdb_ratings(), "its own catalogue")


def rating_lines(ratings: Iterable[Rating]) -> Iterator[bytes]:
    yield IMDB_HEADER
    for imdb_id, rating, votes in ratings:
        yield f"{imdb_id}\t{rating}\t{votes}\n".encode()


class PayloadFile(Reference):
    """A gzip of TMDB payloads, one JSON object a line, with the lists that lie beside it.

    The text stays in an unnamed temporary file; in memory is only where each film starts.
    """

    def __init__(self, path: Path) -> None:
        """OSError when the file cannot be read, ValueError when it is not what it should be."""
        super().__init__()
        self._text = _unpacked(path)
        self._starts = _starts(self._text, path)
        self._imdb_path = max(path.parent.glob("imdb-title-ratings*.tsv.gz"), default=None)
        self._read_lists(path.parent)
        self.edition = (str(path), path.stat().st_mtime_ns)
        self.name = f"{path.name}, {len(self._starts):,} films"

    def payload(self, movie_id: int) -> Payload | None:
        start = self._starts.get(movie_id)
        return None if start is None else msgspec.json.decode(self._line_at(start))

    def listing(self) -> Listing:
        return self._listing

    @cached_property
    def _listing(self) -> Listing:
        return Listing(filter(None, map(listed, self._payloads())))

    def export_lines(self) -> Iterator[bytes]:
        return map(export_line, self._payloads())

    def _payloads(self) -> Iterator[Payload]:
        """What is listed and exported of each film, as today's answers would have it."""
        for start in self._starts.values():
            payload = ABSENT | msgspec.json.decode(self._line_at(start))
            # A string in answers of 2013.
            yield payload | {"popularity": float(payload["popularity"])}

    def imdb_lines(self) -> Iterator[bytes]:
        if self._imdb_path is None:
            yield IMDB_HEADER
            return
        with gzip.open(self._imdb_path) as lines:
            while piece := lines.read(1 << 18):
                yield piece

    def _line_at(self, start: int) -> bytes:
        return self._text[start : self._text.find(b"\n", start)]

    def _read_lists(self, folder: Path) -> None:
        self.countries = _list(folder / "tmdb-countries.json", self.countries)
        self.languages = _list(folder / "tmdb-languages.json", self.languages)
        genres = _list(folder / "tmdb-genres.json", {"genres": self.genres})
        self.genres = genres["genres"]


def _unpacked(path: Path) -> mmap.mmap:
    with tempfile.TemporaryFile() as unpacked:
        try:
            with gzip.open(path) as packed:
                while piece := packed.read(1 << 20):
                    unpacked.write(piece)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise ValueError(f"{path} is not a whole gzip file: {error}") from None
        unpacked.write(b"\n")
        unpacked.flush()
        return mmap.mmap(unpacked.fileno(), 0, access=mmap.ACCESS_READ)


def _starts(text: mmap.mmap, path: Path) -> dict[int, int]:
    """Where each film's line begins, by id, in the order of the file."""
    starts = {}
    decode = msgspec.json.Decoder(TitledMovie).decode
    start = 0
    for number, line in enumerate(iter(text.readline, b""), start=1):
        try:
            if not line.isspace():
                starts[decode(line).id] = start
        except msgspec.MsgspecError as error:
            raise ValueError(f"{path}, line {number}: not a movie's payload: {error}") from None
        start += len(line)
    if not starts:
        raise ValueError(f"{path} holds no movie")
    return starts


def _list(path: Path, otherwise: Any) -> Any:
    return msgspec.json.decode(path.read_bytes()) if path.exists() else otherwise
