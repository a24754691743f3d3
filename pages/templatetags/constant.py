"""Parts of pages that are the same for every reader: rendered once in each process."""

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix

from caching.versions import release

register = template.Library()


# The release and the prefix, and what was said for each of the values.
Rendered = tuple[tuple[str, str], dict[tuple[object, ...], str]]


class ConstantNode(template.Node):
    """What its nodes have said of this release, below this prefix, for these values."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self._rendered: Rendered = ("", ""), {}

    def render(self, context: Context) -> str:
        of = release(), get_script_prefix()
        of_these, rendered = self._rendered
        if of != of_these or settings.DEBUG:  # with which a template may have changed
            rendered = {}
            self._rendered = of, rendered
        values = tuple(value.resolve(context) for value in self.values)
        if values not in rendered:
            rendered[values] = self.nodelist.render(context)
        return rendered[values]


@register.tag
def constant(parser: Parser, token: Token) -> ConstantNode:
    """`{% constant %}…{% endconstant %}`, around what neither a variable nor a request changes,
    but for a few values, by which it is kept: `{% constant request.resolver_match.url_name %}`.
    """
    _, *values = token.split_contents()
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(nodelist, [parser.compile_filter(value) for value in values])
