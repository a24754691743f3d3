"""Whatever TMDB may answer is read or refused; whatever is read can be saved and ranked."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.errors import ParseFailed
from importer.models import ImportFailure
from importer.tmdb.parse_movie import ParsedMovie, parse_movie
from movies.models import Movie, Title
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.payloads import Payload
from tools.sandbox.sources import Films

pytestmark = pytest.mark.slow

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["GB", "en", "tt0245429", "1999-12-31", " ", "\0", "\ud83d"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["iso_3166_1", "iso_639_1", "id", "name", "title", "titles"])
            | st.text(),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def is_read_or_refused(body: bytes) -> None:
    read: ParsedMovie | ParseFailed
    try:
        read = parse_movie(body, 4)
    except ParseFailed as failure:
        read = failure
    if isinstance(read, ParseFailed):
        assert (read.dump, bool(str(read))) == (body, True)
    else:
        assert (read.id, bool(read.title)) == (4, True)


@given(st.binary())
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    is_read_or_refused(body)


@given(json_values)
def test_any_json_is_read_or_refused(value: Any) -> None:
    is_read_or_refused(json.dumps(value).encode())


@given(st.dictionaries(st.sampled_from([*film(4), "external_ids"]), json_values, max_size=4))
def test_any_value_in_any_field_is_read_or_refused(changes: Payload) -> None:
    is_read_or_refused(json.dumps(film(4) | changes).encode())


@given(st.integers(0), st.binary(max_size=3), st.integers(0, 3))
def test_a_film_with_bytes_lost_or_changed_is_read_or_refused(
    place: int, new: bytes, lost: int
) -> None:
    body = json.dumps(film(4), ensure_ascii=False).encode()
    place %= len(body)
    is_read_or_refused(body[:place] + new + body[place + lost :])


padding = st.text(" \t\n", max_size=2)
# All that PostgreSQL can store: no NUL.
stored_text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def padded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("{}{}{}".format, padding, texts, padding)


def listed(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any] | None]:
    """A list as TMDB may give it: null, empty, the same twice."""
    return st.none() | st.lists(values, max_size=3).map(lambda found: found * 2)


country_codes = st.text("ABGSUXYZ", min_size=2, max_size=2)
language_codes = st.text("aefjnx", min_size=2, max_size=2)
names = st.none() | padded(stored_text)
valid_changes = st.fixed_dictionaries(
    {
        "title": padded(stored_text.filter(str.strip)),
        "original_title": padded(stored_text),
        "original_language": padded(language_codes | st.just("")),
        "vote_average": st.floats(0, 10),
        "vote_count": st.integers(0, 10**9),
    },
    optional={
        "popularity": st.floats(allow_nan=False, allow_infinity=False),
        "imdb_id": names | padded(st.just("tt0245429")),
        "external_ids": st.none() | st.fixed_dictionaries({"imdb_id": names}),
        "origin_country": listed(country_codes),
        "production_countries": listed(
            st.fixed_dictionaries({"iso_3166_1": country_codes, "name": names})
        ),
        "genres": listed(
            st.fixed_dictionaries({"id": st.integers(0, 2**31 - 1), "name": padded(stored_text)})
        ),
        "spoken_languages": listed(
            st.fixed_dictionaries({"iso_639_1": language_codes, "english_name": names})
        ),
        "release_date": st.none() | padded(st.just("") | st.dates().map(str)),
        "runtime": st.none() | st.integers(0, 2**31 - 1),
        "poster_path": names,
        "status": names,
        "alternative_titles": st.none()
        | st.fixed_dictionaries({"titles": listed(st.fixed_dictionaries({"title": names}))}),
    },
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(valid_changes, min_size=1, max_size=8))
def test_whatever_is_valid_can_be_saved_and_ranked(
    run_import: RunImport, source: Films, several: list[Payload]
) -> None:
    source.films = {number: film(number, **changes) for number, changes in enumerate(several, 1)}

    run = run_import("movies", "--ids", ",".join(map(str, source.films)))

    assert run.failed == 0, ImportFailure.objects.unresolved().first()
    for number, changes in enumerate(several, 1):
        movie = Movie.objects.get(id=number)
        assert movie.title == changes["title"].strip()
        assert movie.origin_countries == list(dict.fromkeys(movie.origin_countries))
        first = Title.objects.filter(movie=number).order_by("id").first()
        assert first is not None
        assert first.name == movie.title
    assert run_import("ranking").failed == 0
