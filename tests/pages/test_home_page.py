"""The first page as it is sent: films and countries in all, the decades, the shelf."""

import pytest
from django.test import Client

from importer.models import ImportRun
from pages.decades import FULL, LEAST, Decades, bars_of
from tests.films import film
from tests.html import Page, load
from tests.sample_films import made_in
from tools.sandbox.sources import Films

COUNTRIES = ["AR", "BE", "BR", "CA", "CH", "CN", "DE", "EG", "ES", "FR", "GR", "IN", "IR", "IT",
             "JP", "KE", "KR", "MX", "NG", "NZ", "PL", "SE", "TH", "TR", "ZA"]  # fmt: skip

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    """A film of 25 countries each, in as many years; Kenya's and Thailand's have hardly a vote."""
    return Films(
        [
            film(
                number,
                title=f"Film of {code}",
                release_date=f"{1926 + 4 * number}-05-01",
                vote_count=3 if code in {"KE", "TH"} else 100,
                **made_in(code, code),
            )
            for number, code in enumerate(COUNTRIES, 1)
        ]
    )


def shelf(client: Client, address: str = "/") -> list[str]:
    """The countries of its films, by code."""
    page = load(client, address)
    return [str(found["data-lights"]) for _, found in page.elements if "data-lights" in found]


def handles(page: Page) -> list[str | None]:
    return [found["value"] for tag, found in page.elements if found.get("type") == "range"]


def test_it_says_how_many_films_and_countries_there_are(client: Client) -> None:
    assert "25 films, the best of 25 countries. Choose one, or" in load(client, "/").text


def test_the_shelf_has_nine_films_of_nine_countries_and_leads_to_nine_others(
    client: Client,
) -> None:
    first, second = shelf(client), shelf(client, "/?shelf=2")

    assert len(set(first)) == len(set(second)) == 9
    assert not set(first) & set(second)
    assert "/?shelf=2#shelf" in load(client, "/").links
    assert "/?shelf=1#shelf" in load(client, "/?shelf=3").links
    assert len(set(shelf(client, "/?shelf=3"))) == 9
    assert shelf(client, "/?shelf=4") == first


def test_films_that_hardly_anybody_knows_are_not_on_it_while_there_are_others(
    client: Client,
) -> None:
    assert not {"KE", "TH"} & {*shelf(client), *shelf(client, "/?shelf=2")}


def test_a_time_in_the_address_is_that_of_the_handles(client: Client) -> None:
    page = load(client, "/?from=1950&to=1970")

    assert handles(page) == ["1950", "1970"]
    assert "1950s–1970s" in page.texts
    assert handles(load(client, "/")) == ["1930", "2020"]


@pytest.mark.parametrize(
    "query",
    ["from=x&to=&shelf=abc", "from=1955", "shelf=-1", "shelf=0", f"shelf={'9' * 30}", "to=%00"],
)
def test_what_cannot_be_asked_for_is_left_out(client: Client, query: str) -> None:
    assert handles(load(client, f"/?{query}")) == ["1930", "2020"]
    assert len(shelf(client, f"/?{query}")) == 9


def test_a_time_without_films_is_brought_to_those_with_some(client: Client) -> None:
    assert handles(load(client, "/?from=1870&to=1880")) == ["1930", "1930"]


def test_a_catalogue_that_is_filling_says_how_far(client: Client) -> None:
    run = ImportRun.objects.latest()
    ImportRun.objects.filter(pk=run.pk).update(
        state=ImportRun.State.RUNNING, finished_at=None, step="movies", done=1_200, total=9_000
    )

    assert "An import is under way: movies, 1,200 of 9,000." in load(client, "/").text


def test_bars_have_no_gap_and_none_that_has_films_is_too_low_to_be_seen() -> None:
    bars = bars_of({1950: 1, 1980: 10_000, 1970: 0})

    assert [(bar.decade, bar.films) for bar in bars] == [
        (1950, 1),
        (1960, 0),
        (1970, 0),
        (1980, 10_000),
    ]
    assert [bar.height for bar in bars] == [LEAST, 0, 0, FULL]
    assert bars_of({}) == []
    assert str(Decades([]).chosen(None, None)) == "All times"
