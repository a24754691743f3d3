"""The best films of all countries of some years: a list like a country's."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection

from movies.films import Film, films_by_id
from movies.lists.counts import SECONDS
from movies.models import RankingState

# So far down it goes; whoever wants more narrows it by a country.
MOST = 500

# A film of several countries stands in each of their lists.
IDS = """
SELECT movie_id FROM (
    SELECT DISTINCT movie_id, few_votes, weighted_rating, votes FROM standing
    WHERE is_home AND NOT is_short AND year BETWEEN %s AND %s
) film
ORDER BY few_votes, weighted_rating DESC, votes DESC, movie_id
LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class WorldList:
    """The voted films of these years that are not shorts, the best first; can be counted and
    sliced. There is no index by year: the list is found once for each edition, in each process."""

    since: int
    until: int

    def count(self) -> int:
        return len(self._movie_ids())

    def __getitem__(self, part: slice) -> list[Film]:
        movie_ids = self._movie_ids()[part]
        films = films_by_id(movie_ids)
        return [films[movie_id] for movie_id in movie_ids if movie_id in films]

    def _movie_ids(self) -> list[int]:
        edition = RankingState.current().edition
        key = f"world:{edition}:{self.since}:{self.until}"
        known: Any = cache.get(key) if edition else None
        if known is None:
            known = self._find()
            if edition:
                cache.set(key, known, SECONDS)
        return list(known)

    def _find(self) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(IDS, [self.since, self.until, MOST])
            return [movie_id for (movie_id,) in cursor.fetchall()]
