"""Films in answers have the fields that the schema describes, in their order."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.serializers import ListSerializer, Serializer

from api.film_details import FilmDetailsSerializer
from api.serializers import FilmSerializer, RankedFilmSerializer
from api.views.people import CreditedFilmSerializer
from api.views.search import MatchSerializer
from tests.whole_payloads import WHOLE, whole_films
from tools.sandbox.sources import Films


@pytest.fixture(scope="module")
def world() -> Films:
    return whole_films()


def compare(found: Any, serializer: Serializer[Any]) -> None:
    """With what is in it, too."""
    assert list(found) == list(serializer.fields)
    for name, field in serializer.fields.items():
        if isinstance(field, ListSerializer) and isinstance(field.child, Serializer):
            assert found[name], name
            compare(found[name][0], field.child)
        elif isinstance(field, Serializer):
            compare(found[name], field)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("address", "places", "serializer"),
    [
        (f"films/{WHOLE}/", (), FilmDetailsSerializer),
        (f"films/?ids={WHOLE}", ("results", 0), FilmSerializer),
        ("best/SE/", ("results", 0), RankedFilmSerializer),
        ("best/", ("countries", 0, "movies", 0), RankedFilmSerializer),
        ("search/?name=neighbours", ("results", 0), MatchSerializer),
        ("people/301/", ("directed", 0, "movies", 0), CreditedFilmSerializer),
    ],
)
def test_a_film_has_the_fields_that_are_described(
    client: Client, address: str, places: tuple[Any, ...], serializer: type[Serializer[Any]]
) -> None:
    found = client.get(f"/api/v1/{address}").json()
    for place in places:
        found = found[place]

    compare(found, serializer())
