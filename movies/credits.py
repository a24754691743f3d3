"""Who has to do with a film: its directors, and the first of its cast."""

from collections import defaultdict
from collections.abc import Collection

from movies.models import Credit


def film_credits(movie_id: int) -> tuple[list[Credit], list[Credit]]:
    """Its directors and its cast, each with the person, in TMDB's order. One query."""
    found = Credit.objects.filter(movie=movie_id).select_related("person").order_by("position")
    by_job: dict[str, list[Credit]] = {job: [] for job in Credit.Job}
    for credit in found:
        by_job[credit.job].append(credit)
    return by_job[Credit.Job.DIRECTOR], by_job[Credit.Job.ACTOR]


def directors_of(movie_ids: Collection[int]) -> dict[int, list[Credit]]:
    """Who directed each of these films, in TMDB's order. One query."""
    found = Credit.objects.filter(movie__in=movie_ids, job=Credit.Job.DIRECTOR)
    directors: dict[int, list[Credit]] = defaultdict(list)
    for credit in found.select_related("person").order_by("movie", "position"):
        directors[credit.movie_id].append(credit)
    return directors
