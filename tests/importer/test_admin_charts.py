"""The small charts: true to their values, and readable without seeing them."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from importer.admin.charts import HEIGHT, charts, share
from importer.figures import Day

TODAY = datetime.date(2026, 11, 21)
VALUES = st.none() | st.integers(min_value=0, max_value=2_000_000)


def days(*fetched: int | None) -> list[Day]:
    first = TODAY - datetime.timedelta(days=len(fetched) - 1)
    return [
        Day(first + datetime.timedelta(days=number), exported=value, fetched=value)
        for number, value in enumerate(fetched)
    ]


def test_a_bar_is_as_high_as_its_value() -> None:
    _, fetched, *_ = charts(days(10, None, 20))

    assert [(bar.x, bar.height) for bar in fetched.bars] == [(0, HEIGHT / 2), (20, HEIGHT)]
    assert fetched.latest == "20"
    assert fetched.cells == ["10", "–", "20"]
    assert fetched.summary == (
        "Films fetched, the last 3 days: lowest 10 on 19 November, highest 20 on 21 November, "
        "latest 20 on 21 November."
    )


def test_small_changes_of_a_large_value_can_be_seen() -> None:
    exported, *_ = charts(days(1_238_000, 1_240_000))

    assert [bar.height for bar in exported.bars] == [HEIGHT / 2, HEIGHT]


def test_without_a_value_the_chart_says_so() -> None:
    for chart in charts(days(None, None)):
        assert chart.bars == []
        assert chart.latest == "none yet"
        assert chart.summary.endswith("the last 2 days: nothing yet.")


@given(st.lists(VALUES, min_size=1, max_size=30))
def test_no_bar_leaves_the_drawing(values: list[int | None]) -> None:
    for chart in charts(days(*values)):
        assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT + 0.01 for bar in chart.bars)
        assert all(0 <= bar.x < chart.width for bar in chart.bars)


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_a_share_is_whole_only_when_nothing_is_missing(part: int, whole: int) -> None:
    assert (share(part, whole) == "100 %") == (part >= whole)
