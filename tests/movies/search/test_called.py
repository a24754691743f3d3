"""Whether a film is called what was typed."""

import pytest

from movies.search.called import is_called


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("godfather", "The Godfather"),
        ("the godf", "The Godfather"),
        ("spiderman 2", "Spider-Man 2"),
        ("spider man", "Spiderman"),
        ("rocky 2", "Rocky II"),
        ("lotr", "The Lord of the Rings"),
        ("rashomon (1950)", "Rashomon"),
        ("rashomon 1950", "Rashomon"),
        ("away spirited", "Spirited Away"),
        ("amelie movie", "Amélie"),
        ("tt0245429", "Spirited Away"),
    ],
)
def test_every_word_is_there_in_some_way(typed: str, title: str) -> None:
    assert is_called(typed, title)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("spirted awy", "Spirited Away"),
        ("kubrik", "The Shining"),
        ("art", "Martha"),
        ("rocky horror", "Rocky"),
        ("godzzq", "Godzilla"),
    ],
)
def test_another_word_is_a_guess(typed: str, title: str) -> None:
    assert not is_called(typed, title)
