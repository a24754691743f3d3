"""What TMDB appends to a film's details, from the import to the answers and the pages."""

from typing import Any

import pytest
from django.test import Client

from tests.html import load
from tests.whole_payloads import BARE, OVERVIEW, WHOLE, whole_films
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    return whole_films()


def get(client: Client, address: str) -> Any:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, response.content
    return response.json()


def test_a_film_has_what_came_with_it(client: Client) -> None:
    answer = get(client, f"films/{WHOLE}/?region=SE")

    assert answer["overview"] == OVERVIEW
    assert answer["collection"] == {"id": 501, "name": "The Village Collection"}
    assert [person["id"] for person in answer["directors"]] == [301, 302]
    assert [(one["id"], one["character"]) for one in answer["cast"]] == [
        (303, "Gummi"),
        (301, "The Daughter"),
    ]
    assert answer["trailer_url"] == "https://www.youtube.com/watch?v=Ab_c-12"
    assert answer["translated_titles"] == [{"language": "de", "title": "Die stillen Nachbarn"}]
    [kinostream], [filmhaus] = answer["availability"]["SE"].values()
    assert (kinostream["name"], filmhaus["id"]) == ("Kinostream", 9)


def test_a_film_with_which_nothing_came_has_it_empty(client: Client) -> None:
    answer = get(client, f"films/{BARE}/")

    assert (answer["overview"], answer["directors"], answer["availability"]) == ("", [], {})
    assert answer["collection"] is None


def test_people_are_found_with_their_films(client: Client) -> None:
    [found] = get(client, "people/?name=sigrun")["results"]
    answer = get(client, f"people/{found['id']}/")

    assert [
        (group["country_code"], len(group["movies"])) for group in answer["directed"]
    ] == [("SE", 12), ("IS", 1)]  # fmt: skip
    [acted] = answer["acted"]
    assert acted["movies"][0]["character"] == "The Daughter"


def test_a_list_has_what_can_be_watched(client: Client) -> None:
    answer = get(client, "best/SE/?watch_region=SE&watch=flatrate&limit=20")
    assert [film["id"] for film in answer["results"]] == [*range(12, 23, 2)]
    assert answer["count"] == 6


def test_the_film_s_page_shows_all_of_it(client: Client) -> None:
    page = load(client, f"/films/{WHOLE}/")

    for text in (OVERVIEW, "Forty winters without a word.", "The Village Collection", "JustWatch"):
        assert text in page.texts, text
    assert "Directed by Sigrún Jónsdóttir and Ólafur Þór" in page.text
    assert "Baltasar Örn Gummi" in page.text
    assert "Sweden Subscription Kinostream Rent Filmhaus" in page.text
    assert {"/people/301/", "/people/302/", "/people/303/"} <= set(page.links)
    assert "https://www.youtube.com/watch?v=Ab_c-12" in page.links
    assert not page.attributes("iframe", "src")


def test_the_page_of_a_film_with_which_nothing_came_has_no_empty_places(client: Client) -> None:
    page = load(client, f"/films/{BARE}/")

    for text in ("Directed by", "Cast", "Story", "Trailer", "Part of"):
        assert text not in page.text, text
    assert "No service is known to show it." in page.texts


def test_a_person_s_page_has_their_films_directed_first(client: Client) -> None:
    page = load(client, "/people/301/")

    assert page.text.index("Directed") < page.text.index("Played in")
    assert page.countries == "SE IS"
    assert "as The Daughter" in page.text
    assert f"/films/{WHOLE}/" in page.links


def test_nobody_s_page_says_so(client: Client) -> None:
    assert "There is nobody here" in load(client, "/people/999/", 404).texts
