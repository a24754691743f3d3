"""What the browser keeps of a film that somebody marks."""

import msgspec
from django import template

from movies.films import Film
from pages.film_facts import film_facts as facts_of

register = template.Library()


@register.filter
def film_facts(film: Film) -> str:
    return msgspec.json.encode(facts_of(film)).decode()


@register.simple_tag
def own_ratings() -> range:
    """From which an own one is chosen, the best first."""
    return range(10, 0, -1)
