"""The page of Studio Ghibli's films."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ghibli.freshness import current
from ghibli.models import Film

# What the page keeps to while somebody looks at it.
RENEWAL_SECONDS = 3
# How many of a unit it takes until the next one tells more.
UNITS = (("second", 120), ("minute", 120), ("hour", 48))


@require_safe
def films(request: HttpRequest) -> HttpResponse:
    refresh = current()
    context = {
        "refresh": refresh,
        "age": refresh.age and in_words(refresh.age),
        "films": Film.objects.listed().with_catalogue_film(),
        "max_age_seconds": settings.GHIBLI_MAX_AGE_SECONDS,
        "renewal_seconds": RENEWAL_SECONDS,
    }
    page = render(request, "ghibli/films.html", context)
    # Whoever comes back to it has to ask again: a browser's copy may be older than promised.
    page["Cache-Control"] = "no-store"
    return page


def in_words(age: datetime.timedelta) -> str:
    """`4 minutes`; films.js says it in the same words."""
    number = int(age.total_seconds())
    for unit, limit in UNITS:
        if number < limit:
            return f"{number} {unit}" + "s" * (number != 1)
        number //= 24 if unit == "hour" else 60
    return f"{number} days"
