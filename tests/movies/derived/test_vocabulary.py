"""The vocabulary: words of all titles, found in spite of one typing error."""

import pytest

from importer.models import ImportRun
from movies.models import Word
from tests.conftest import RunImport
from tests.films import film, unlist
from tools.sandbox.sources import Films


@pytest.fixture
def source() -> Films:
    titles = ["The Godfather", "The Godfather Part II", "Up", "Her", "Amélie", "影武者", "𝔊𝔬𝔱𝔥"]
    return Films(film(number, title=name) for number, name in enumerate(titles, 1))


@pytest.fixture(autouse=True)
def vocabulary(run_import: RunImport, source: Films) -> None:
    for payload in source.films.values():
        payload["original_title"] = payload["title"]
    assert run_import("daily").state == ImportRun.State.SUCCEEDED


def without_a_letter(word: str) -> set[str]:
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def meant_by(typed: str) -> set[str]:
    found = Word.objects.filter(deletes__overlap=list(without_a_letter(typed)))
    return set(found.values_list("word", flat=True))


def test_a_word_counts_the_titles_that_have_it() -> None:
    counted = dict(Word.objects.values_list("word", "titles"))
    assert (counted["godfather"], counted["the"], counted["ii"]) == (2, 2, 1)


def test_a_film_that_has_a_word_in_two_titles_counts_for_both(
    run_import: RunImport, source: Films
) -> None:
    titles = [{"iso_3166_1": "US", "title": "Godfather", "type": ""}]
    source.films[1] = film(1, title="The Godfather", alternative_titles={"titles": titles})
    run_import("movies", "--ids", "1")
    run_import("ranking")

    assert Word.objects.get(word="godfather").titles == 3


def test_one_typing_error_does_not_hide_a_word() -> None:
    missing = ["odfather", "gofather", "godfathe"]
    too_many = ["xgodfather", "goddfather", "godfatherr"]
    wrong = ["hodfather", "gadfather", "godfathet"]
    swapped = ["ogdfather", "godfahter", "godfathre"]

    for typed in ["godfather", *missing, *too_many, *wrong, *swapped]:
        assert meant_by(typed) == {"godfather"}, typed


def test_two_typing_errors_do() -> None:
    assert meant_by("godfxthxr") == set()


def test_the_shortest_words_have_no_neighbours() -> None:
    assert Word.objects.get(word="up").deletes == ["up"]
    assert sorted(Word.objects.get(word="her").deletes) == ["er", "he", "her", "hr"]


def test_words_of_every_script_are_in_it() -> None:
    known = set(Word.objects.values_list("word", flat=True))
    assert known >= {"amelie", "影", "影武", "武者", "goth"}


def test_words_of_films_that_are_gone_leave_with_the_next_ranking(
    run_import: RunImport, source: Films
) -> None:
    del source.films[5]
    unlist(5)
    run_import("movies", "--ids", "5")
    run_import("ranking")

    assert not Word.objects.filter(word="amelie").exists()


def test_words_of_new_films_arrive_with_the_next_ranking(
    run_import: RunImport, source: Films
) -> None:
    source.films[99] = film(99, title="Zardoz")
    run_import("movies", "--ids", "99")
    assert meant_by("zardos") == set()

    run_import("ranking")
    assert meant_by("zardos") == {"zardoz"}
