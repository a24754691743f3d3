"""Which films of a list a reader wonders at, by what is shown of them."""

from movies.films import Film
from movies.models import Movie
from pages.film_rows import surprising_pair
from pages.templatetags.films import one_decimal


def ranked(*ratings: float) -> list[Film]:
    return [Film(Movie(), rating, 1_000, 7.0, few_votes=False) for rating in ratings]


def test_ratings_that_are_shown_alike_are_no_surprise() -> None:
    """A half goes up wherever a rating is rounded."""
    assert one_decimal(8.25) == one_decimal(8.3)
    assert surprising_pair(ranked(8.25, 8.3)) is None


def test_the_pair_that_is_farthest_apart_as_shown_is_the_surprising_one() -> None:
    first, second, third, fourth = ranked(8.0, 8.25, 7.0, 7.9)

    assert surprising_pair([first, second, third, fourth]) == (third, fourth)
