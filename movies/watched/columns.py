"""Finds the columns of a table by its header: of IMDb and Letterboxd in every form since 2012, of
TMDB, Movary and Yamtrack, and of any table with a film's id, or its title. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from movies.folding import fold
from movies.watched import column_names
from movies.watched.sources import Source

# As headers name them, in small letters without anything else between them.
IMDB_ID = ("const", "imdbid", "imdb", "tconst", "imdbconst", "imdburl")
TMDB_ID = ("tmdbid", "tmdb", "themoviedbid", "tmdbmovieid", "movietmdbid")
TITLE = ("title", "name", "primarytitle", "movietitle", "moviename", "filmtitle", "filmname",
         "movie", "film")  # fmt: skip
YEAR = ("year", "releaseyear", "releasedate", "released", "movieyear", "filmyear")
OWN_RATING = ("yourrating", "yourated", "rating10", "userrating", "myrating", "ownrating",
              "personalrating", "score")  # fmt: skip
TITLE_TYPE = ("titletype", "mediatype", "type")
WATCHED_ON = ("watcheddate", "watchedat", "watchedon", "lastwatchedat", "lastwatched",
              "datewatched", "watchdate", "enddate", "lastplayeddate", "lastviewedat",
              "seenwhen")  # fmt: skip
RATED_ON = ("daterated", "ratedat", "ratedon", "userratedat", "dateadded")
STATUS = ("status", "watchlist")
# Whether, or how often, a film was seen; iCheckMovies' is a day in older files.
SEEN = (
    "checked",
    "seen",
    "watched",
    "seenit",
    "played",
    "viewed",
    "viewcount",
    "playcount",
    "plays",
)
# What everybody thinks, with a rating beside it that is everybody's too.
VOTES = ("votes", "numvotes", "votecount", "weightedrating")
# MovieLens' own ratings are of five stars.
MOVIELENS = {"movieid", "imdbid", "tmdbid", "averagerating"}
PART_OF_SERIES = ("seasonnumber", "episodenumber", "season", "episode")

STARS = 5
# No table of films has more; a row can have 100,000.
MOST_COLUMNS = 1_000

# Letterboxd's own files by name; a browser numbers a second one.
LETTERBOXD_FILE = re.compile(
    r"letterboxd|(^|/)(ratings|watched|watchlist|diary|reviews)( ?\(\d+\))?\.csv( \(\d+\))?$"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The index of each column in a record, None for one that the file does not have."""

    source: Source
    title: int | None = None
    original_title: int | None = None
    year: int | None = None
    rating: int | None = None
    rated_on: int | None = None
    watched_on: int | None = None
    imdb_id: int | None = None
    tmdb_id: int | None = None
    # Which site's id it is.
    id_source: int | None = None
    title_type: int | None = None
    runtime: int | None = None
    directors: int | None = None
    part_of_series: int | None = None
    status: int | None = None
    # Whether it was seen: yes or no, how often, or when.
    seen: int | None = None
    uri: int | None = None
    # Whether ratings are of five stars.
    has_stars: bool = False
    # Whether it is the only one, and commas in a row are the title's.
    is_alone: bool = False
    # Whether each row is a film that was watched that day, with the rating of that day.
    is_diary: bool = False
    # What it is where the most of its films are not rated: IMDb wrote lists and ratings under the
    # same header until 2016, and TMDB does.
    unrated_source: Source | None = None


Indexes = Mapping[str, int]


def find_columns(
    header: Sequence[str], file_name: str, *, has_letterboxd_address: bool = False
) -> Columns | None:
    """The columns that a header names; None for a record that is no header.

    Only the file's name tells a watchlist of Letterboxd's.
    """
    header = header[:MOST_COLUMNS]
    indexes: dict[str, int] = {}
    for index, name in enumerate(header):
        indexes.setdefault(fold(name).replace(" ", ""), index)
        if "." in name or "/" in name:
            # `movie.ids.imdb`, `ProviderIds/Tmdb`: what programs make of an object in an object.
            indexes.setdefault(fold(re.split(r"[./]", name)[-1]).replace(" ", ""), index)
    name = file_name.casefold()
    if "const" in indexes:
        return _imdb(indexes)
    if "mediaid" in indexes and "mediatype" in indexes:
        return _yamtrack(indexes)
    if _has_id(indexes) or _is_for_letterboxd(indexes):
        return _fill_by_words(_with_ids(indexes, name), header)
    if _first(indexes, TITLE) is not None and _first(indexes, YEAR) is not None:
        is_letterboxd = has_letterboxd_address or _is_letterboxd(indexes, name)
        if is_letterboxd:
            return _letterboxd(indexes, name)
        return _fill_by_words(_table(indexes, name), header)
    columns = _fill_by_words(_table(indexes, name), header)
    # A name can be anybody's, where no year is beside it.
    is_named = columns.title is not None and (columns.year is not None or "name" not in indexes)
    return columns if is_named and not any(map(column_names.is_datum, header)) else None


