"""What a browser asks for first."""

from contextlib import closing

import pytest
from django.test import Client


def test_the_first_page_leads_to_what_there_is(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "not endorsed, certified, or otherwise" in page
    for address in ("/api/v1/best/", "/api/v1/status/", "/movies/", "/admin/"):
        assert f'href="{address}"' in page


def test_there_is_an_icon(client: Client) -> None:
    with closing(client.get("/favicon.ico", follow=True)) as response:
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/"])
def test_what_is_not_there_is_a_page_of_its_own(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")
