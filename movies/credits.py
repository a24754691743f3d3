"""Who has to do with a film: its directors, and the first of its cast."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from movies.images import PROFILE_WIDTH, image_url
from movies.models import Credit
from movies.prepared import prepared_cursor

DIRECTORS = """
SELECT movie_id, person.id, person.name, person.profile_path, character
FROM credit JOIN person ON person.id = credit.person_id
WHERE job = %s AND movie_id = ANY (%s)
ORDER BY movie_id, position
"""
# A film's, by `movie.id`, in TMDB's order; null where there are none.
CREDITS = """(
    SELECT json_agg(
        json_build_array(job, person.id, person.name, person.profile_path, character)
        ORDER BY position
    )
    FROM credit JOIN person ON person.id = credit.person_id WHERE credit.movie_id = movie.id
)"""


class CreditedPerson(NamedTuple):
    """A person by TMDB's number, and what they are in a film."""

    id: int
    name: str
    profile_path: str | None
    # Whom an actor plays; empty where that is not known, and for directors.
    character: str

    @property
    def profile_url(self) -> str | None:
        """The portrait at TMDB's."""
        return image_url(self.profile_path, PROFILE_WIDTH)


def split_credits(
    rows: Collection[tuple[str, int, str, str | None, str]] | None,
) -> tuple[list[CreditedPerson], list[CreditedPerson]]:
    """The directors and the cast, of what CREDITS has read."""
    by_job: dict[str, list[CreditedPerson]] = {job: [] for job in Credit.Job.values}
    for job, *person in rows or ():
        by_job[job].append(CreditedPerson._make(person))
    return by_job[Credit.Job.DIRECTOR], by_job[Credit.Job.ACTOR]


def directors_of(movie_ids: Collection[int]) -> dict[int, list[CreditedPerson]]:
    """Who directed each of these films, in TMDB's order. One query at the most."""
    directors: dict[int, list[CreditedPerson]] = defaultdict(list)
    if not movie_ids:
        return directors
    with prepared_cursor() as cursor:
        cursor.execute(DIRECTORS, [Credit.Job.DIRECTOR.value, list(movie_ids)])
        for movie_id, *person in cursor.fetchall():
            directors[movie_id].append(CreditedPerson._make(person))
    return directors
