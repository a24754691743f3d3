"""What every page begins with: light or dark, as this browser keeps it."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def theme_script() -> SafeString:
    """In the page itself, so that it holds from the first paint on: the settings let this one
    script in by its hash."""
    return format_html("<script>{}</script>", mark_safe(settings.THEME_SCRIPT))  # noqa: S308
