"""Fields of forms as HTML."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from movies import reference
from movies.models import Country, Genre


class PlainSelect(forms.Select):
    """Django's, with no template for each of its options: 250 countries are 250 templates."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        chosen = {str(one) for one in self.format_value(value) or ()}
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (value, flatatt({"selected": str(value) in chosen}), label)
                for value, label in self.choices
            ),
        )
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>\n{}\n</select>", flatatt(given), options)


if TYPE_CHECKING:  # Django's class takes no type when it runs
    CountryIterator = ModelChoiceIterator[Genre | Country]
else:
    CountryIterator = ModelChoiceIterator


class CountryChoices(CountryIterator):
    """Every country by name, as the process keeps them."""

    def __iter__(self) -> Iterator[tuple[ModelChoiceIteratorValue | str, str]]:
        yield "", str(self.field.empty_label)
        yield from map(self.choice, reference.countries().values())
