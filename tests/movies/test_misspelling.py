"""What counts as one typing error."""

from hypothesis import given
from hypothesis import strategies as st

from movies.misspelling import (
    deletions,
    is_misspelling,
    is_one_typing_error,
    typing_errors,
)

LETTERS = "abc"
WORDS = st.text(LETTERS, min_size=1, max_size=6)


def one_error_from(word: str) -> set[str]:
    """Every word that one wrong, missing, additional or swapped letter makes of it."""
    places = range(len(word))
    missing = {word[:place] + word[place + 1 :] for place in places}
    wrong = {word[:place] + letter + word[place + 1 :] for place in places for letter in LETTERS}
    swapped = {
        word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in places[:-1]
    }
    added = {
        word[:place] + letter + word[place:]
        for place in range(len(word) + 1)
        for letter in LETTERS
    }
    return (missing | wrong | swapped | added) - {word}


@given(WORDS, WORDS)
def test_one_error_is_one_wrong_missing_additional_or_swapped_letter(
    word: str, typed: str
) -> None:
    assert is_one_typing_error(word, typed) == (typed in one_error_from(word))


@given(WORDS)
def test_every_error_is_one_from_either_side(word: str) -> None:
    for typed in one_error_from(word):
        assert is_one_typing_error(word, typed)
        assert is_one_typing_error(typed, word)


@given(WORDS)
def test_a_word_and_its_misspelling_share_a_deletion(word: str) -> None:
    """By which the vocabulary's index finds one from the other."""
    assert all(deletions(word) & deletions(typed) for typed in one_error_from(word))


@given(WORDS, WORDS)
def test_errors_are_counted(word: str, typed: str) -> None:
    assert (typing_errors(word, typed) == 1) == is_one_typing_error(word, typed)
    assert typing_errors(word, typed) == typing_errors(typed, word)


def test_two_errors_are_tolerated_in_long_words_alone() -> None:
    assert typing_errors("casabalnac", "casablanca") == 2
    assert is_misspelling("casabalnac", "casablanca")
    assert not is_misspelling("jwsa", "jaws")
