"""Files of other sites, by the columns that they have: each small file is written here, with what
is to become of its rows by hand."""

import json
from typing import Any

import pytest

from movies.watched.sources import Source
from tests.movies.watched.conftest import Ask
from tests.movies.watched.test_files import zip_of

# Heat, Stalker and Parasite are in the catalogue: 949, 1398 and 496243.
TMDB = (
    "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,"
    "Date Rated\n"
)
MOVARY_WATCHED = "title,year,tmdbId,imdbId,watchedAt,comment\n"
YAMTRACK = (
    '"media_id","source","media_type","title","image","season_number","episode_number","score",'
    '"progress","status","start_date","end_date","notes","progress_changed"\n'
)

Rows = dict[int, tuple[Any, ...]]
FILES: dict[str, tuple[str, str, Source, Rows]] = {
    "TMDB's ratings": (
        "ratings.csv",
        TMDB
        + "949,tt0113277,movie,Heat,1995-12-15T00:00:00Z,,,7.9,8,2023-05-02T09:29:50Z\n"
        + "1398,,movie,Сталкер,1979-05-25T00:00:00Z,,,8.1,9.5,2023-05-03T09:29:50Z\n"
        # A series has the number of another film.
        + "670,tt0364569,tv,Another,2008-01-20T00:00:00Z,,,8.9,9,2023-05-02T13:22:44Z\n"
        + "12,tt7777777,tv,Friends S1E1,1994-09-22T00:00:00Z,1,1,6.9,8,2023-01-07T16:35:52Z\n",
        Source.TMDB_RATINGS,
        {2: (949, True, 8, None), 3: (1398, True, 9.5, None), 4: (670, True, 9, None),
         5: ("not_a_movie",)},
    ),
    "TMDB's watchlist": (
        "tmdb_export.csv",
        TMDB + "949,tt0113277,movie,Heat,1995-12-15T00:00:00Z,,,7.9,,2023-07-10T16:01:51Z\n",
        Source.TMDB_WATCHLIST,
        {2: (949, False, None, None)},
    ),
    "what Letterboxd imports": (
        "import.csv",
        ("imdbID,tmdbID,Title,Year,Rating10,WatchedDate\n"
        "tt0113277,,Heat,1995,7,2021-03-04\n"
        ",1398,Whatever,,,\n"
        ",,Parasite,2019,10,2020-02-30\n"
        ",,Parasite,twenty,10,\n"),
        Source.LETTERBOXD_IMPORT,
        {2: (949, True, 7, "2021-03-04"), 3: (1398, True, None, None), 4: (496243, True, 10, None),
         5: ("invalid_row",)},
    ),
    "what Letterboxd imports, with stars": (
        "import.csv",
        "Title,Year,tmdbID,Rating,WatchedDate\nHeat,1995,949,3.5,2021-03-04\n",
        Source.LETTERBOXD_IMPORT,
        {2: (949, True, 7, "2021-03-04")},
    ),
    "what Letterboxd imports, without ids": (
        "import.csv",
        "Title,Year,Rating,WatchedDate\nHeat,1995,3.5,2021-03-04\n",
        Source.LETTERBOXD_IMPORT,
        {2: (949, True, 7, "2021-03-04")},
    ),
    "a table with other sites' ratings, by name": (
        "mine.csv",
        "Title,Year,IMDb,TMDb,My Rating,Status\nHeat,1995,8,8.3,9,Kansas\n",
        Source.TABLE_RATINGS,
        {2: (949, True, 9, None)},
    ),
    "Movary's history": (
        "history.csv",
        MOVARY_WATCHED + 'Heat,1995,949,tt0113277,2021-03-04,"good, really"\n'
        "Stalker,1979,1398,tt0079944,,\n",
        Source.MOVARY_WATCHED,
        {2: (949, True, None, "2021-03-04"), 3: (1398, True, None, None)},
    ),
    "Movary's ratings": (
        "ratings.csv",
        "title,year,tmdbId,imdbId,userRating\nHeat,1995,949,tt0113277,8\n",
        Source.MOVARY_RATINGS,
        {2: (949, True, 8, None)},
    ),
    "Movary's watchlist": (
        "watchlist.csv",
        "title,tmdbId,imdbId,addedAt\nHeat,949,tt0113277,2021-03-04 10:11:12\n",
        Source.MOVARY_WATCHLIST,
        {2: (949, False, None, None)},
    ),
    "Yamtrack's": (
        "yamtrack.csv",
        YAMTRACK
        + '"949","tmdb","movie","Heat","","","","9.0","1","Completed","","2024-02-09","",""\n'
        + '"1398","tmdb","movie","Stalker","","","","","0","Planning","","","",""\n'
        + '"670","tmdb","tv","Friends","","","","8","24","In progress","2024-02-09","","",""\n'
        + '"670","tmdb","episode","Friends","","1","24","","","","","2024-02-09","",""\n'
        # MyAnimeList's number.
        + '"12","mal","anime","FLCL","","","","","2","Completed","","2024-02-09","",""\n'
        + '"7","manual","movie","Parasite","","","","","1","Completed","","2024-02-09","",""\n',
        Source.YAMTRACK_LIST,
        {2: (949, True, 9, "2024-02-09"), 3: (1398, False, None, None), 4: ("not_a_movie",),
         6: ("not_a_movie",), 7: (496243, True, None, "2024-02-09")},
    ),
    "Simkl's": (
        "simkl.csv",
        ("SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,Memo,TVDB,TMDB,IMDB\n"
        "1,Heat,movie,1995,completed,,2024-01-04,7,,,949,tt0113277\n"
        "2,Stalker,movie,1979,plantowatch,,,,,,1398,\n"
        "3,Friends,tv,1994,watching,S03E04,2024-06-20,9,,,670,\n"),
        Source.TABLE_RATINGS,
        {2: (949, True, 7, "2024-01-04"), 3: (1398, False, None, None), 4: ("not_a_movie",)},
    ),
    "any table with IMDb's ids": (
        "films.csv",
        "id;imdb_id;note\n1;tt0113277;x\n2;https://www.imdb.com/title/tt0079944/;y\n3;0364569;\n",
        Source.TABLE_LIST,
        {2: (949, False, None, None), 3: (1398, False, None, None), 4: (670, False, None, None)},
    ),
    "any table with TMDB's ids": (
        "films.csv",
        "tmdb_id\trating\n949.0\t8\n1398\t\n99999999\t3\nx\t3\n",
        Source.TABLE_RATINGS,
        {2: (949, True, 8, None), 3: (1398, True, None, None), 4: ("not_in_catalogue",),
         5: ("invalid_row",)},
    ),
    "a table with names and ratings that is not Letterboxd's": (
        "mine.csv",
        "Name,Year,Rating\nHeat,1995,4\nStalker,1979,8\nParasite,2019.0,10\n",
        Source.TABLE_RATINGS,
        {2: (949, True, 4, None), 3: (1398, True, 8, None), 4: (496243, True, 10, None)},
    ),
    "the same with Letterboxd's addresses": (
        "mine.csv",
        "Name,Year,Rating,Link\nHeat,1995,4,https://boxd.it/29\n",
        Source.LETTERBOXD_RATINGS,
        {2: (949, True, 8, None)},
    ),
    "the same with the name of Letterboxd's file": (
        "ratings (1).csv",
        "Name,Year,Rating\nHeat,1995,4\n",
        Source.LETTERBOXD_RATINGS,
        {2: (949, True, 8, None)},
    ),
    "lines that a spreadsheet has quoted whole": (
        "ratings.csv",
        ('"Const,Your Rating,Title,Title Type,Year"\n'
        '"tt0245429,9,""Spirited Away"",Movie,2001"\n'
        "tt0113277,8,Heat,Movie,1995\n"
        '"tt0079944,10,""Stalker, the film"",Movie,1979",,,,\n'
        '"tt0903747,10,""Breaking, bad"",TV Series,2008"\n'),
        Source.IMDB_RATINGS,
        {2: (129, True, 9, None), 3: (949, True, 8, None), 4: (1398, True, 10, None),
         5: ("not_a_movie",)},
    ),
    "lines of nothing but delimiters": (
        "ratings.csv",
        'Const,Your Rating,Title\n,,\ntt0113277,8,Heat\n , ,\n"","",""\n,,,,,,\n',
        Source.IMDB_RATINGS,
        {3: (949, True, 8, None)},
    ),
}  # fmt: skip