def _first(indexes: Indexes, names: Sequence[str]) -> int | None:
    return next((indexes[name] for name in names if name in indexes), None)


def _has_id(indexes: Indexes) -> bool:
    return _first(indexes, IMDB_ID) is not None or _first(indexes, TMDB_ID) is not None


def _is_for_letterboxd(indexes: Indexes) -> bool:
    """Whether it is what Letterboxd imports: what it exports itself has names and no titles."""
    own = {"rating10", "watcheddate", "letterboxduri"}
    has_film = "title" in indexes or _has_id(indexes)
    return has_film and bool(own & indexes.keys()) and "watchlist" not in indexes


def _imdb(indexes: Indexes) -> Columns:
    is_old = "yourated" in indexes
    is_list = "position" in indexes and not is_old
    rating = _first(indexes, ("yourrating", "yourated"))
    return Columns(
        source=Source.IMDB_LIST if is_list or rating is None else Source.IMDB_RATINGS,
        title=_first(indexes, ("title", "name")),
        original_title=indexes.get("originaltitle"),
        year=indexes.get("year"),
        rating=rating,
        rated_on=_first(indexes, ("daterated", "dateadded", "created") if is_old else RATED_ON),
        imdb_id=indexes["const"],
        title_type=indexes.get("titletype"),
        runtime=indexes.get("runtimemins"),
        directors=indexes.get("directors"),
        unrated_source=Source.IMDB_LIST if is_old else None,
    )


def _is_letterboxd(indexes: Indexes, file_name: str) -> bool:
    has_address = "letterboxduri" in indexes or {"position", "url"} <= indexes.keys()
    has_name = "name" in indexes and LETTERBOXD_FILE.search(file_name) is not None
    # Without a rating there is nothing to be wrong about: of any other table it would be the same.
    return has_address or has_name or ("name" in indexes and "rating" not in indexes)


def _letterboxd(indexes: Indexes, file_name: str) -> Columns:
    is_diary = "watcheddate" in indexes
    if "position" in indexes:
        source = Source.LETTERBOXD_LIST
    elif _is_watchlist(file_name):
        source = Source.LETTERBOXD_WATCHLIST
    elif "rating" in indexes:
        source = Source.LETTERBOXD_RATINGS
    else:
        source = Source.LETTERBOXD_WATCHED
    return Columns(
        source=source,
        title=_first(indexes, ("name", "title")),
        year=indexes.get("year"),
        rating=indexes.get("rating"),
        rated_on=_first(indexes, ("watcheddate", "date")),
        watched_on=indexes.get("watcheddate"),
        uri=_first(indexes, ("letterboxduri", "url")),
        has_stars=True,
        is_diary=is_diary,
    )


def _with_ids(indexes: Indexes, file_name: str) -> Columns:
    """TMDB's and Movary's tables, what Letterboxd imports, and any other with an id."""
    columns = _table(indexes, file_name)
    if {"tmdbid", "releasedate", "yourrating", "daterated"} <= indexes.keys():
        is_watchlist = _is_watchlist(file_name)
        source = Source.TMDB_WATCHLIST if is_watchlist else Source.TMDB_RATINGS
        return _as(columns, source, unrated_source=Source.TMDB_WATCHLIST)
    if _is_for_letterboxd(indexes):
        is_watchlist = _is_watchlist(file_name)
        source = Source.LETTERBOXD_WATCHLIST if is_watchlist else Source.LETTERBOXD_IMPORT
        stars = "rating" in indexes and "rating10" not in indexes
        return _as(columns, source, has_stars=stars)
    if {"tmdbid", "imdbid"} <= indexes.keys():
        for column, source in (
            ("watchedat", Source.MOVARY_WATCHED),
            ("userrating", Source.MOVARY_RATINGS),
            ("addedat", Source.MOVARY_WATCHLIST),
        ):
            if column in indexes:
                return _as(columns, source)
    return columns


