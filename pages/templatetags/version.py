"""The service's version, for the pages' footer."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def version() -> str:
    return str(settings.VERSION)
