"""A name that is typed exactly comes before one that is far better known and written otherwise."""

import pytest

from movies.models import Lens
from movies.search import search
from tests.films import film
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")

KNOWN = 1_000_000
TITLES = {
    # Another article, and an error beside it.
    "Der Remé": 5, "Romé": KNOWN,
    # Another order, another space.
    "Masto Reni": 2, "Reni Masto": 30,
    "Poste Fevu": 0, "Postefevu": 30,
    # One error, and two.
    "Mimu Fobro": 0, "Du Fobro": 10_000, "Mazu Fobro": 10_000,
    # A whole word and more of them, the beginning of another.
    "Q.A. Fevumasto": 1_000, "Qaplene": 5_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def world() -> Films:
    numbered = enumerate(TITLES.items(), start=1)
    return Films(
        [film(number, title=title, vote_count=votes) for number, (title, votes) in numbered]
    )


@pytest.mark.parametrize("title", ["Der Remé", "Masto Reni", "Poste Fevu", "Mimu Fobro"])
def test_what_is_typed_exactly_is_the_first(title: str) -> None:
    assert first(title) == title


def test_one_error_comes_before_two_in_a_name_that_is_far_better_known() -> None:
    assert first("Miu Fobro") == "Mimu Fobro"


def test_two_letters_that_are_swapped_are_one_error_in_the_shortest_name() -> None:
    assert first("oRme") == "Romé"


@pytest.mark.parametrize("typed", ["qa", "Q.A."])
def test_a_whole_word_comes_before_the_beginning_of_one(typed: str) -> None:
    assert first(typed) == "Q.A. Fevumasto"


def first(typed: str) -> str:
    return search(typed, by=Lens.HOME)[0].film.movie.title
