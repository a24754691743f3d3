"""Names for short: initials, and a film's number in its collection."""

from movies.derived.joined_names import by_initials, by_number, initials


def test_initials_are_those_of_the_name_with_its_article_and_without() -> None:
    assert initials("the lord of the rings") == {"tlotr", "lotr"}
    assert initials("jaws") == initials("the birds") - {"tb"} == set()


def test_a_title_has_its_own_and_those_before_its_subtitle() -> None:
    named = by_initials([(7, "The Lord of the Rings: The Two Towers", 40), (8, "Up", 50)])
    assert set(named) == {
        ("tlotrttt", 7, 40),
        ("lotrttt", 7, 40),
        ("tlotr", 7, 40),
        ("lotr", 7, 40),
    }


def test_a_film_is_called_by_its_number_in_the_collection() -> None:
    films = [
        (1, "Mission: Impossible Collection", 11, 36),
        (1, "Mission: Impossible Collection", 12, 35),
        (2, "Jaws (Original) Collection", 21, 37),
    ]
    assert set(by_number(films)) == {
        ("missionimpossible1", 11, 36),
        ("missionimpossible", 11, 36),
        ("mi1", 11, 36),
        ("missionimpossible2", 12, 35),
        ("mi2", 12, 35),
        ("jaws1", 21, 37),
        ("jaws", 21, 37),
    }
