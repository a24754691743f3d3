"""Which of several films of one name a row is about, and what is said where nobody can tell.

Each case has the films there are, by `id name of year, votes`, the row, and what is to become of
it: the film with how sure that is, or the reason why there is none.
"""

import datetime
from typing import Any, NamedTuple

import pytest

from movies.models import Lens, Movie
from movies.models import Title as TitleRow
from movies.watched.candidates import add_candidates
from movies.watched.catalogue import ASKED_AT_ONCE, Catalogue
from movies.watched.found import Found, NotFound, UnmatchedReason
from movies.watched.rows import Row
from tests.movies.watched.conftest import Ask
from tests.movies.watched.world import Film

NAMED = "Date,Name,Year,Letterboxd URI\n"


class Case(NamedTuple):
    films: list[Film]
    row: str
    expected: str


def film(
    number: int, title: str, year: int | None, votes: int, *, original: str = "", also: str = ""
) -> Film:
    released = datetime.date(year, 6, 1).isoformat() if year else ""
    others = [also] if also else []
    return Film(
        number, f"tt9{number:06}", title, original or title, released, "US", "", others, votes
    )


CASES = {
    "a short of that year without votes beside the film of the next year": Case(
        [film(1, "The Witch", 2016, 7_413), film(2, "The Witch", 2015, 0)],
        "The Witch,2015",
        "1 near neighbouring_year",
    ),
    "the film of that year although the next year's is better known": Case(
        [film(1, "Loving", 2016, 900), film(2, "Loving", 2017, 12)],
        "Loving,2017",
        "2 exact title",
    ),
    "an own title of the year before": Case(
        [film(1, "Lemonade", 2015, 97, original="Limonata")],
        "Lemonade,2016",
        "1 near neighbouring_year",
    ),
    "an alternative title of the year before is no match": Case(
        [film(1, "Limonata", 2015, 97, also="Lemonade")],
        "Lemonade,2016",
        "not_in_catalogue",
    ),
    "other signs and another year are no match": Case(
        [film(1, "I.T.", 2016, 1_200)], "It,2017", "not_in_catalogue"
    ),
    "a sign more and another year are no match": Case(
        [film(1, "Mother", 2016, 300)], "mother!,2017", "not_in_catalogue"
    ),
    "of two of one year the one with the sign": Case(
        [film(1, "mother!", 2017, 7_000), film(2, "Mother", 2017, 90)],
        "mother!,2017",
        "1 exact title",
    ),
    "of two of one year the one without the sign": Case(
        [film(1, "mother!", 2017, 7_000), film(2, "Mother", 2017, 90)],
        "Mother,2017",
        "2 exact title",
    ),
    "one sign is not another": Case(
        [film(1, "X/Y", 2014, 60), film(2, "X+Y", 2014, 700)], "X+Y,2014", "2 exact title"
    ),
    "one sign is not another, in the year before either": Case(
        [film(1, "X/Y", 2014, 60), film(2, "X+Y", 2015, 700)],
        "X+Y,2014",
        "2 near neighbouring_year",
    ),
    "one sign is not another if there is no other film": Case(
        [film(1, "X/Y", 2014, 60)], "X+Y,2014", "not_in_catalogue"
    ),
    "the title before another film's original title": Case(
        [film(1, "The Visit", 2015, 400), film(2, "Der Besuch", 2015, 390, original="The Visit")],
        "The Visit,2015",
        "1 exact title",
    ),
    "the original title before another film's alternative title": Case(
        [film(1, "La visita", 2015, 4, original="Viso"), film(2, "Besuch", 2015, 5, also="Viso")],
        "Viso,2015",
        "1 exact original_title",
    ),
    "by far the best known": Case(
        [film(1, "Dracula", 2025, 1_000), film(2, "Dracula", 2025, 50)],
        "Dracula,2025",
        "1 exact best_known",
    ),
    "not known by far": Case(
        [film(1, "Dracula", 2025, 999), film(2, "Dracula", 2025, 50)], "Dracula,2025", "ambiguous"
    ),
    "twenty times as many votes, but hardly any": Case(
        [film(1, "Dracula", 2025, 49), film(2, "Dracula", 2025, 2)], "Dracula,2025", "ambiguous"
    ),
    "fifty votes and none": Case(
        [film(1, "Dracula", 2025, 50), film(2, "Dracula", 2025, 0)],
        "Dracula,2025",
        "1 exact best_known",
    ),
    "two years beside it": Case(
        [film(1, "Solo", 2010, 300), film(2, "Solo", 2012, 280)], "Solo,2011", "ambiguous"
    ),
    "two years beside it, of which one is known": Case(
        [film(1, "Solo", 2010, 300), film(2, "Solo", 2012, 2)],
        "Solo,2011",
        "1 near neighbouring_year",
    ),
    "two years away": Case([film(1, "Solo", 2010, 300)], "Solo,2012", "not_in_catalogue"),
    "accents as they are written": Case(
        [film(1, "Pokój", 2011, 40), film(2, "Pokoj", 2011, 45)], "Pokoj,2011", "2 exact title"
    ),
    "accents left out": Case([film(1, "Pokój", 2011, 40)], "Pokoj,2011", "1 exact title"),
    "accents left out and another year": Case(
        [film(1, "Pokój", 2011, 40)], "POKOJ,2012", "1 near neighbouring_year"
    ),
    "accents left out, and a film of the year before that has none": Case(
        [film(1, "Pokój", 2011, 40), film(2, "Pokoj", 2010, 45)], "Pokoj,2011", "ambiguous"
    ),
    "a voteless film spelt so beside a known one with accents": Case(
        [film(1, "Noël", 2003, 11_000), film(2, "Noel", 2003, 0)],
        "Noel,2003",
        "1 exact best_known",
    ),
    "a voteless film beside one that has the name as an alternative title": Case(
        [film(1, "Limonata", 2016, 970, also="Lemonade"), film(2, "Lemonade", 2016, 0)],
        "Lemonade,2016",
        "ambiguous",
    ),
    "another title that is written so, beside a film's own with accents": Case(
        [film(1, "Noël", 2003, 500), film(2, "Weihnachten", 2003, 90, also="Noel")],
        "Noel,2003",
        "ambiguous",
    ),
    "another title that is written so, beside a known film's own with accents": Case(
        [film(1, "Noël", 2003, 500), film(2, "Weihnachten", 2003, 9, also="Noel")],
        "Noel,2003",
        "1 exact best_known",
    ),
    "another title that is written so, beside a film's own with a sign": Case(
        [film(1, "Noel!", 2003, 500), film(2, "Weihnachten", 2003, 90, also="Noel")],
        "Noel,2003",
        "2 exact alternative_title",
    ),
    "a hyphen is no other name": Case(
        [film(1, "Spider-Man", 2002, 900)], "Spider Man,2002", "1 exact title"
    ),
    "no year, and the name is there once": Case(
        [film(1, "Solo", 2010, 300)], "Solo,", "1 near no_year"
    ),
    "no year, and the name is there twice": Case(
        [film(1, "Solo", 2010, 300), film(2, "Solo", 2018, 30_000)], "Solo,", "ambiguous"
    ),
    "no year, as of one of them": Case(
        [film(1, "Solo", 2010, 300), film(2, "Solo", None, 3)], "Solo,", "2 exact title"
    ),
    "a year as a spreadsheet has it": Case(
        [film(1, "Solo", 2010, 300)], "Solo,2010.0", "1 exact title"
    ),
}  # fmt: skip