def outcomes(answer: Any) -> Rows:
    rows = {
        film["row"]: (film["id"], film["seen"], film["personal_rating"], film["watched_on"])
        for film in answer["matched"]
    }
    return rows | {row["row"]: (row["reason"],) for row in answer["unmatched"]}


@pytest.mark.parametrize("kind", FILES)
def test_the_rows_of(ask: Ask, kind: str) -> None:
    name, content, source, expected = FILES[kind]
    answer = ask(**{name: content})
    assert (answer["source"], outcomes(answer)) == (source, expected)


HEAT = {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "imdb": "tt0113277", "tmdb": 949}}
STALKER = {"title": "Stalker", "year": 1979, "ids": {"trakt": 2, "imdb": None, "tmdb": 1398}}
PARASITE = {"title": "Parasite", "year": 2019, "ids": {"trakt": 3, "imdb": "tt6751668"}}
NAMED_ONLY = {"title": "Oldboy", "year": 2003, "ids": {"trakt": 4}}
SHOW = {"title": "Friends", "year": 1994, "ids": {"tmdb": 670}}
TRAKT = {
    "watched-movies.json": [
        {"plays": 2, "last_watched_at": "2024-01-04T21:15:00.000Z", "movie": HEAT},
        {"plays": 1, "last_watched_at": "2023-11-20T18:00:00.000Z", "movie": NAMED_ONLY},
    ],
    "watched-shows.json": [{"plays": 1, "last_watched_at": "2024-06-20T20:00:00Z", "show": SHOW}],
    "watched-history-1.json": [
        {"type": "episode", "watched_at": "2024-06-18T20:00:00Z", "show": SHOW,
         "episode": {"season": 1, "number": 1}},
        {"type": "movie", "watched_at": "2022-01-04T21:15:00.000Z", "movie": HEAT},
    ],
    "ratings-movies.json": [
        {"rated_at": "2024-01-05T10:00:00Z", "rating": 7, "type": "movie", "movie": HEAT}
    ],
    "ratings-shows.json": [{"rating": 9, "type": "show", "show": SHOW}],
    "lists-watchlist.json": [
        {"type": "show", "show": SHOW}, {"type": "movie", "movie": STALKER}
    ],
    "lists-list-9-faves.json": [{"type": "movie", "movie": PARASITE}],
    "lists-lists.json": [{"name": "Faves", "ids": {"trakt": 9}}],
    "collection-movies.json": [{"collected_at": "2020-01-01T00:00:00Z", "movie": PARASITE}],
    "user-profile.json": {"username": "somebody"},
}  # fmt: skip


