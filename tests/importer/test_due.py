"""When details are due again: by what a film is, and how often it has failed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.due import lifetime, retry_delay

TODAY = datetime.date(2026, 11, 21)
LONG_AGO = datetime.date(1957, 2, 16)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
# The popularity of the least popular film that is fetched daily.
MOST_POPULAR = 8.5

movie_ids = st.integers(1, 2**31 - 1)
popularities = st.floats(allow_nan=False)
dates = st.none() | st.dates()


def days(movie_id: int, popularity: float, released: datetime.date | None) -> float:
    return lifetime(movie_id, popularity, released, TODAY, MOST_POPULAR) / DAY


@pytest.mark.parametrize("popularity", [8.5, 8.6, 1000.0])
def test_the_most_popular_are_due_daily(popularity: float) -> None:
    assert days(1, popularity, LONG_AGO) == pytest.approx(20 / 24)


@pytest.mark.parametrize("distance", [0, 1, 90, -1, -90])
def test_what_is_new_or_about_to_come_is_due_daily(distance: int) -> None:
    assert days(1, 0.0, TODAY - distance * DAY) == pytest.approx(20 / 24)


@pytest.mark.parametrize("distance", [91, -91])
def test_what_came_more_than_90_days_ago_is_not_new(distance: int) -> None:
    assert days(1, 0.0, TODAY - distance * DAY) > 1


@pytest.mark.parametrize("popularity", [1.1, 8.4])
def test_the_popular_are_due_weekly(popularity: float) -> None:
    assert days(1, popularity, LONG_AGO) == pytest.approx(6 + 20 / 24)


@pytest.mark.parametrize("released", [LONG_AGO, None])
@pytest.mark.parametrize("popularity", [1.0, 0.0, -1.0])
def test_the_rest_is_due_after_150_to_170_days(
    popularity: float, released: datetime.date | None
) -> None:
    assert 150 <= days(1, popularity, released) <= 170


def test_the_rest_is_spread_evenly_over_three_weeks() -> None:
    films = [days(movie_id, 0.0, LONG_AGO) for movie_id in range(21_000)]
    assert {age: films.count(age) for age in set(films)} == {
        150.0 + day: 1000 for day in range(21)
    }


@given(movie_ids, popularities, dates, dates.filter(bool), popularities)
def test_no_copy_grows_older_than_tmdbs_terms_allow(
    movie_id: int,
    popularity: float,
    released: datetime.date | None,
    today: datetime.date,
    most_popular: float,
) -> None:
    age = lifetime(movie_id, popularity, released, today, most_popular)
    # Six months are at least 181 days; a failing fetch and a missed run have to fit in.
    assert 20 * HOUR <= age <= 171 * DAY


@pytest.mark.parametrize(
    ("failures", "wait"), [(0, 1), (1, 1), (2, 2), (3, 4), (7, 64), (8, 64), (32_767, 64)]
)
def test_what_fails_is_left_alone_for_the_longer_the_more_often_it_has(
    failures: int, wait: int
) -> None:
    assert retry_delay(failures) == wait * DAY
