"""What is stored of the parts that are appended to a film's details, and what odd ones leave."""

from typing import Any

import pytest

from importer.models import ImportFailure, MovieWarning
from movies.models import Availability, Credit, Movie, Person, Provider, Title
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.sources import Films

DIRECTOR = {"id": 7, "name": "Agnès Varda", "job": "Director", "profile_path": "/v.jpg"}
ACTOR = {"id": 8, "name": "Corinne Marchand", "character": "Cléo", "order": 0}
PARTS: dict[str, Any] = {
    "overview": "A singer waits for a diagnosis.",
    "tagline": "Two hours",
    "backdrop_path": "/b.jpg",
    "belongs_to_collection": {"id": 70, "name": "Paris on foot"},
    "production_companies": [{"name": "A", "origin_country": code} for code in ("FR", "", "FR")],
    "translations": {
        "translations": [
            {"iso_639_1": "de", "data": {"title": "Mittwoch zwischen 5 und 7"}},
            {"iso_639_1": "en", "data": {"title": ""}},
        ]
    },
    "credits": {"cast": [ACTOR], "crew": [DIRECTOR]},
    "videos": {
        "results": [{"key": "k1", "site": "YouTube", "type": "Trailer", "official": True}]
    },
    "watch/providers": {
        "results": {
            "FR": {
                "flatrate": [{"provider_id": 3, "provider_name": "Ciné", "logo_path": "/c.png"}],
                "rent": [{"provider_id": 4, "provider_name": "Louer"}],
            }
        }
    },
}  # fmt: skip


@pytest.fixture
def whole(source: Films, run_import: RunImport) -> Movie:
    source.films = {4: film(4, **PARTS)}
    run_import("movies", "--ids", "4")
    return Movie.objects.get(id=4)


def test_every_part_is_stored(whole: Movie) -> None:
    assert (whole.overview, whole.tagline) == ("A singer waits for a diagnosis.", "Two hours")
    assert (whole.backdrop_path, whole.company_countries) == ("/b.jpg", ["FR", "FR"])
    assert whole.collection is not None
    assert whole.collection.name == "Paris on foot"
    assert (whole.trailer_site, whole.trailer_key) == ("YouTube", "k1")
    assert whole.availability_at is not None
    titles = Title.objects.order_by("id").values_list("name", "language", "is_own")
    assert list(titles) == [("Film 4", None, True), ("Mittwoch zwischen 5 und 7", "de", False)]
    credited = Credit.objects.order_by("-job").values_list("job", "person__name", "character")
    assert list(credited) == [
        ("director", "Agnès Varda", ""),
        ("actor", "Corinne Marchand", "Cléo"),
    ]
    person = Person.objects.get(id=7)
    assert (person.key, person.words) == ("agnes varda", ["agnes", "varda"])
    assert person.weight == Title.objects.filter(is_own=True).get().weight
    offers = Availability.objects.order_by("kind").values_list("region", "kind", "providers")
    assert list(offers) == [("FR", "flatrate", [3]), ("FR", "rent", [4])]
    assert list(Provider.objects.order_by("id").values_list("name", "logo_path")) == [
        ("Ciné", "/c.png"),
        ("Louer", None),
    ]


def test_what_has_changed_is_replaced(whole: Movie, source: Films, run_import: RunImport) -> None:
    source.films[4] |= {
        "overview": None,
        "belongs_to_collection": None,
        "translations": {"translations": []},
        "credits": {"cast": [], "crew": [DIRECTOR | {"name": "A. Varda"}]},
        "watch/providers": {
            "results": {"SE": {"rent": [{"provider_id": 4, "provider_name": "Hyra"}]}}
        },
    }
    run_import("movies", "--ids", "4")
    whole.refresh_from_db()
    assert (whole.overview, whole.collection_id) == ("", None)
    assert list(Title.objects.values_list("name", flat=True)) == ["Film 4"]
    assert list(Credit.objects.values_list("job", "person__name")) == [("director", "A. Varda")]
    assert list(Availability.objects.values_list("region", "providers")) == [("SE", [4])]
    assert Provider.objects.get(id=4).name == "Hyra"


@pytest.mark.parametrize("part", ["translations", "credits", "watch/providers"])
def test_a_part_that_does_not_come_leaves_what_is_stored(
    whole: Movie, source: Films, run_import: RunImport, part: str
) -> None:
    before = stored()
    source.films[4][part] = None
    run_import("movies", "--ids", "4")
    assert stored() == before


def stored() -> dict[str, list[Any]]:
    return {
        "titles": list(Title.objects.order_by("name").values_list("name", "language")),
        "credits": list(Credit.objects.order_by("-job").values_list("job", "person")),
        "availability": list(Availability.objects.order_by("kind").values_list("providers")),
    }


def test_what_is_odd_is_kept_as_a_warning_until_it_is_gone(
    source: Films, run_import: RunImport
) -> None:
    odd = {"runtime": 90.5, "credits": {"cast": [{"id": 9, "name": ""}, ACTOR], "crew": None}}
    source.films = {4: film(4, **odd)}
    run = run_import("movies", "--ids", "4")
    assert (run.failed, run.warnings, run.fetched) == (0, 2, 1)
    assert not ImportFailure.objects.exists()
    kept = MovieWarning.objects.order_by("part")
    assert [(w.movie_id, w.part, bytes(w.dump)) for w in kept] == [
        (4, "credits.cast[0]", b'{"id":9,"name":""}'),
        (4, "runtime", b"90.5"),
    ]
    assert Movie.objects.get(id=4).runtime is None

    source.films = {4: film(4)}
    run_import("movies", "--ids", "4")
    assert not MovieWarning.objects.exists()


def test_a_film_that_leaves_takes_its_parts_with_it_and_people_when_it_is_cleaned_up(
    whole: Movie, source: Films, run_import: RunImport
) -> None:
    source.films = {5: film(5)}
    run_import("ids")
    run_import("movies", "--ids", "4", "--force")
    assert not Movie.objects.filter(id=4).exists()
    for model in (Title, Credit, Availability):
        assert not model._default_manager.filter(movie=4).exists()
    run_import("cleanup")
    assert not Person.objects.exists()


def test_a_film_of_three_thousand_people_comes_in(source: Films, run_import: RunImport) -> None:
    cast = [{"id": n, "name": f"Actor {n}", "character": "", "order": n} for n in range(1, 3001)]
    source.films = {4: film(4, credits={"cast": cast, "crew": []})}
    assert run_import("movies", "--ids", "4").failed == 0
    assert Credit.objects.count() == 5