def _as(columns: Columns, source: Source, **changes: object) -> Columns:
    values = {name: getattr(columns, name) for name in Columns.__dataclass_fields__}
    return Columns(**{**values, "source": source, **changes})


def _yamtrack(indexes: Indexes) -> Columns:
    columns = _table(indexes, "")
    values = {"tmdb_id": indexes["mediaid"], "id_source": indexes.get("source")}
    return _as(columns, Source.YAMTRACK_LIST, **values)


def _table(indexes: Indexes, file_name: str) -> Columns:
    """Any table: a rating in it is taken as it stands, of ten."""
    watched_on = _first(indexes, WATCHED_ON)
    is_of_all = _first(indexes, VOTES) is not None
    rating = _first(indexes, OWN_RATING if is_of_all else (*OWN_RATING, "rating"))
    if _is_watchlist(file_name):
        source = Source.TABLE_WATCHLIST
    elif rating is not None:
        source = Source.TABLE_RATINGS
    elif watched_on is not None:
        source = Source.TABLE_WATCHED
    else:
        source = Source.TABLE_LIST
    return Columns(
        source=source,
        title=_first(indexes, (*TITLE, "originaltitle")),
        original_title=indexes.get("originaltitle"),
        year=_first(indexes, YEAR),
        rating=rating,
        rated_on=_first(indexes, (*RATED_ON, *WATCHED_ON)),
        watched_on=watched_on,
        imdb_id=_first(indexes, IMDB_ID),
        tmdb_id=_first(indexes, TMDB_ID),
        title_type=_first(indexes, TITLE_TYPE),
        runtime=_first(indexes, ("runtimemins", "runtime")),
        part_of_series=_first(indexes, PART_OF_SERIES),
        status=_first(indexes, STATUS),
        seen=_first(indexes, SEEN),
        has_stars=indexes.keys() >= MOVIELENS,
    )


def _fill_by_words(columns: Columns, header: Sequence[str]) -> Columns:
    """With the columns that are missing yet, by the words of their names; of the sites' own tables
    all are known."""
    if columns.source.site != "table":
        return columns
    names = tuple(header)
    titles = [index for index, name in enumerate(names) if column_names.is_title(name)]
    own = [index for index in titles if not column_names.is_original(names[index])] or titles
    others = [index for index in titles if column_names.is_original(names[index])]
    french = column_names.is_french(names)
    is_of_all = any(fold(name).replace(" ", "") in VOTES for name in names)
    ratings = [
        index
        for index, name in enumerate(names)
        if column_names.is_rating(name, among_french=french)
        and not (is_of_all and fold(name) == "rating")
    ]
    if columns.title is None and own:
        columns = replace(columns, title=own[0])
    if columns.original_title is None and others and others[0] != columns.title:
        columns = replace(columns, original_title=others[0])
    if columns.year is None:
        columns = replace(columns, year=_first_of(names, column_names.is_year))
    if columns.rating is None and ratings:
        columns = replace(columns, rating=ratings[0])
    if columns.seen is None and columns.watched_on is None:
        seen = _first_of(names, column_names.is_watched)
        columns = replace(columns, seen=seen)
    if columns.watched_on is None:
        columns = replace(columns, watched_on=columns.seen)
    return _as_table(columns, names)


def _first_of(names: Sequence[str], is_so: Callable[[str], bool]) -> int | None:
    return next((index for index, name in enumerate(names) if is_so(name)), None)


def _as_table(columns: Columns, names: Sequence[str]) -> Columns:
    """What it is by the columns that were found, and what its ratings are out of."""
    has_stars = columns.has_stars
    if columns.rating is not None:
        name = names[columns.rating]
        scale = column_names.scale_of(name)
        has_stars |= scale == STARS or (scale is None and "stars" in name.casefold())
    source = columns.source
    if source == Source.TABLE_LIST and columns.rating is not None:
        source = Source.TABLE_RATINGS
    return replace(columns, source=source, has_stars=has_stars, is_alone=len(names) == 1)


def _is_watchlist(file_name: str) -> bool:
    """Of a file out of an archive its own name tells, and not the archive's."""
    return "watchlist" in file_name.rpartition("/")[2]
