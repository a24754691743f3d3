"""Answers to show in the API's description, shortened, of real films."""

from typing import Any

import msgspec
from drf_spectacular.utils import OpenApiExample

from movies.models import Lens
from movies.watched.classified import Candidate, Duplicate, Matched, Unmatched
from movies.watched.errors import UnreadFile
from movies.watched.found import Certainty, UnmatchedReason, Why
from movies.watched.sources import Source
from movies.watched.summary import Watched, WatchedFile, WatchedSummary

CITY_OF_GOD = {
    "rank": 1,
    "id": 598,
    "imdb_id": "tt0317248",
    "name": "City of God",
    "original_name": "Cidade de Deus",
    "year": 2002,
    "country_codes": ["BR"],
    "country_names": ["Brazil"],
    "co_production_codes": ["FR", "DE"],
    "rating": 8.584,
    "votes": 605_212,
    "weighted_rating": 8.4953,
    "few_votes": False,
    "poster_url": "https://image.tmdb.org/t/p/w500/k7eYdWvhYQyRQoU2TB2A2Xu2TfD.jpg",
}
MEIRELLES = {
    "id": 8_557,
    "name": "Fernando Meirelles",
    "profile_url": "https://image.tmdb.org/t/p/w185/xPcS0ZwMeMn9ySpF8OSzPVYDIhw.jpg",
}
WEIGHTING = {"m": 25_000.0, "c": 6.3, "min_votes": 50, "by": "home"}
UPDATED_AT = "2026-11-21T09:08:17.156117Z"
RUN = {
    "kind": "daily",
    "state": "succeeded",
    "step": "ranking",
    "unit": "tables",
    "done": 3,
    "total": 3,
    "rate": None,
    "seconds_left": None,
    "failed": 2,
    "created_at": "2026-11-21T08:00:12.010203Z",
    "started_at": "2026-11-21T08:00:12.512345Z",
    "heartbeat_at": "2026-11-21T08:19:44.156117Z",
    "progressed_at": "2026-11-21T08:19:43.987654Z",
    "finished_at": "2026-11-21T08:19:44.156117Z",
}


def ok(name: str, value: Any) -> OpenApiExample:
    """Of an answer with 200 OK."""
    return OpenApiExample(name, value, response_only=True, status_codes=["200"])


