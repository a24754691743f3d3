"""The weight of people: what orders those whose names match a search alike."""

from django.db import connection

# That of the best known film of each, as its titles have it.
UPDATE_WEIGHTS = """
WITH known AS (
    SELECT credit.person_id, max(title.weight) AS weight
    FROM credit JOIN title USING (movie_id) WHERE title.is_own
    GROUP BY credit.person_id
)
UPDATE person SET weight = known.weight FROM known
WHERE person.id = known.person_id AND person.weight <> known.weight
"""


def update_person_weights() -> int:
    """Bring the weight of every person to the titles' weights; how many have changed."""
    with connection.cursor() as cursor:
        cursor.execute(UPDATE_WEIGHTS)
        changed: int = cursor.rowcount
    return changed