def trakt_zip(folder: str = "") -> bytes:
    return zip_of([(folder + name, json.dumps(part).encode()) for name, part in TRAKT.items()])


@pytest.mark.parametrize("folder", ["", "trakt-somebody/"])
def test_trakts_own_export_is_read_as_its_zip(ask: Ask, folder: str) -> None:
    answer = ask(trakt_zip=trakt_zip(folder))

    assert answer["source"] == "trakt"
    assert {each["file"]: (each["source"], each["rows"]) for each in answer["files"]} == {
        "watched-movies.json": ("trakt_watched", 2),
        "ratings-movies.json": ("trakt_ratings", 1),
        "lists-watchlist.json": ("trakt_watchlist", 1),
        "lists-list-9-faves.json": ("trakt_list", 1),
    }
    films = {film["id"]: film for film in answer["matched"]}
    said = ("seen", "personal_rating", "watched_on", "certainty", "row")
    assert {number: tuple(map(film.get, said)) for number, film in films.items()} == {
        949: (True, 7, "2024-01-04", "id", 1),
        670: (True, None, "2023-11-20", "exact", 2),
        1398: (False, None, None, "id", 2),
        496243: (False, None, None, "id", 1),
    }
    assert answer["unread"] == []


def test_its_files_can_come_by_themselves(ask: Ask) -> None:
    names = ["watched-history-1.json", "ratings-movies.json", "ratings-shows.json", "user.json"]
    files = {name: json.dumps(TRAKT.get(name, {})) for name in names}
    answer = ask(**files)

    [film] = answer["matched"]
    assert (film["id"], film["watched_on"], film["row"]) == (949, "2022-01-04", 2)
    assert [(each["file"], each["reason"]) for each in answer["unread"]] == [
        ("ratings-shows.json", "there is no film in it."),
        ("user.json", "it is no list of films as Trakt exports them."),
    ]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("checkins.csv", "Position,Const,Created\n1,tt0317248,2020-01-01\n"),
        ("my list.csv", "Position,Name,Year,URL\n1,City of God,2002,https://boxd.it/x\n"),
        ("films.csv", "tmdb_id\n598\n"),
    ],
)
@pytest.mark.parametrize("declared", [True, False])
def test_a_list_can_be_declared_seen(ask: Ask, name: str, header: str, declared: bool) -> None:
    answer = ask(lists_are_seen=declared, **{name: header})
    assert [film["seen"] for film in answer["matched"]] == [declared]
    assert answer["summary"]["seen"] == int(declared)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("WATCHLIST.csv", "Position,Const,Created\n1,tt0317248,2020-01-01\n"),
        ("watchlist.csv", "Date,Name,Year,Letterboxd URI\n,City of God,2002,https://boxd.it/x\n"),
        ("x.csv", f'{YAMTRACK}"598","tmdb","movie","","","","","","","Planning","","","",""\n'),
    ],
)
def test_a_film_that_is_only_wanted_cannot(ask: Ask, name: str, header: str) -> None:
    answer = ask(lists_are_seen=True, **{name: header})
    assert [film["seen"] for film in answer["matched"]] == [False]
