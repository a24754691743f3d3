"""Writes where films can be watched: for the import, and for whoever finds a film's grown old."""

import datetime
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from movies.models import Availability, Movie, Provider
from movies.rows import insert_rows, replace_rows_of_movies, upsert_rows

# A region and a kind, and by which providers.
Offer = tuple[str, str, list[int]]
# Name and logo by TMDB's number.
Providers = Mapping[int, tuple[str, str | None]]


def replace_availability(
    offers: Mapping[int, Sequence[Offer]], providers: Providers, asked_at: datetime.datetime
) -> None:
    """Bring the offers of these films to what TMDB said at that time; within a transaction."""
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
    Movie.objects.filter(id__in=list(offers)).update(availability_at=asked_at)


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
    ordered = sorted(found, key=itemgetter(0, 1, 2))
    return {
        movie_id: [row[1:] for row in group] for movie_id, group in groupby(ordered, itemgetter(0))
    }
