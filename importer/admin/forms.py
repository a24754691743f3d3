"""What can be asked for on the imports page."""

import re
from typing import Any, cast

from django import forms

from importer.models import ImportOptions, ImportRun

LARGEST_ID = 2**31 - 1
MOST_IDS = 10_000
GREATEST_LIMIT = 2_000_000


class MovieIds(forms.Field):
    """Ids of films, separated by commas or spaces."""

    def to_python(self, value: str | None) -> list[int]:
        words = [word for word in re.split(r"[,;\s]+", value or "") if word]
        if len(words) > MOST_IDS:
            raise forms.ValidationError(f"more than {MOST_IDS:,} ids at once")
        return list(dict.fromkeys(map(movie_id, words)))


def movie_id(word: str) -> int:
    number = int(word) if re.fullmatch(r"[0-9]{1,10}", word) else 0
    if not 0 < number <= LARGEST_ID:
        raise forms.ValidationError(f"{word[:40]!r} is not the id of a film")
    return number


class StartForm(forms.Form):
    """A kind of import, and for `movies` which films or how many."""

    kind = forms.ChoiceField(
        choices=ImportRun.Kind.choices,
        error_messages={"invalid_choice": "there is no import called %(value)s"},
    )
    ids = MovieIds(required=False)
    limit = forms.IntegerField(required=False, min_value=1, max_value=GREATEST_LIMIT)
    force = forms.BooleanField(required=False)
    # The loss that was shown beside the button.
    accepted = forms.IntegerField(required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        selects = given.get("ids") or given.get("limit")
        if selects and given.get("kind", ImportRun.Kind.MOVIES) != ImportRun.Kind.MOVIES:
            raise forms.ValidationError("only movies can be started with ids or a limit")
        if given.get("ids") and given.get("limit"):
            raise forms.ValidationError("give ids or a limit, not both")
        return given

    @property
    def options(self) -> ImportOptions:
        """What is asked for beside the kind, as ImportRun keeps it."""
        names = ("ids", "limit", "force")
        given = {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
        if given.get("force") and (shown := self.cleaned_data.get("accepted")):
            given["accepted"] = {self.cleaned_data["kind"]: shown}
        return cast("ImportOptions", given)

    @property
    def complaint(self) -> str:
        """All that is wrong, in one line."""
        return "; ".join(
            message if field in {"kind", "__all__"} else f"{field}: {message}"
            for field, errors in self.errors.get_json_data().items()
            for message in (error["message"] for error in errors)
        )