def outcome(answer: Any) -> str:
    if answer["matched"]:
        [film] = answer["matched"]
        return f"{film['id']} {film['certainty']} {film['why']}"
    [row] = answer["unmatched"]
    return str(row["reason"])


def add(films: list[Film]) -> None:
    Movie.objects.bulk_create(film.movie() for film in films)
    TitleRow.objects.bulk_create(title for film in films for title in film.titles())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_row_is_about(ask: Ask, case: Case) -> None:
    add(case.films)
    assert outcome(ask(watched_csv=f"{NAMED},{case.row},x\n")) == case.expected


def test_a_neighbouring_year_is_not_enough_where_another_row_has_the_film(ask: Ask) -> None:
    add([film(1, "Loving", 2016, 900)])
    answer = ask(watched_csv=f"{NAMED},Loving,2017,x\n,Loving,2016,y\n")

    assert [(each["row"], each["id"]) for each in answer["matched"]] == [(3, 1)]
    [row] = answer["unmatched"]
    assert (row["row"], row["reason"]) == (2, "not_in_catalogue")
    assert [candidate["id"] for candidate in row["candidates"]] == [1]


def test_that_row_can_be_in_another_file_of_that_site(ask: Ask) -> None:
    add([film(1, "Loving", 2016, 900)])
    answer = ask(
        watched_csv=f"{NAMED},Loving,2017,x\n",
        ratings_csv="Date,Name,Year,Letterboxd URI,Rating\n,Loving,2016,y,4\n",
    )

    assert [(each["file"], each["id"]) for each in answer["matched"]] == [("ratings.csv", 1)]
    assert [row["file"] for row in answer["unmatched"]] == ["watched.csv"]


