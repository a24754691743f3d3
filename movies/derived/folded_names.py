"""Folds the stored names anew when the folding has changed since they were written."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from movies import folding
from movies.derived import swap
from movies.models import Person, RankingState, Title

log = logging.getLogger(__name__)

AT_A_TIME = 10_000
CURRENT = {"folding": folding.VERSION}

# An array of arrays would need them to be of one length; words have no spaces in them.
UPDATE_FOLDED = """
UPDATE {} SET key = folded.key, words = string_to_array(folded.words, ' ')
FROM unnest(%(ids)s::bigint[], %(keys)s::text[], %(words)s::text[]) AS folded (id, key, words)
WHERE {}.id = folded.id
"""


def refold_names(check: Callable[[], None] = swap.no_op) -> int:
    """Bring the key and words of every title and person to folding.VERSION; how many have changed.

    Commits in between, and begins anew when it was ended; `check` is asked each time, and may
    raise to end it.
    """
    # Before the first ranking there is no row, and no name of an earlier version's.
    state, _ = RankingState.objects.get_or_create(id=1, defaults=CURRENT)
    if state.folding == folding.VERSION:
        return 0
    titles = refold(Title.objects.order_by("id"), "title", check)
    people = refold(Person.objects.order_by("id"), "person", check)
    RankingState.objects.update(**CURRENT)
    log.info("%s titles and %s people folded anew", titles, people)
    return titles + people


def refold(names: QuerySet[Any], table: str, check: Callable[[], None]) -> int:
    changed, last = 0, 0
    while rows := list(names.filter(id__gt=last)[:AT_A_TIME]):
        changed += update_changed(rows, table)
        last = rows[-1].id
        check()
    return changed


def update_changed(rows: list[Title | Person], table: str) -> int:
    folded = [(row, folding.key(row.name), folding.words(row.name)) for row in rows]
    changed = [
        (row.id, key, " ".join(words))
        for row, key, words in folded
        if (key, words) != (row.key, row.words)
    ]
    if changed:
        ids, keys, words = map(list, zip(*changed, strict=True))
        update = UPDATE_FOLDED.format(table, table)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(update, {"ids": ids, "keys": keys, "words": words})
    return len(changed)
