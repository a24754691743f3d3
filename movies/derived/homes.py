"""Works out whose the films are that have no home yet, and all anew when the rule has changed."""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from movies import home
from movies.changes.recording import record_changed
from movies.derived import swap
from movies.lenses import ORIGIN
from movies.models import RankingState

log = logging.getLogger(__name__)

# Films by number: of the whole catalogue about a second's work at a time.
AT_A_TIME = 50_000
CURRENT = {"home": home.VERSION}

# The first and the last number of the films in question.
MISSING = "SELECT min(id), max(id) FROM movie WHERE home_countries IS NULL"
ALL = "SELECT min(id), max(id) FROM movie"
IN_QUESTION = "movie.id BETWEEN %(first)s AND %(last)s AND (%(all)s OR home_countries IS NULL)"

# Most films have one country of origin, which is their home.
UPDATE_OF_ONE = f"""
UPDATE movie SET home_countries = {ORIGIN}
WHERE {IN_QUESTION} AND cardinality({ORIGIN}) < 2
  AND home_countries IS DISTINCT FROM {ORIGIN}
RETURNING id
"""  # noqa: S608 - of constants only
# What the home of the others follows from: far fewer combinations than films.
OF_SEVERAL = f"""
SELECT DISTINCT {ORIGIN}, original_language, coalesce(company_countries, '{{}}')
FROM movie WHERE {IN_QUESTION} AND cardinality({ORIGIN}) > 1
"""  # noqa: S608 - of constants only
UPDATE_OF_SEVERAL = f"""
UPDATE movie SET home_countries = derived.home
FROM jsonb_to_recordset(%(derived)s)
    AS derived (origin text[], language text, companies text[], home text[])
WHERE {IN_QUESTION} AND {ORIGIN} = derived.origin
  AND original_language = derived.language
  AND coalesce(company_countries, '{{}}') = derived.companies
  AND home_countries IS DISTINCT FROM derived.home
RETURNING id
"""  # noqa: S608 - of constants only


def derive_home_countries(check: Callable[[], None] = swap.no_op) -> int:
    """Bring every film's home countries to home.VERSION; how many have changed.

    Commits in between, and begins anew when it was ended; `check` is asked each time, and may
    raise to end it.
    """
    # Before the first ranking there is no row, and no film of an earlier rule's.
    state, _ = RankingState.objects.get_or_create(id=1, defaults=CURRENT)
    is_outdated = state.home is not None and state.home != home.VERSION
    with connection.cursor() as cursor:
        cursor.execute(ALL if is_outdated else MISSING)
        first, last = cursor.fetchone()
    changed = 0
    for start in range(first, last + 1, AT_A_TIME) if first is not None else ():
        part = {"first": start, "last": start + AT_A_TIME - 1, "all": is_outdated}
        changed += update_part(part)
        check()
    RankingState.objects.update(**CURRENT)
    if changed:
        log.info("the home of %s films worked out", changed)
    return changed


def update_part(part: dict[str, Any]) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UPDATE_OF_ONE, part)
        changed = [movie_id for (movie_id,) in cursor.fetchall()]
        cursor.execute(OF_SEVERAL, part)
        derived = [
            {
                "origin": origin,
                "language": language,
                "companies": companies,
                "home": home.home_countries(origin, [], language, companies),
            }
            for origin, language, companies in cursor.fetchall()
        ]
        if derived:
            cursor.execute(UPDATE_OF_SEVERAL, {**part, "derived": json.dumps(derived)})
            changed += [movie_id for (movie_id,) in cursor.fetchall()]
        record_changed(changed)
    return len(changed)
