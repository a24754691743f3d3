"""A film of which all is known, put into the tables by hand."""

import datetime

from django.utils import timezone

from movies import folding
from movies.availability import renew_availability
from movies.models import Collection, Country, Credit, Genre, Language, Movie, Person, Title

WHOLE, BARE = 7001, 7002
ASKED_AT = datetime.timedelta(hours=2)
PROVIDERS = {
    8: ("Kinostream", "/kinostream.jpg"),
    9: ("Filmhaus", None),
    10: ("Svensk Film", "/svenskfilm.jpg"),
}
OFFERS = [
    ("SE", "flatrate", [8, 10]),
    ("SE", "rent", [9]),
    ("DE", "buy", [9]),
    ("NO", "free", [10]),
]
OVERVIEW = "In a village at the end of a road two neighbours have not spoken for a generation."


def create_movie(movie_id: int, **changes: object) -> Movie:
    """A film as it was stored before its parts were asked for, and what is different."""
    facts = {
        "title": f"Film {movie_id}",
        "original_title": f"Film {movie_id}",
        "original_language": "en",
        "release_date": datetime.date(1999, 12, 31),
        "status": "Released",
        "popularity": 1.0,
        "tmdb_votes": 0,
        "origin_countries": ["GB"],
        "production_countries": ["GB"],
        "genre_ids": [],
        "spoken_languages": [],
    }
    return Movie.objects.create(id=movie_id, **(facts | changes))


def create_person(person_id: int, name: str, *, weight: int = 0, **changes: object) -> Person:
    return Person.objects.create(
        id=person_id,
        name=name,
        key=folding.key(name),
        words=folding.words(name),
        weight=weight,
        **changes,
    )


def create_title(movie: Movie, name: str, *, language: str | None = None) -> Title:
    return Title.objects.create(
        movie=movie,
        name=name,
        key=folding.key(name),
        words=folding.words(name),
        weight=20,
        year=movie.year,
        is_own=name in (movie.title, movie.original_title),
        language=language,
    )


def credit(movie: Movie, person: Person, position: int = 0, character: str | None = None) -> None:
    """As an actor who plays this, or without it as the director."""
    job = Credit.Job.DIRECTOR if character is None else Credit.Job.ACTOR
    Credit.objects.create(
        movie=movie, person=person, job=job, position=position, character=character or ""
    )


def create_whole_film() -> Movie:
    """Directed by two, played by two of whom one has no photo; to be watched in three regions."""
    for code, name, continent in (("IS", "Iceland", "Europe"), ("DK", "Denmark", "Europe")):
        Country.objects.get_or_create(
            code=code, defaults={"name": name, "continent": continent, "is_current": True}
        )
    Language.objects.get_or_create(code="is", defaults={"name": "Icelandic"})
    Genre.objects.get_or_create(id=18, defaults={"name": "Drama"})
    Collection.objects.create(id=501, name="The Village Collection")
    movie = create_movie(
        WHOLE,
        title="The Silent Neighbours",
        original_title="Þöglu nágrannarnir",
        original_language="is",
        imdb_id="tt7000001",
        release_date=datetime.date(2015, 8, 28),
        runtime=93,
        poster_path="/neighbours.jpg",
        backdrop_path="/valley.jpg",
        tmdb_rating=7.4,
        tmdb_votes=812,
        origin_countries=["IS"],
        production_countries=["IS", "DK"],
        home_countries=["IS"],
        company_countries=["IS", "IS", "DK"],
        genre_ids=[18],
        spoken_languages=["is"],
        overview=OVERVIEW,
        tagline="Forty winters without a word.",
        collection_id=501,
        trailer_site="YouTube",
        trailer_key="Ab_c-12",
    )
    for name, language in (
        (movie.title, None),
        (movie.original_title, None),
        ("Die stillen Nachbarn", "de"),
        ("Les Voisins silencieux", "fr"),
    ):
        create_title(movie, name, language=language)
    credit(movie, create_person(301, "Sigrún Jónsdóttir", weight=26, profile_path="/sigrun.jpg"))
    credit(movie, create_person(302, "Ólafur Þór", weight=26), 1)
    credit(movie, create_person(303, "Baltasar Örn", profile_path="/baltasar.jpg"), 0, "Gummi")
    credit(movie, create_person(304, "Halla Ask"), 1, "")
    renew_availability(WHOLE, OFFERS, PROVIDERS, timezone.now() - ASKED_AT)
    movie.refresh_from_db()
    return movie


def create_bare_film() -> Movie:
    """Fetched whole, and TMDB knows nothing of what its parts could say."""
    movie = create_movie(BARE, title="Nobody Knows", overview="", tagline="", home_countries=[])
    create_title(movie, movie.title)
    renew_availability(BARE, [], {}, timezone.now() - ASKED_AT)
    movie.refresh_from_db()
    return movie
