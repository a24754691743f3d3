"""Writes films into the catalogue, takes them out of it, and keeps the ledger and the failures
in step; the only writer of the catalogue's facts. Nothing here opens a transaction of its own
but to protect one film from another."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from importer import due
from importer.errors import ImportFailed, ItemFailed, SaveFailed
from importer.models import ImportFailure, ImportRun, TmdbMovie
from importer.parse import ParsedMovie
from importer.redaction import redact, redact_bytes
from movies import countries, folding, ranking
from movies.models import Country, Genre, Language, Movie, Title
from movies.weights import title_weights

# Columns of `movie` in the order of a film's fields; what is left are names for other tables.
MOVIE_FIELDS = [column.name for column in Movie._meta.concrete_fields]
# Columns of `title` that do not follow from the name.
TITLE_FACTS = ("name", "weight", "year", "is_own")
CHUNK = 1000


@dataclass
class Batch:
    """What came of asking TMDB for some films, to be saved together."""

    # Each film with the body that it was read from.
    movies: list[tuple[ParsedMovie, bytes]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    failures: list[tuple[int, ItemFailed]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.movies) + len(self.gone) + len(self.failures)


def save_batch(
    run: ImportRun, batch: Batch, now: datetime.datetime, most_popular: float
) -> tuple[int, int]:
    """Save it within the caller's transaction; how many of its films were saved, and failed."""
    saved, refused = save_movies([movie for movie, _ in batch.movies])
    bodies = {movie.id: body for movie, body in batch.movies}
    failures = batch.failures + [
        (movie_id, SaveFailed(message, dump=bodies[movie_id])) for movie_id, message in refused
    ]
    enter_success(saved, now, most_popular)
    if batch.gone:
        remove_movies(batch.gone)
        bury(batch.gone, now)
    settled = [movie.id for movie in saved] + batch.gone
    ImportFailure.objects.resolve_movies(settled)
    for movie_id, failure in failures:
        record_failure(run, ImportRun.Kind.MOVIES, failure, movie_id=movie_id)
    postpone([movie_id for movie_id, _ in failures], now)
    return len(saved), len(failures)


def save_movies(
    movies: Sequence[ParsedMovie],
) -> tuple[Sequence[ParsedMovie], list[tuple[int, str]]]:
    """The films that were saved, and those that PostgreSQL refused, with its words."""
    try:
        with transaction.atomic():
            write_movies(movies)
    except (DataError, IntegrityError) as error:
        if len(movies) == 1:
            return [], [(movies[0].id, str(error))]
    else:
        return movies, []
    saved: list[ParsedMovie] = []
    refused: list[tuple[int, str]] = []
    for movie in movies:
        good, bad = save_movies([movie])
        saved += good
        refused += bad
    return saved, refused


def write_movies(movies: Sequence[ParsedMovie]) -> None:
    if not movies:
        return
    add_unknown_codes(movies)
    Movie.objects.bulk_create(
        [Movie(**{name: getattr(movie, name) for name in MOVIE_FIELDS}) for movie in movies],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[name for name in MOVIE_FIELDS if name != "id"],
    )
    write_titles(movies)


def add_unknown_codes(movies: Sequence[ParsedMovie]) -> None:
    """A code that the reference lists do not have yet gets the name that the films give it."""
    origins = {code: code for movie in movies for code in movie.origin_countries}
    save_countries(origins | merged(movie.country_names for movie in movies), update=False)
    save_genres(merged(movie.genre_names for movie in movies), update=False)
    originals = {movie.original_language: "" for movie in movies if movie.original_language}
    save_languages(originals | merged(movie.language_names for movie in movies), update=False)


def merged(mappings: Iterable[dict]) -> dict:
    return {key: value for mapping in mappings for key, value in mapping.items()}


def save_countries(names: dict[str, str], *, update: bool) -> None:
    """Countries by code; with `update`, the names of known ones too."""
    rows = [
        Country(
            code=code,
            name=name or code,
            continent=countries.continent(code),
            is_current=not countries.successors(code),
            successors=countries.successors(code),
        )
        for code, name in names.items()
    ]
    upsert(Country, rows, update)


def save_genres(names: dict[int, str], *, update: bool) -> None:
    """Genres by TMDB's number; with `update`, the names of known ones too."""
    upsert(Genre, [Genre(id=number, name=name) for number, name in names.items()], update)


def save_languages(names: dict[str, str], *, update: bool) -> None:
    """Languages by code; with `update`, the names of known ones too."""
    rows = [Language(code=code, name=name or code) for code, name in names.items()]
    upsert(Language, rows, update)


