"""The sandbox's own catalogue: facts about real films, read from films.tsv and titles.tsv."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from msgspec import Meta, Struct, ValidationError, convert

from tools.sandbox import reference
from tools.sandbox.payloads import Payload, film_payload

FILMS = Path(__file__).with_name("films.tsv")
TITLES = Path(__file__).with_name("titles.tsv")

COUNTRIES = {
    country["iso_3166_1"]: {"iso_3166_1": country["iso_3166_1"], "name": country["english_name"]}
    for country in reference.countries()
}
LANGUAGES = {language["iso_639_1"]: language for language in reference.languages()}
GENRES = {genre["id"]: genre for genre in reference.genres()}

Text = Annotated[str, Meta(min_length=1)]
Positive = Annotated[int, Meta(ge=1)]
Rating = Annotated[float, Meta(gt=0, le=10)]
ImdbId = Annotated[str, Meta(pattern=r"^tt\d{7,}$")]
Row = TypeVar("Row", bound=Struct)


class Film(Struct):
    """A line of films.tsv; ratings and votes are rounded, they are of no particular day."""

    tmdb_id: Positive
    imdb_id: ImdbId | None
    title: Text
    original_title: Text
    release_date: date | None
    runtime: Positive | None
    origin_countries: list[str]
    production_countries: list[str]
    genres: list[int]
    spoken_languages: list[str]
    tmdb_rating: Rating | None
    tmdb_votes: Positive | None
    imdb_rating: Rating | None
    imdb_votes: Positive | None
    original_language: Text


class AlternativeTitle(Struct):
    """A line of titles.tsv: what a film is called in a country, by which kind of title."""

    tmdb_id: Positive
    country: Text
    title: Text
    type: str = ""


LISTS = {"origin_countries", "production_countries", "genres", "spoken_languages"}
# Empty where there is none; other empty fields are null.
TEXTS = {"type", "tagline", "directors", "cast"}


def load_films(films: Path = FILMS, titles: Path = TITLES) -> list[Payload]:
    """Every film as TMDB would send it, in the order of the file.

    ValueError names file and line of what is malformed, twice there or not known: a country,
    language or genre that is not in TMDB's lists, a title of a film that is not in `films`.
    """
    payloads: dict[int, Payload] = {}
    for place, film in read_rows(films, Film):
        if film.tmdb_id in payloads:
            raise ValueError(f"{place}: film {film.tmdb_id} is there already")
        payloads[film.tmdb_id] = _payload(film, place)
    for place, title in read_rows(titles, AlternativeTitle):
        if title.tmdb_id not in payloads:
            raise ValueError(f"{place}: there is no film {title.tmdb_id}")
        payloads[title.tmdb_id]["alternative_titles"]["titles"].append(_title(title, place))
    return list(payloads.values())


def load_imdb_ratings(films: Path = FILMS) -> list[tuple[str, float, int]]:
    """IMDb's id, rating and votes of the films that IMDb's users voted for; errors as above."""
    return [
        (film.imdb_id, film.imdb_rating, film.imdb_votes)
        for _, film in read_rows(films, Film)
        if film.imdb_id and film.imdb_rating and film.imdb_votes
    ]


def _payload(film: Film, place: str) -> Payload:
    known(COUNTRIES, film.origin_countries, place)
    known(LANGUAGES, [film.original_language], place)
    votes = film.tmdb_votes or 0
    return film_payload(
        film.tmdb_id,
        film.title,
        imdb_id=film.imdb_id,
        original_title=film.original_title,
        original_language=film.original_language,
        origin_country=film.origin_countries,
        production_countries=known(COUNTRIES, film.production_countries, place),
        release_date=film.release_date.isoformat() if film.release_date else "",
        runtime=film.runtime or 0,
        genres=known(GENRES, film.genres, place),
        spoken_languages=known(LANGUAGES, film.spoken_languages, place),
        vote_average=film.tmdb_rating or 0.0,
        vote_count=votes,
        # TMDB's own moves daily; this one is of its size, and in the order of the votes.
        popularity=round(votes**0.3, 4),
    )


def _title(title: AlternativeTitle, place: str) -> dict[str, str]:
    known(COUNTRIES, [title.country], place)
    return {"iso_3166_1": title.country, "title": title.title, "type": title.type}


def known(
    listed: dict[Any, dict[str, Any]], codes: Iterable[int | str], place: str
) -> list[dict[str, Any]]:
    """TMDB's entry for each code; copies, as who is given a payload may change it."""
    try:
        return [dict(listed[code]) for code in codes]
    except KeyError as error:
        raise ValueError(f"{place}: {error} is not in TMDB's lists") from None


def read_rows(path: Path, kind: type[Row]) -> Iterator[tuple[str, Row]]:
    """Each line below the header, with its place for whoever has to complain about it."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            place = f"{path.name}, line {number}"
            values = line.removesuffix("\n").split("\t")
            if number > 1:
                yield place, _row(values, kind, place)
            elif values != list(kind.__struct_fields__):
                raise ValueError(f"{place}: the header should be {kind.__struct_fields__}")


def _row(values: list[str], kind: type[Row], place: str) -> Row:
    names = kind.__struct_fields__
    fewest = len(names) - len(kind.__struct_defaults__)
    if not fewest <= len(values) <= len(names):
        raise ValueError(f"{place}: {len(values)} fields instead of {len(names)}")
    try:
        fields = {name: _field(name, value) for name, value in zip(names, values, strict=False)}
        return convert(fields, kind, strict=False)
    except ValidationError as error:
        raise ValueError(f"{place}: {error}") from None


def _field(name: str, value: str) -> str | list[str] | None:
    if name in LISTS:
        return value.split(",") if value else []
    return value if value or name in TEXTS else None
