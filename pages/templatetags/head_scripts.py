"""What pages begin with, in the page itself, so that it holds from the first paint on.

The settings let these scripts in by their hashes.
"""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def theme_script() -> SafeString:
    """Light or dark, as this browser keeps it."""
    return _script(settings.THEME_SCRIPT)


@register.simple_tag
def own_films_script() -> SafeString:
    """Whether this browser keeps films, for the page that is laid out by them."""
    return _script(settings.OWN_FILMS_SCRIPT)


def _script(text: str) -> SafeString:
    return format_html("<script>{}</script>", mark_safe(text))  # noqa: S308