@pytest.mark.parametrize("is_first", [True, False])
def test_another_site_can_call_a_film_by_another_year(ask: Ask, is_first: bool) -> None:
    """As it is where the two files are sent one after the other. What is sure says what counts."""
    add([film(1, "Loving", 2016, 900)])
    rated = "Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Loving,2017,x,2\n"
    files = {
        "letterboxd.csv": rated,
        "imdb.csv": "Const,Your Rating,Date Rated\ntt9000001,7,2020-01-01\n",
    }
    answer = ask(**(files if is_first else dict(reversed(files.items()))))

    [found] = answer["matched"]
    assert (found["certainty"], found["why"], found["personal_rating"]) == ("id", "imdb_id", 7)
    assert answer["unmatched"] == []
    assert len(answer["duplicates"]) == 1


def test_a_near_match_says_by_which_name_and_of_which_year(ask: Ask) -> None:
    add([film(1, "Lemonade", 2015, 97, original="Limonata")])
    [found] = ask(watched_csv=f"{NAMED},LIMONATA,2016,x\n")["matched"]
    said = ("certainty", "why", "matched_name", "year", "row_year")
    assert [found[name] for name in said] == [
        "near", "neighbouring_year", "Limonata", 2015, 2016,
    ]  # fmt: skip


def test_a_translated_title_is_told_with_its_language(ask: Ask) -> None:
    add([film(1, "Loving", 2016, 900, also="Liebend")])
    TitleRow.objects.filter(name="Liebend").update(language="de")
    [found] = ask(watched_csv=f"{NAMED},Liebend,2016,x\n")["matched"]
    said = ("certainty", "why", "matched_name", "matched_language")
    assert [found[name] for name in said] == ["exact", "translated_title", "Liebend", "de"]


class TestAnIdThatNoFilmHas:
    HEADER = "Const,Your Rating,Title,Original Title,Title Type,Runtime (mins),Year\n"
    ROW = "tt2321549,8,The Babadook,The Babadook,{},{},2014\n"

    def add(self, *films: Film, runtime: int = 90) -> None:
        add(list(films))
        numbers = [each.id for each in films]
        Movie.objects.filter(id__in=numbers).update(imdb_id=None, runtime=runtime)

    @pytest.mark.parametrize("minutes", ["", "80", "100", "90.0"])
    def test_is_the_film_of_that_name_and_year_without_an_id(self, ask: Ask, minutes: str) -> None:
        self.add(film(1, "The Babadook", 2014, 6_000))
        answer = ask(ratings_csv=self.HEADER + self.ROW.format("Movie", minutes))
        assert outcome(answer) == "1 exact no_imdb_id"
        assert answer["matched"][0]["personal_rating"] == 8

    def test_is_so_by_the_original_title_too(self, ask: Ask) -> None:
        self.add(film(1, "Der Babadook", 2014, 6_000, original="El Babadook"))
        row = "tt2321549,8,Mister Babadook,El Babadook,Movie,,2014\n"
        assert outcome(ask(ratings_csv=self.HEADER + row)) == "1 exact no_imdb_id"

    @pytest.mark.parametrize("minutes", ["79", "101", "12"])
    def test_is_no_film_that_is_much_longer_or_shorter(self, ask: Ask, minutes: str) -> None:
        self.add(film(1, "The Babadook", 2014, 6_000))
        answer = ask(ratings_csv=self.HEADER + self.ROW.format("Movie", minutes))
        assert outcome(answer) == "not_in_catalogue"
        assert [each["id"] for each in answer["unmatched"][0]["candidates"]] == [1]

    def test_is_no_film_of_the_year_before(self, ask: Ask) -> None:
        self.add(film(1, "The Babadook", 2013, 6_000))
        answer = ask(ratings_csv=self.HEADER + self.ROW.format("Movie", ""))
        assert outcome(answer) == "not_in_catalogue"

    def test_is_no_film_with_another_id(self, ask: Ask) -> None:
        add([film(1, "The Babadook", 2014, 6_000)])
        answer = ask(ratings_csv=self.HEADER + self.ROW.format("Movie", ""))
        assert outcome(answer) == "not_in_catalogue"

    def test_is_none_of_two(self, ask: Ask) -> None:
        self.add(film(1, "The Babadook", 2014, 6_000), film(2, "The Babadook", 2014, 1))
        answer = ask(ratings_csv=self.HEADER + self.ROW.format("Movie", ""))
        assert outcome(answer) == "ambiguous"

    def test_is_no_series_of_that_name(self, ask: Ask) -> None:
        self.add(film(1, "The Babadook", 2014, 6_000))
        answer = ask(ratings_csv=self.HEADER + self.ROW.format("TV Series", ""))
        assert outcome(answer) == "not_a_movie"

    def test_of_two_ids_for_one_film_neither_is(self, ask: Ask) -> None:
        self.add(film(1, "The Babadook", 2014, 6_000))
        rows = self.ROW.format("Movie", "") + self.ROW.format("Movie", "").replace("21549", "77")
        answer = ask(ratings_csv=self.HEADER + rows)
        assert [row["reason"] for row in answer["unmatched"]] == ["ambiguous", "ambiguous"]


