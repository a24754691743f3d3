"""Folds the stored titles anew when the folding has changed since they were written."""

import logging
from collections.abc import Callable

from django.db import connection, transaction

from movies import folding
from movies.derived import swap
from movies.models import RankingState, Title

log = logging.getLogger(__name__)

AT_A_TIME = 10_000
CURRENT = {"folding": folding.VERSION}

# An array of arrays would need them to be of one length; words have no spaces in them.
UPDATE_FOLDED = """
UPDATE title SET key = folded.key, words = string_to_array(folded.words, ' ')
FROM unnest(%(ids)s::bigint[], %(keys)s::text[], %(words)s::text[]) AS folded (id, key, words)
WHERE title.id = folded.id
"""


def refold_titles(check: Callable[[], None] = swap.no_op) -> int:
    """Bring every title's key and words to folding.VERSION; how many have changed.

    Commits in between, and begins anew when it was ended; `check` is asked each time, and may
    raise to end it.
    """
    # Before the first ranking there is no row, and no title of an earlier version's.
    state, _ = RankingState.objects.get_or_create(id=1, defaults=CURRENT)
    if state.folding == folding.VERSION:
        return 0
    changed, last = 0, 0
    while rows := list(Title.objects.filter(id__gt=last).order_by("id")[:AT_A_TIME]):
        changed += update_changed(rows)
        last = rows[-1].id
        check()
    RankingState.objects.update(**CURRENT)
    log.info("%s titles folded anew", changed)
    return changed


def update_changed(rows: list[Title]) -> int:
    folded = [(row, folding.key(row.name), folding.words(row.name)) for row in rows]
    changed = [
        (row.id, key, " ".join(words))
        for row, key, words in folded
        if (key, words) != (row.key, row.words)
    ]
    if changed:
        ids, keys, words = map(list, zip(*changed, strict=True))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(UPDATE_FOLDED, {"ids": ids, "keys": keys, "words": words})
    return len(changed)
