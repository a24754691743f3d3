"""A select that is written without templates is what Django's is."""

import pytest
from django import forms
from django.utils.html import escape

from pages.widgets import PlainSelect

CHOICES = [("", "All"), ("JP", "Japan"), ("XX", "<b>“A” & B</b>"), (7, "Seven")]


def words(html: str) -> list[str]:
    """Without the white space between elements, which tells nothing."""
    return [line.strip() for line in html.splitlines() if line.strip()]


@pytest.mark.parametrize("value", [None, "", "JP", "XX", 7, "7", "unknown", '"><script>'])
@pytest.mark.parametrize("attrs", [{}, {"id": 'a"b', "required": True, "disabled": False}])
def test_it_is_what_django_writes(value: object, attrs: dict[str, object]) -> None:
    plain = PlainSelect(choices=CHOICES).render("country", value, dict(attrs))
    djangos = forms.Select(choices=CHOICES).render("country", value, dict(attrs))

    assert sorted(attributes(plain)) == sorted(attributes(djangos))
    assert words(plain)[1:] == words(djangos)[1:]


def attributes(html: str) -> list[str]:
    """Those of the element itself, in any order."""
    return words(html)[0].removeprefix("<select").removesuffix(">").split()


def test_what_stands_in_it_is_escaped() -> None:
    assert escape(CHOICES[2][1]) in PlainSelect(choices=CHOICES).render("country", None)