class TestCandidates:
    def test_are_looked_for_of_all_rows_however_many_have_none(self, ask: Ask) -> None:
        add([film(1, "Aftersun", 2022, 40)])
        unknown = "".join(f"tt8{number:06},7,Nothing {number},1999\n" for number in range(1_100))
        answer = ask(
            ratings_csv=f"Const,Your Rating,Title,Year\n{unknown}tt9999999,8,Aftersun,2022\n"
        )
        assert len(answer["unmatched"]) == answer["candidates_looked_up"] == 1_101
        assert [film["id"] for film in answer["unmatched"][-1]["candidates"]] == [1]

    def test_is_the_one_of_the_year_however_many_are_better_known(self, ask: Ask) -> None:
        add([film(1_000 + number, "Love", 1900 + number, 1_000) for number in range(1, 21)])
        add([film(99, "Love", 1999, 1)])
        [row] = ask(ratings_csv="Const,Your Rating,Title,Year\ntt8888888,7,Love,1999\n")[
            "unmatched"
        ]
        assert row["candidates"][0]["id"] == 99

    def test_are_looked_for_as_long_as_there_is_time(self, ask: Ask) -> None:
        add([film(1, "Aftersun", 2022, 40)])
        rows = [Row(number, f"Nothing {number}", 1999) for number in range(ASKED_AT_ONCE)]
        rows.append(Row(9_999, "Aftersun", 2022))
        found: list[Found] = [NotFound(UnmatchedReason.NOT_IN_CATALOGUE) for _ in rows]
        add_candidates(rows, found, Catalogue(Lens.HOME), most_seconds=0)
        looked_up = [isinstance(each, NotFound) and each.is_looked_up for each in found]
        assert looked_up == [True] * ASKED_AT_ONCE + [False]

    def test_are_five_at_most_the_nearest_years_first(self, ask: Ask) -> None:
        votes = {1915: 9, 1954: 80, 1990: 700, 2008: 30, 2011: 20, 2015: 90}
        add([film(year, "Home", year, votes[year]) for year in votes])
        [row] = ask(watched_csv=f"{NAMED},Home,2013,x\n")["unmatched"]
        assert [each["year"] for each in row["candidates"]] == [2015, 2011, 2008, 1990, 1954]

    def test_have_enough_to_choose_by(self, ask: Ask) -> None:
        add([film(1, "Loving", 2010, 900, original="Amando")])
        [row] = ask(watched_csv=f"{NAMED},Loving,2017,x\n")["unmatched"]
        assert row["candidates"] == [
            {
                "id": 1,
                "imdb_id": "tt9000001",
                "name": "Loving",
                "original_name": "Amando",
                "year": 2010,
                "country_codes": ["US"],
                "co_production_codes": [],
                "rating": 8.0,
                "votes": 900,
                "poster_url": "https://image.tmdb.org/t/p/w500/1.jpg",
            }
        ]

    def test_of_an_ambiguous_row_are_those_that_it_can_be(self, ask: Ask) -> None:
        add([film(1, "Solo", 1996, 90_000), film(2, "Solo", 2010, 3), film(3, "Solo", 2010, 5)])
        [row] = ask(watched_csv=f"{NAMED},Solo,2010,x\n")["unmatched"]
        assert row["reason"] == "ambiguous"
        assert [each["id"] for each in row["candidates"]] == [3, 2]

    @pytest.mark.parametrize("name", ["Solo (Director's Cut)", "Solo: A Story", "Solo - A Story"])
    def test_are_found_without_what_a_site_has_added(self, ask: Ask, name: str) -> None:
        add([film(1, "Solo", 2010, 300)])
        [row] = ask(watched_csv=f'{NAMED},"{name}",2010,x\n')["unmatched"]
        assert [each["id"] for each in row["candidates"]] == [1]

    def test_has_a_row_whose_id_is_not_known_too(self, ask: Ask) -> None:
        [row] = ask(ratings_csv="Const,Title,Year\ntt7777777,Stalker,1990\n")["unmatched"]
        assert [each["name"] for each in row["candidates"]] == ["Stalker"]

    def test_a_series_has_none(self, ask: Ask) -> None:
        csv = "Const,Title,Title Type,Year\ntt7777777,Stalker,TV Series,1990\n"
        [row] = ask(ratings_csv=csv)["unmatched"]
        assert row["candidates"] == []
