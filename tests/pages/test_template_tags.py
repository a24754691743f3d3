"""What the pages' templates leave to tags of their own: constant parts, addresses, numbers."""

import datetime
from itertools import count
from typing import Any

import pytest
from django.template import Context, Template
from django.template.defaultfilters import date, floatformat
from django.urls import reverse, set_script_prefix
from pytest_django import Settings

from pages.templatetags.films import cut, full_date, one_decimal


@pytest.fixture
def numbers() -> Any:
    """Another one each time that a template asks for it."""
    return count(1).__next__


def render(template: Template, **context: Any) -> str:
    return template.render(Context(context))


class TestAConstantPart:
    def test_is_rendered_once(self, numbers: Any) -> None:
        template = Template("{% load constant %}{% constant %}{{ number }}{% endconstant %}")

        assert [render(template, number=numbers) for _ in range(3)] == ["1", "1", "1"]

    def test_is_rendered_once_for_each_of_the_values_that_it_names(self, numbers: Any) -> None:
        template = Template(
            "{% load constant %}{% constant page %}{{ page }} {{ number }}{% endconstant %}"
        )

        found = [render(template, page=page, number=numbers) for page in ("a", "b", "a", "b")]
        assert found == ["a 1", "b 2", "a 1", "b 2"]

    def test_is_another_one_in_another_release(self, numbers: Any, settings: Settings) -> None:
        template = Template("{% load constant %}{% constant %}{{ number }}{% endconstant %}")
        before = render(template, number=numbers)
        settings.VERSION = "another"

        assert [before, render(template, number=numbers)] == ["1", "2"]

    def test_is_rendered_each_time_while_templates_are_written(
        self, numbers: Any, settings: Settings
    ) -> None:
        settings.DEBUG = True
        template = Template("{% load constant %}{% constant %}{{ number }}{% endconstant %}")

        assert [render(template, number=numbers) for _ in range(2)] == ["1", "2"]


@pytest.fixture
def prefixes() -> Any:
    yield ["/", "/films/0/", "/{}/"]
    set_script_prefix("/")


@pytest.mark.parametrize(
    ("name", "filter_name", "value"),
    [
        ("film", "film_address", 129),
        ("film", "film_address", 0),
        ("film_picture", "film_picture_address", 10),
        ("person", "person_address", 608),
        ("country", "country_address", "JP"),
        ("country", "country_address", "Ü?"),
    ],
)
def test_an_address_is_that_of_the_view(
    prefixes: list[str], name: str, filter_name: str, value: object
) -> None:
    template = Template("{% load addresses %}{% autoescape off %}{{ value|F }}{% endautoescape %}"
                        .replace("F", filter_name))  # fmt: skip
    for prefix in prefixes:
        set_script_prefix(prefix)
        assert render(template, value=value) == reverse(name, args=[value])


def test_one_decimal_is_rounded_as_django_does() -> None:
    for thousandths in range(10_001):
        number = thousandths / 1000
        assert one_decimal(number) == floatformat(number, 1)


def test_a_text_is_cut_only_where_it_is_too_long() -> None:
    assert [cut("abcde", letters) for letters in (6, 5, 4, 1)] == ["abcde", "abcde", "abc…", "…"]


@pytest.mark.parametrize("month", range(1, 13))
def test_a_date_is_written_as_django_writes_it(month: int) -> None:
    released = datetime.date(1957, month, month)

    assert full_date(released) == date(released, "j F Y")