def upsert(model: type[Country | Genre | Language], rows: list, update: bool) -> None:
    key = model._meta.pk.name
    columns = [column.name for column in model._meta.concrete_fields if column.name != key]
    if update:
        model.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=[key], update_fields=columns
        )
    else:
        model.objects.bulk_create(rows, ignore_conflicts=True)


def write_titles(movies: Sequence[ParsedMovie]) -> None:
    """Titles of the films that have others now; the rest of the rows stay untouched."""
    weights = title_weights([movie.id for movie in movies])
    wanted = {movie.id: named(movie, weights[movie.id]) for movie in movies}
    there = defaultdict(list)
    rows = Title.objects.filter(movie__in=list(wanted)).order_by("id")
    for movie_id, *facts in rows.values_list("movie_id", *TITLE_FACTS):
        there[movie_id].append(tuple(facts))
    changed = [movie_id for movie_id, titles in wanted.items() if titles != there[movie_id]]
    Title.objects.filter(movie__in=[movie_id for movie_id in changed if there[movie_id]]).delete()
    Title.objects.bulk_create(
        Title(
            movie_id=movie_id,
            name=name,
            key=folding.key(name),
            words=folding.words(name),
            weight=weight,
            year=year,
            is_own=is_own,
        )
        for movie_id in changed
        for name, weight, year, is_own in wanted[movie_id]
    )


def named(movie: ParsedMovie, weight: int) -> list[tuple[str, int, int | None, bool]]:
    """TITLE_FACTS of each of the film's names."""
    year = movie.release_date.year if movie.release_date else None
    own = (movie.title, movie.original_title)
    return [(name, weight, year, name in own) for name in movie.names]


def enter_success(
    movies: Sequence[ParsedMovie], now: datetime.datetime, most_popular: float
) -> None:
    """Note in the ledger that these films are fetched, alive, and when they are due again."""
    rows = [
        TmdbMovie(
            id=movie.id,
            popularity=movie.popularity,
            known_at=now,
            fetched_at=now,
            due_at=now
            + due.lifetime(
                movie.id, movie.popularity, movie.release_date, now.date(), most_popular
            ),
        )
        for movie in movies
    ]
    # An upsert only because it takes one statement: the popularity stays the export's.
    TmdbMovie.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["fetched_at", "due_at", "gone_at", "attempts"],
    )


def remove_movies(movie_ids: Sequence[int]) -> None:
    """Take films out of the catalogue and of every answer."""
    for start in range(0, len(movie_ids), CHUNK):
        some = list(movie_ids[start : start + CHUNK])
        ranking.withdraw(some)
        Title.objects.filter(movie__in=some).delete()
        Movie.objects.filter(id__in=some).delete()


def bury(movie_ids: list[int], now: datetime.datetime) -> None:
    """Tombstones for films that TMDB does not have."""
    TmdbMovie.objects.filter(id__in=movie_ids).update(gone_at=now, attempts=0)


def postpone(movie_ids: list[int], now: datetime.datetime) -> None:
    """Leave films that failed alone for the longer, the more often they have."""
    TmdbMovie.objects.filter(id__in=movie_ids).update(attempts=F("attempts") + 1)
    failed = list(TmdbMovie.objects.filter(id__in=movie_ids).only("attempts"))
    for movie in failed:
        movie.due_at = now + due.retry_delay(movie.attempts)
    TmdbMovie.objects.bulk_update(failed, ["due_at"])


def record_failure(
    run: ImportRun,
    kind: str,
    error: Exception,
    *,
    movie_id: int | None = None,
    line_number: int | None = None,
) -> None:
    """Keep what failed, or count it once more when it is open already."""
    known = error if isinstance(error, ImportFailed) else ImportFailed(str(error))
    facts = {
        "run": run,
        "error_type": type(error).__name__,
        # PostgreSQL's text takes no NUL, and TMDB's words may be anything.
        "message": redact(str(error)).replace("\0", "\\0"),
        "http_status": known.http_status,
        "tmdb_code": known.tmdb_code,
        "dump": None if known.dump is None else redact_bytes(known.dump),
    }
    again = ImportFailure.objects.unresolved().filter(
        kind=kind, movie_id=movie_id, line_number=line_number
    )
    now = datetime.datetime.now(datetime.UTC)
    if not again.update(attempts=F("attempts") + 1, last_at=now, **facts):
        ImportFailure.objects.create(
            kind=kind,
            movie_id=movie_id,
            line_number=line_number,
            first_at=now,
            last_at=now,
            **facts,
        )
