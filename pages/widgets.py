"""Fields of forms as HTML."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from movies import reference
from movies.models import Country, Genre


class PlainSelect(forms.Select):
    """Django's, with no template for each of its options: 250 countries are 250 templates.

    What it has to choose from is written once: a form is made for each reader.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        choices = tuple((str(value), str(label)) for value, label in self.choices)
        values = {value for value, _ in choices}
        chosen = frozenset(str(one) for one in self.format_value(value) or ()) & values
        options = write_options(choices, chosen)
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>\n{}\n</select>", flatatt(given), options)


@lru_cache(maxsize=100)
def write_options(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((value, flatatt({"selected": value in chosen}), label) for value, label in choices),
    )


if TYPE_CHECKING:  # Django's class takes no type when it runs
    CountryIterator = ModelChoiceIterator[Genre | Country]
else:
    CountryIterator = ModelChoiceIterator


class CountryChoices(CountryIterator):
    """Every country by name, as the process keeps them."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield "", str(self.field.empty_label)
        for country in reference.countries().values():
            yield country.code, country.name
