"""The page of Studio Ghibli's films."""

import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from ghibli.catalogue import with_catalogued
from ghibli.freshness import current
from ghibli.models import Film, Refresh

# What the page keeps to while somebody looks at it.
RENEWAL_SECONDS = 3
# Where the process keeps its text, and for how long at the most: what it says changes before.
PAGE, PAGE_SECONDS = "ghibli-page", 60
# How many of a unit it takes until the next one tells more.
UNITS = (("second", 120), ("minute", 120), ("hour", 48))


@require_safe
def films(request: HttpRequest) -> HttpResponse:
    page = HttpResponse(page_of(current()))
    # Whoever comes back to it has to ask again: a browser's copy may be older than promised.
    page["Cache-Control"] = "no-store"
    return page


def page_of(refresh: Refresh) -> str:
    """The last text that was made, for as long as there is nothing else to say."""
    age = in_words(refresh.age) if refresh.age and not refresh.is_fresh else None
    said = refresh.etag, refresh.fetched_at, refresh.is_fresh, age, settings.GHIBLI_MAX_AGE_SECONDS
    last, text = cache.get(PAGE, (None, ""))
    if last != said:
        text = write_page(refresh, age)
        cache.set(PAGE, (said, text), PAGE_SECONDS)
    return str(text)


def write_page(refresh: Refresh, age: str | None) -> str:
    context = {
        "refresh": refresh,
        "age": age,
        "films": with_catalogued(Film.objects.listed()),
        "max_age_seconds": settings.GHIBLI_MAX_AGE_SECONDS,
        "renewal_seconds": RENEWAL_SECONDS,
    }
    return render_to_string("ghibli/films.html", context)


def in_words(age: datetime.timedelta) -> str:
    """`4 minutes`; films.js says it in the same words."""
    number = int(age.total_seconds())
    for unit, limit in UNITS:
        if number < limit:
            return f"{number} {unit}" + "s" * (number != 1)
        number //= 24 if unit == "hour" else 60
    return f"{number} days"
