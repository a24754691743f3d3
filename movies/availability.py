"""Where films can be watched: written here alone, and read for one film or for a whole region.

The data are JustWatch's, which TMDB passes on: whoever shows them has to name it.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction

from movies.models import Availability, Movie, Provider

SOURCE = "JustWatch"
# How long the regions that there are are remembered, in each process.
REGIONS_SECONDS = 600
KIND_ORDER = {kind: place for place, kind in enumerate(Availability.Kind.values)}

# Ids of providers by region and kind, in the order in which TMDB shows them; and of each provider
# its name and the path of its logo.
Offers = Mapping[tuple[str, str], Sequence[int]]
ProviderNames = Mapping[int, tuple[str, str | None]]


# Who shows a film, by region and kind.
FilmAvailability = dict[str, dict[str, list[Provider]]]


# --- writing

# The films' rows come first, as in an import's batch: whoever writes the same film waits there.
SET_TIME = """
UPDATE movie SET availability_at = %(asked_at)s
WHERE id IN (SELECT id FROM movie WHERE id = ANY (%(movies)s) ORDER BY id FOR NO KEY UPDATE)
RETURNING id
"""
GIVEN = """
SELECT given.movie_id, given.region, given.kind, given.providers::int[] AS providers
FROM unnest(%(ids)s::int[], %(regions)s::text[], %(kinds)s::text[], %(providers)s::text[])
    AS given (movie_id, region, kind, providers)
"""
# What is as it was stays untouched: from one day to the next nearly all of it.
DELETE = f"""
DELETE FROM availability
WHERE movie_id = ANY (%(movies)s) AND NOT EXISTS (
    SELECT FROM ({GIVEN}) given
    WHERE (given.movie_id, given.region, given.kind)
        = (availability.movie_id, availability.region, availability.kind)
)
"""  # noqa: S608 - of constants only
INSERT = f"""
INSERT INTO availability (movie_id, region, kind, providers) {GIVEN}
ON CONFLICT (movie_id, region, kind) DO UPDATE SET providers = excluded.providers
WHERE availability.providers <> excluded.providers
"""
# In the order of their ids, so that two that save the same ones wait for each other and no more.
SAVE_PROVIDERS = """
INSERT INTO provider (id, name, logo_path)
SELECT * FROM unnest(%(ids)s::int[], %(names)s::text[], %(logos)s::text[])
    AS given (id, name, logo_path)
WHERE NOT EXISTS (
    SELECT FROM provider
    WHERE provider.id = given.id AND provider.name = given.name
      AND provider.logo_path IS NOT DISTINCT FROM given.logo_path
)
ORDER BY id
ON CONFLICT (id) DO UPDATE SET name = excluded.name, logo_path = excluded.logo_path
"""


def replace_availability(
    films: Mapping[int, Offers], providers: ProviderNames, asked_at: datetime.datetime
) -> None:
    """Let this be where these films can be watched, as TMDB said at that time.

    The one writer of `availability` and `provider`; films that the catalogue has not are left
    out. In a transaction: its own, or the caller's.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SET_TIME, {"movies": sorted(films), "asked_at": asked_at})
        there = sorted(movie_id for (movie_id,) in cursor.fetchall())
        rows = [
            (movie_id, region, kind, "{" + ",".join(map(str, ids)) + "}")
            for movie_id in there
            for (region, kind), ids in films[movie_id].items()
        ]
        given = {
            name: [row[place] for row in rows]
            for place, name in enumerate(("ids", "regions", "kinds", "providers"))
        }
        cursor.execute(DELETE, {"movies": there, **given})
        if rows:
            cursor.execute(INSERT, given)
        save_providers(providers)


def save_providers(providers: ProviderNames) -> None:
    """Those that are new, or are called or look otherwise than before."""
    if not providers:
        return
    values: dict[str, Any] = {
        "ids": list(providers),
        "names": [name for name, _ in providers.values()],
        "logos": [logo for _, logo in providers.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(SAVE_PROVIDERS, values)


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
    with connection.cursor() as cursor:
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
    if not known:
        with connection.cursor() as cursor:
            cursor.execute(REGIONS)
            known = [region for (region,) in cursor.fetchall()]
        cache.set("regions", known, REGIONS_SECONDS)
    return known


def has_region(region: str) -> bool:
    return Availability.objects.filter(region=region).exists()
