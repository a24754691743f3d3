"""What the pages' addresses can ask for."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from movies.country_names import MISTAKEN_CODES, code_hint, country_called
from movies.folding import KEY_LENGTH
from movies.models import Country, Genre, Lens
from movies.search import is_empty_query
from pages.list_filters import CO_PRODUCTIONS
from pages.watching import WatchFields
from pages.widgets import CountryChoices, PlainSelect

FIRST_DECADE = 1870


def decades() -> list[tuple[int | str, str]]:
    """The latest first."""
    years = range(timezone.now().year // 10 * 10, FIRST_DECADE - 1, -10)
    return [("", "All times"), *((year, f"{year}s") for year in years)]


if TYPE_CHECKING:  # Django's class takes no type when it runs
    ModelChoiceField = forms.ModelChoiceField[Genre | Country]
else:
    ModelChoiceField = forms.ModelChoiceField


class NameChoiceField(ModelChoiceField):
    """One of the rows of a table, chosen by its name."""

    def label_from_instance(self, row: Genre | Country) -> str:
        return row.name


class CountryField(NameChoiceField):
    """A country chosen by its code, or by any name in an address that somebody has typed."""

    iterator = CountryChoices
    widget = PlainSelect

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value in MISTAKEN_CODES:
            raise forms.ValidationError(f"There is no country “{value}”: {code_hint(value)}")
        return super().to_python(country_called(value) or value if value else value)


class HomeForm(forms.Form):
    """Which films the first page's shelf has, and the decades that its map is coloured by."""

    shelf = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in ("from", "to"):  # neither of which the class could have for an attribute
            self.fields[name] = forms.TypedChoiceField(
                choices=decades, coerce=int, empty_value=None, required=False
            )


class ListForm(WatchFields):
    """What a country's list is narrowed by."""

    by = forms.TypedChoiceField(
        choices=[*Lens.choices, (CO_PRODUCTIONS, "Co-productions")],
        empty_value=Lens.HOME,
        required=False,
    )
    genre = NameChoiceField(
        Genre.objects.order_by("name", "id"),
        required=False,
        empty_label="All genres",
        widget=PlainSelect,
    )
    decade = forms.TypedChoiceField(
        choices=decades,
        coerce=int,
        empty_value=None,
        required=False,
        label="Time",
        widget=PlainSelect,
    )
    shorts = forms.BooleanField(required=False, label="Short films too")

    field_order = ("by", "genre", "decade")


class SearchForm(WatchFields):
    """The search page's fields; the box in the header is the first of them, and the only one."""

    name = forms.CharField(
        required=False,
        max_length=KEY_LENGTH,
        widget=forms.HiddenInput,
        error_messages={"max_length": "No film has a name as long as that."},
    )
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_DECADE,
        max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "A year is a number, as in 1957."},
    )
    country = CountryField(
        Country.objects.all(),
        required=False,
        empty_label="All countries",
        error_messages={"invalid_choice": "There is no such country."},
    )

    # For links: that titles alone are meant, where the name is also a country's or a time.
    titles = forms.BooleanField(required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput
    )

    field_order = ("name", "year", "country")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name and is_empty_query(name):
            raise forms.ValidationError("A name has at least a letter or a digit.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors.pop("page", None):  # which nobody has typed
            cleaned["page"] = 1
        others = {"name", "year", "country"} & self.errors.keys()
        if not others and not (cleaned["name"] or cleaned["year"] or cleaned["country"]):
            self.add_error("name", "This field is required.")
        return cleaned
