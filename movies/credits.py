"""Who has to do with a film: its directors, and the first of its cast."""

from movies.models import Credit


def film_credits(movie_id: int) -> tuple[list[Credit], list[Credit]]:
    """Its directors and its cast, each with the person, in TMDB's order. One query."""
    found = Credit.objects.filter(movie=movie_id).select_related("person").order_by("position")
    by_job: dict[str, list[Credit]] = {job: [] for job in Credit.Job}
    for credit in found:
        by_job[credit.job].append(credit)
    return by_job[Credit.Job.DIRECTOR], by_job[Credit.Job.ACTOR]
