"""What the pages' footer says of the service itself: its version, and that it is tried out."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def version() -> str:
    return str(settings.VERSION)


@register.simple_tag
def if_sandbox() -> SafeString | str:
    """Where no key of TMDB's is set, whose films these are."""
    if not settings.IS_SANDBOX:
        return ""
    words = "No TMDB key is set: a sandbox stands in for TMDB, with some hundred films."
    return format_html("<p><strong>{}</strong></p>", words)
