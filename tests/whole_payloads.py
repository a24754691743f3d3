"""Films with all that TMDB appends to their details, as it serves them, and one without any."""

from typing import Any

from tests.films import film
from tools.sandbox.payloads import Payload
from tools.sandbox.sources import Films

WHOLE, BARE = 1, 2
OVERVIEW = "In a village at the end of a road two neighbours have not spoken for a generation."


def provider(number: int, name: str) -> dict[str, Any]:
    return {
        "provider_id": number,
        "provider_name": name,
        "logo_path": f"/logo-{number}.jpg",
        "display_priority": number,
    }


KINOSTREAM, FILMHAUS = provider(8, "Kinostream"), provider(9, "Filmhaus")


def swedish(number: int, **changes: Any) -> Payload:
    return film(
        number,
        title=f"Sommar {number}",
        vote_average=9 - number / 10,
        vote_count=5_000,
        origin_country=["SE"],
        production_countries=[{"iso_3166_1": "SE", "name": "Sweden"}],
        **changes,
    )


def whole_films() -> Films:
    """A film of which all is known, one of which nothing is, and twelve Swedish ones of the same
    director: the even ones can be streamed in Sweden."""
    director = {"id": 301, "name": "Sigrún Jónsdóttir", "profile_path": "/profile-301.jpg"}
    crew = [{**director, "job": "Director"}, {"id": 302, "name": "Ólafur Þór", "job": "Director"}]
    cast = [
        {
            "id": 303,
            "name": "Baltasar Örn",
            "character": "Gummi",
            "order": 0,
            "profile_path": "/profile-303.jpg",
        },
        {"id": 301, "name": "Sigrún Jónsdóttir", "character": "The Daughter", "order": 1},
    ]
    whole = film(
        WHOLE,
        title="The Silent Neighbours",
        original_title="Þöglu nágrannarnir",
        original_language="is",
        origin_country=["IS"],
        production_countries=[{"iso_3166_1": "IS", "name": "Iceland"}],
        overview=OVERVIEW,
        tagline="Forty winters without a word.",
        backdrop_path="/backdrop-1.jpg",
        belongs_to_collection={"id": 501, "name": "The Village Collection"},
        credits={"cast": cast, "crew": crew},
        videos={
            "results": [
                {
                    "site": "YouTube",
                    "key": "Ab_c-12",
                    "type": "Trailer",
                    "official": True,
                    "iso_639_1": "is",
                }
            ]
        },
        translations={
            "translations": [
                {"iso_639_1": "de", "data": {"title": "Die stillen Nachbarn"}},
                {"iso_639_1": "fr", "data": {"title": ""}},
            ]
        },
        **{
            "watch/providers": {
                "results": {
                    "SE": {"flatrate": [KINOSTREAM], "rent": [FILMHAUS]},
                    "NO": {"buy": [FILMHAUS]},
                }
            }
        },
    )
    offered = {"watch/providers": {"results": {"SE": {"flatrate": [KINOSTREAM]}}}}
    credits_of_all = {"credits": {"crew": [{**director, "job": "Director"}]}}
    others = [
        swedish(number, **credits_of_all, **({} if number % 2 else offered))
        for number in range(11, 23)
    ]
    return Films([whole, film(BARE, title="Nobody Knows", poster_path=None), *others])
