"""How old a film's details may grow before they are due again. Pure.

Votes move without TMDB listing a change, so age alone makes details due; TMDB's terms allow no
copy older than six months. At 1.24 million films this comes to about 40,000 fetches a day.
"""

import datetime

# A little less than the day and the week that are meant: what a daily run fetched late must be
# due again when the next one begins.
DAILY = datetime.timedelta(hours=20)
WEEKLY = datetime.timedelta(days=6, hours=20)
# The rest is spread over three weeks by id, so that a first import does not come back as a wave.
SELDOM_DAYS = 150
SPREAD_DAYS = 21

# The films whose votes move most.
MOST_POPULAR = 20_000
POPULAR = 1.0
NEW = datetime.timedelta(days=90)

LONGEST_RETRY_DAYS = 64
# TMDB's terms, less a few days: details that are older leave the catalogue.
OLDEST = datetime.timedelta(days=180)


def lifetime(
    movie_id: int,
    popularity: float,
    release_date: datetime.date | None,
    today: datetime.date,
    most_popular: float,
) -> datetime.timedelta:
    """How long the details just fetched are good for.

    `most_popular` is the popularity of the least popular of the MOST_POPULAR films.
    """
    is_new = release_date is not None and abs(today - release_date) <= NEW
    if is_new or popularity >= most_popular:
        return DAILY
    if popularity > POPULAR:
        return WEEKLY
    return datetime.timedelta(days=SELDOM_DAYS + movie_id % SPREAD_DAYS)


def retry_delay(failed_attempts: int) -> datetime.timedelta:
    """How long a schedule leaves a film alone after so many failures in a row: 1, 2, 4 … days."""
    return datetime.timedelta(days=min(2 ** max(failed_attempts - 1, 0), LONGEST_RETRY_DAYS))
