"""A small world of films for the tests of the pages: one country for each thing they show."""

from typing import Any

from tests.films import film
from tools.sandbox.payloads import Payload
from tools.sandbox.sources import Films

MARKUP = "<script>alert(1)</script>"
ENTITIES = "&lt;b&gt;Bold&amp;"
ANIMATION, DRAMA = 16, 18


# A director and an actor, by TMDB's numbers.
CREDITS = {
    "cast": [{"id": 52, "name": "Ingvar Sigurdsson", "character": "Kolbeinn", "order": 0}],
    "crew": [{"id": 51, "name": "Benedikt Erlingsson", "job": "Director"}],
}


def made_in(code: str, name: str, **changes: Any) -> dict[str, Any]:
    return {
        "origin_country": [code],
        "production_countries": [{"iso_3166_1": code, "name": name}],
    } | changes


def japanese(number: int) -> Payload:
    """The lower its number the better; the first five are of 1954 and animated."""
    is_old = number <= 5
    return film(
        100 + number,
        title=f"Tokyo {number}",
        original_title=f"東京{number}",
        original_language="ja",
        vote_average=9.5 - number / 10,
        vote_count=50_000,
        release_date="1954-04-26" if is_old else "2003-11-08",
        genres=[{"id": ANIMATION if is_old else DRAMA, "name": "-"}],
        **made_in("JP", "Japan"),
    )


def sample_films() -> Films:
    """Japan has 25 films, Iceland one with Finnish money, Sweden one that nobody knows, Luxembourg
    a short, the Soviet Union four, Malta two with markup in their names."""
    return Films(
        [
            *map(japanese, range(1, 26)),
            film(
                201,
                title="Of Horses and Men",
                original_title="Hross í oss",
                overview="Horses carry their riders where these would rather not go.",
                original_language="is",
                release_date="2013-08-30",
                runtime=81,
                vote_average=6.9,
                vote_count=92,
                alternative_titles={"titles": [{"iso_3166_1": "DE", "title": "Von Menschen"}]},
                credits=CREDITS,
                origin_country=["IS"],
                production_countries=[
                    {"iso_3166_1": "FI", "name": "Finland"},
                    {"iso_3166_1": "IS", "name": "Iceland"},
                ],
            ),
            film(
                301,
                title="Nobody Knows It",
                imdb_id=None,
                release_date="",
                runtime=None,
                poster_path=None,
                vote_average=0,
                vote_count=0,
                **made_in("SE", "Sweden"),
            ),
            film(401, title="Twelve Minutes", runtime=12, **made_in("LU", "Luxembourg")),
            *(
                film(500 + number, title=f"Stalker {number}", **made_in("SU", "Soviet Union"))
                for number in range(1, 5)
            ),
            film(601, title=MARKUP, original_title=ENTITIES, **made_in("MT", "Malta")),
            film(
                602,
                title=ENTITIES,
                original_title=f'"><img src=x onerror="{MARKUP}">',
                poster_path=None,
                **made_in("MT", "Malta"),
            ),
        ],
        ratings=[("tt0000201", 7.1, 1_000)],
    )
