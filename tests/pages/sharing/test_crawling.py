"""What search engines are told: which pages there are, and what is not for them."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.sample_films import sample_films
from tools.sandbox.sources import Films

LOCATION = re.compile("<loc>http://testserver(.*?)</loc>")


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def locations(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return LOCATION.findall(answer.content.decode())


def test_the_sitemap_leads_to_every_page_that_is_worth_finding(
    client: Client, catalogue: None
) -> None:
    sections = locations(client, "/sitemap.xml")
    found = [page for section in sections for page in locations(client, section)]

    assert len(found) == len(set(found))
    assert {"/", "/my-films/", "/next/", "/movies/"} <= set(found)
    assert {"/countries/JP/", "/countries/SU/", "/films/101/", "/films/201/"} <= set(found)
    # Without a rated film, and without a vote.
    assert "/countries/SE/" not in found
    assert "/films/301/" not in found


def test_no_page_of_the_sitemap_leads_astray(client: Client, catalogue: None) -> None:
    for section in locations(client, "/sitemap.xml")[:2]:
        for page in locations(client, section):
            if page != "/movies/":
                assert client.get(page).status_code == 200, page


def test_countries_are_as_new_as_their_lists(client: Client, catalogue: None) -> None:
    assert b"<lastmod>20" in client.get("/sitemap-countries.xml").content


def test_a_films_page_beyond_the_last_is_not_there(
    client: Client, catalogue: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert client.get("/sitemap-films.xml?p=2").status_code == 404
    assert client.get("/sitemap-films.xml?p=x").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


@pytest.mark.django_db
def test_an_empty_catalogue_has_a_sitemap_too(client: Client) -> None:
    assert "/" in locations(client, "/sitemap-pages.xml")
    assert locations(client, "/sitemap-films.xml") == []


@pytest.mark.django_db
def test_robots_are_told_what_is_not_for_them(client: Client) -> None:
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()

    assert answer["Content-Type"].startswith("text/plain")
    assert {"Disallow: /admin/", "Disallow: /api/v1/", "Disallow: /search/"} <= set(lines)
    assert "Sitemap: http://testserver/sitemap.xml" in lines
