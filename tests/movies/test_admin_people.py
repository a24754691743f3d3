"""People and providers in the back office: found by name, shown, never changed."""

import pytest
from django.urls import reverse

from tests.staff import log_in
from tests.whole_film import create_whole_film

pytestmark = pytest.mark.django_db


def test_a_person_is_found_by_a_part_of_the_name_and_shown_with_the_films() -> None:
    create_whole_film()
    client = log_in("view_person")

    found = client.get(reverse("admin:movies_person_changelist"), {"q": "sigrun"})
    assert b"Sigr\xc3\xban" in found.content
    assert b"Halla Ask" not in found.content
    page = client.get(reverse("admin:movies_person_change", args=[303])).content.decode()
    assert "2015 The Silent Neighbours (Actor) Gummi" in page


def test_providers_are_listed() -> None:
    create_whole_film()
    client = log_in("view_provider")

    assert b"Kinostream" in client.get(reverse("admin:movies_provider_changelist")).content
    page = client.get(reverse("admin:movies_provider_change", args=[8]))
    assert b"/kinostream.jpg" in page.content


@pytest.mark.parametrize("model", ["person", "provider"])
def test_without_the_permission_there_is_nothing_to_see(model: str) -> None:
    address = reverse(f"admin:movies_{model}_changelist")
    assert log_in("view_movie").get(address).status_code == 403