ADDRESSES = ok(
    "Some of them",
    {
        "best": "http://localhost:8000/api/v1/best/",
        "best-of-country": "http://localhost:8000/api/v1/best/{code}/",
        "schema": "http://localhost:8000/api/schema/",
    },
)
BEST = ok(
    "The best film of each country (limit=1)",
    {
        **WEIGHTING,
        "updated_at": UPDATED_AT,
        "countries": [
            {
                "country_code": "BR",
                "country_name": "Brazil",
                "total": 9_183,
                "movies": [CITY_OF_GOD],
            }
        ],
    },
)
# What lists of the best are in other formats, by media type.
OTHER_FORMATS = [
    OpenApiExample(
        name,
        text,
        media_type=media_type,
        response_only=True,
        status_codes=["200"],
    )
    for name, media_type, text in (
        (
            "format=csv",
            "text/csv",
            (
                "country_code,country_name,rank,id,imdb_id,name,original_name,year,"
                "country_codes,rating,votes,weighted_rating,few_votes,poster_url\r\n"
                "BR,Brazil,1,598,tt0317248,City of God,Cidade de Deus,2002,BR,"
                "8.584,605212,8.4953,False,\r\n"
            ),
        ),
        (
            "format=ndjson",
            "application/x-ndjson",
            '{"country_code":"BR","country_name":"Brazil","rank":1,"id":598}\n',
        ),
        (
            "format=rss",
            "application/rss+xml",
            "<rss><channel><item><title>City of God (2002)</title></item></channel></rss>",
        ),
    )
]
BEST_OF_COUNTRY = ok(
    "The second page of Brazil's films, a page of one",
    {
        **WEIGHTING,
        "country_code": "BR",
        "country_name": "Brazil",
        "count": 9_183,
        "next": "http://localhost:8000/api/v1/best/BR/?limit=1&page=2",
        "previous": None,
        "results": [CITY_OF_GOD],
    },
)
COUNTRY = ok(
    "A former state",
    {
        "code": "XC",
        "name": "Czechoslovakia",
        "continent": "Europe",
        "is_current": False,
        "successors": ["CZ", "SK"],
        "movies": 5_604,
        "rated": 2_811,
        "films_by_decade": {"1950": 612, "1960": 904, "1970": 1_021, "1980": 1_165},
        "neighbours": [],
        "home": {"movies": 5_604, "rated": 2_811},
    },
)
GENRE = ok("Drama", {"id": 18, "name": "Drama"})
FILM = ok(
    "City of God",
    {
        **{key: value for key, value in CITY_OF_GOD.items() if key != "rank"},
        "release_date": "2002-08-30",
        "status": "Released",
        "runtime": 129,
        "popularity": 21.4,
        "genres": [{"id": 18, "name": "Drama"}, {"id": 80, "name": "Crime"}],
        "original_language": {"code": "pt", "name": "Portuguese"},
        "spoken_languages": [{"code": "pt", "name": "Portuguese"}],
        "origin_countries": [{"code": "BR", "name": "Brazil"}],
        "production_countries": [
            {"code": "BR", "name": "Brazil"},
            {"code": "FR", "name": "France"},
        ],
        "titles": ["City of God", "Cidade de Deus", "La Cité de Dieu"],
        "translated_titles": [{"language": "fr", "title": "La Cité de Dieu"}],
        "overview": "Two boys of one poor quarter of Rio grow up: one to photograph its crimes, "
        "the other to commit them.",
        "tagline": "",
        "backdrop_url": "https://image.tmdb.org/t/p/w1280/k4BAPrE5WkNLvpsPsiMfu8W4Zyi.jpg",
        "trailer_url": "https://www.youtube.com/watch?v=dcUOO4Itgmw",
        "collection": None,
        "directors": [MEIRELLES],
        "cast": [
            {
                "id": 8_595,
                "name": "Alexandre Rodrigues",
                "profile_url": None,
                "character": "Buscapé",
            }
        ],
        "home_countries": [{"code": "BR", "name": "Brazil"}],
        "availability": {
            "SE": {
                "flatrate": [
                    {
                        "id": 8,
                        "name": "Netflix",
                        "logo_url": "https://image.tmdb.org/t/p/w92/pbpMk2JmcoNnQwx5JGpXngfoWtp.jpg",
                    }
                ]
            }
        },
        "availability_as_of": "2026-11-21T09:12:33.120512Z",
        "availability_source": "JustWatch",
        "tmdb_rating": 8.4,
        "tmdb_votes": 7_512,
        "imdb_rating": 8.6,
        "imdb_votes": 597_700,
        "links": {
            "tmdb": "https://www.themoviedb.org/movie/598",
            "imdb": "https://www.imdb.com/title/tt0317248/",
        },
    },
)
FILMS = ok(
    "ids=598,tt9999999",
    {
        "results": [{key: value for key, value in CITY_OF_GOD.items() if key != "rank"}],
        "unknown": ["tt9999999"],
        "not_fetched": [],
        "gone": [],
    },
)
CHANGES = ok(
    "One film has changed, another has left",
    {
        "results": [
            {
                "id": 598,
                "change": "changed",
                "at": UPDATED_AT,
                "film": {
                    "id": 598,
                    "imdb_id": "tt0317248",
                    "name": "City of God",
                    "original_name": "Cidade de Deus",
                    "original_language": "pt",
                    "release_date": "2002-08-30",
                    "status": "Released",
                    "runtime": 129,
                    "genres": [18, 80],
                    "spoken_languages": ["pt"],
                    "home_countries": ["BR"],
                    "origin_countries": ["BR"],
                    "production_countries": ["BR", "FR"],
                    "tmdb_rating": 8.4,
                    "tmdb_votes": 7_512,
                    "poster_url": CITY_OF_GOD["poster_url"],
                },
            },
            {"id": 603_111, "change": "left", "at": UPDATED_AT, "film": None},
        ],
        "cursor": "1041-603111-5d0a3be7c91f2284",
        "next": None,
    },
)
PEOPLE = ok(
    "name=meirel",
    {
        "next": None,
        "previous": None,
        "results": [
            {**MEIRELLES, "known_for": {"id": 598, "name": "City of God", "year": 2002}},
        ],
    },
)
PERSON = ok(
    "A director",
    {
        **MEIRELLES,
        "tmdb_url": "https://www.themoviedb.org/person/8557",
        "directed": [
            {
                "country_code": "BR",
                "country_name": "Brazil",
                "movies": [
                    {key: value for key, value in CITY_OF_GOD.items() if key != "rank"}
                    | {"character": ""}
                ],
            }
        ],
        "acted": [],
    },
)
GHIBLI = ok(
    "A film of Studio Ghibli's",
    {
        "fetched_at": "2026-11-21T10:01:42.120512Z",
        "fresh": True,
        "movies": [
            {
                "id": "2baf70d1-42bb-4437-b551-e5fed5a87abe",
                "title": "Castle in the Sky",
                "original_title": "天空の城ラピュタ",
                "release_year": 1986,
                "director": "Hayao Miyazaki",
                "people": [{"id": "40c005ce-3725-4f15-8409-3e1b1b14b583", "name": "Muska"}],
            }
        ],
    },
)
STATUS = ok(
    "A whole catalogue, at rest",
    {
        "known": 1_238_234,
        "fetched": 1_238_109,
        "due": 125,
        "gone": 412,
        "oldest_days": 160,
        "open_failures": 2,
        "running": None,
        "last_runs": {"daily": RUN},
    },
)
WATCHED = ok(
    "A zip of Letterboxd's",
    msgspec.to_builtins(
        Watched(
            source="letterboxd",
            by=Lens.HOME,
            files=[
                WatchedFile(file="ratings.csv", source=Source.LETTERBOXD_RATINGS, rows=1),
                WatchedFile(file="watched.csv", source=Source.LETTERBOXD_WATCHED, rows=2),
            ],
            unread=[UnreadFile(file="notes.csv", reason="row 1: there is no header of an …")],
            blank_rows={"watched.csv": 2},
            odd_values={},
            candidates_looked_up=1,
            not_needed=[
                UnreadFile(file="likes/films.csv", reason="its films are in watched.csv …")
            ],
            summary=WatchedSummary(
                rows=3,
                matched=1,
                unmatched=1,
                duplicates=1,
                seen=1,
                wanted=0,
                countries=1,
                countries_total=187,
                former_states=0,
            ),
            countries={"BR": 1},
            wanted_countries={},
            matched=[
                Matched(
                    file="ratings.csv",
                    row=2,
                    country_codes=("BR",),
                    co_production_codes=("FR", "DE"),
                    name="City of God",
                    original_name="Cidade de Deus",
                    year=2002,
                    imdb_id="tt0317248",
                    id=598,
                    personal_rating=9,
                    rating=8.584,
                    poster_url=f"{CITY_OF_GOD['poster_url']}",
                    seen=True,
                    watched_on=None,
                    rated_on="2024-01-02",
                    certainty=Certainty.NEAR,
                    why=Why.NEIGHBOURING_YEAR,
                    matched_name="City of God",
                    matched_language=None,
                    row_year=2003,
                )
            ],
            unmatched=[
                Unmatched(
                    file="watched.csv",
                    row=3,
                    name="A Film by a Friend",
                    year=2019,
                    imdb_id=None,
                    title_type="",
                    personal_rating=None,
                    seen=True,
                    watched_on=None,
                    rated_on="2024-01-03",
                    reason=UnmatchedReason.NOT_IN_CATALOGUE,
                    candidates=(
                        Candidate(
                            id=598_001,
                            imdb_id=None,
                            name="A Film by a Friend",
                            original_name="Um filme de um amigo",
                            year=2014,
                            country_codes=("BR",),
                            co_production_codes=(),
                            rating=6.5,
                            votes=12,
                            poster_url=None,
                        ),
                    ),
                )
            ],
            duplicates=[
                Duplicate(
                    file="watched.csv",
                    row=2,
                    of_file="ratings.csv",
                    of_row=2,
                    imdb_id="tt0317248",
                )
            ],
        )
    ),
)
