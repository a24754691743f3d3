"""Where films can be watched: written for the import and for whoever finds a film's grown old,
and read for one film.

The data are JustWatch's, which TMDB passes on: whoever shows them has to name it.
"""

import datetime
from collections.abc import Mapping, Sequence
from operator import itemgetter

from django.core.cache import cache
from django.db import connection

from movies.models import Availability, Movie, Provider
from movies.prepared import prepared_cursor
from movies.rows import group_by_movie, insert_rows, replace_rows_of_movies, upsert_rows

SOURCE = "JustWatch"
# How long the regions that there are are remembered, in each process.
REGIONS_SECONDS = 600
KIND_ORDER = {kind: place for place, kind in enumerate(Availability.Kind.values)}

# A region and a kind, and by which providers.
Offer = tuple[str, str, list[int]]
# Name and logo by TMDB's number.
Providers = Mapping[int, tuple[str, str | None]]
# Who shows a film, by region and kind.
FilmAvailability = dict[str, dict[str, list[Provider]]]

# --- writing


def renew_availability(
    movie_id: int, offers: Sequence[Offer], providers: Providers, asked_at: datetime.datetime
) -> None:
    """Bring the offers of one film to what TMDB said at that time; within a transaction."""
    # First, so that who writes the same film at the same time waits here, and then sees it all.
    Movie.objects.filter(id=movie_id).update(availability_at=asked_at)
    replace_availability({movie_id: offers}, providers)


def replace_availability(offers: Mapping[int, Sequence[Offer]], providers: Providers) -> None:
    """Bring the offers of these films to what TMDB says; the caller has written their rows of
    `movie`, and so holds them, in the same transaction."""
    save_providers(providers)
    stored = stored_offers(list(offers))
    wanted = {movie_id: sorted(given) for movie_id, given in offers.items()}
    changed = replace_rows_of_movies(Availability, stored, wanted)
    insert_rows(
        Availability,
        [
            {"movie_id": movie_id, "region": region, "kind": kind, "providers": ids}
            for movie_id in changed
            for region, kind, ids in wanted[movie_id]
        ],
    )


def save_providers(providers: Providers) -> None:
    """Those who are new, or have another name or logo."""
    stored = Provider.objects.in_bulk(list(providers))
    changed = [
        {"id": number, "name": name, "logo_path": logo}
        # In one order, because readers of several films write them at the same time.
        for number, (name, logo) in sorted(providers.items())
        if number not in stored or (stored[number].name, stored[number].logo_path) != (name, logo)
    ]
    upsert_rows(Provider, changed)


def stored_offers(movie_ids: Sequence[int]) -> dict[int, list[Offer]]:
    """Each film's by region and kind."""
    rows = Availability.objects.filter(movie__in=movie_ids)
    found = rows.values_list("movie_id", "region", "kind", "providers")
    return group_by_movie(sorted(found, key=itemgetter(0, 1, 2)))


# --- reading

OF_FILM = """
SELECT region, kind, shown.id, provider.name, provider.logo_path
FROM availability
CROSS JOIN LATERAL unnest(providers) WITH ORDINALITY AS shown (id, place)
JOIN provider ON provider.id = shown.id
WHERE movie_id = %(movie)s AND (%(region)s::text IS NULL OR region = %(region)s)
ORDER BY region, kind, shown.place
"""
# Walks from one region to the next in the index: there are 140 of them in millions of rows.
REGIONS = """
WITH RECURSIVE found AS (
    (SELECT region FROM availability ORDER BY region LIMIT 1)
    UNION ALL
    SELECT (SELECT region FROM availability WHERE region > found.region ORDER BY region LIMIT 1)
    FROM found WHERE found.region IS NOT NULL
)
SELECT region FROM found WHERE region IS NOT NULL
"""


def film_availability(movie: Movie, region: str | None = None) -> FilmAvailability | None:
    """Who shows the film, region by region, or in one alone; None where nobody has asked yet."""
    if movie.availability_at is None:
        return None
    found: FilmAvailability = {}
    providers: dict[int, Provider] = {}
    with prepared_cursor() as cursor:
        cursor.execute(OF_FILM, {"movie": movie.id, "region": region})
        for code, kind, number, name, logo_path in cursor.fetchall():
            provider = providers.get(number) or Provider(number, name, logo_path)
            providers[number] = provider
            found.setdefault(code, {}).setdefault(kind, []).append(provider)
    return {code: in_kind_order(kinds) for code, kinds in found.items()}


def in_kind_order(kinds: dict[str, list[Provider]]) -> dict[str, list[Provider]]:
    """What costs nothing beyond a subscription before what is paid for each time."""
    return {kind: kinds[kind] for kind in sorted(kinds, key=KIND_ORDER.__getitem__)}


def regions() -> list[str]:
    """Where any film of the catalogue can be watched, by ISO 3166-1 code."""
    known: list[str] | None = cache.get("regions")
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(REGIONS)
            known = [region for (region,) in cursor.fetchall()]
        cache.set("regions", known, REGIONS_SECONDS)
    return known


def has_region(region: str) -> bool:
    return Availability.objects.filter(region=region).exists()
