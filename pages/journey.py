"""What /next/ can be asked for, and the films that its browser's part chooses from."""

from typing import Any, cast

from django import forms

from movies.lists.journey import LONGEST, Journey
from pages.film_facts import film_facts
from pages.forms import decades
from pages.watching import WatchFields

# Films of each country: as many as can be swapped for one another.
FILMS_EACH = 5
# Minutes, first and last.
LENGTHS = {
    "short": ("Up to 90 minutes", (1, 90)),
    "medium": ("Up to 2 hours", (91, 120)),
    "long": ("More than 2 hours", (121, LONGEST)),
}
LENGTH_CHOICES = [("", "Any length"), *((name, words) for name, (words, _) in LENGTHS.items())]


class JourneyForm(WatchFields):
    """What the journey is narrowed by."""

    decade = forms.TypedChoiceField(
        choices=decades, coerce=int, empty_value=None, required=False, label="Time"
    )
    length = forms.ChoiceField(choices=LENGTH_CHOICES, required=False, label="Length")

    field_order = ("decade", "length")

    def offer_decades(self, known: list[int]) -> None:
        """No others than these, and what an address has asked for; once it is cleaned."""
        asked = self.cleaned_data.get("decade")
        offered = sorted({*known, *([asked] if asked else [])}, reverse=True)
        time = cast("forms.TypedChoiceField", self.fields["decade"])
        time.choices = [("", "All times"), *((decade, f"{decade}s") for decade in offered)]

    @property
    def journey(self) -> Journey:
        """What is not valid counts as not asked for."""
        asked = self.cleaned_data
        decade, length = asked.get("decade"), asked.get("length")
        return Journey(
            years=(decade, decade + 9) if decade else None,
            minutes=LENGTHS[length][1] if length else None,
            watch=asked.get("watch_filter"),
        )


def journey_answer(journey: Journey) -> dict[str, Any]:
    """By the keys of best/."""
    countries = journey.films_by_country(FILMS_EACH)
    return {
        "countries": [
            {
                "country_code": code,
                "movies": [
                    film_facts(film) | {"runtime": film.movie.runtime, "few_votes": film.few_votes}
                    for film in films
                ],
            }
            for code, films in countries.items()
        ]
    }
