"""Searches as people type them: the film that is meant is among the first three."""

from typing import Any

import pytest

from movies.models import Lens
from movies.search import search
from tests.films import film
from tools.sandbox.payloads import Payload
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")

COLLECTIONS = {
    "Star Wars Collection": 10,
    "The Lord of the Rings Collection": 119,
    "Mission: Impossible Collection": 87_359,
    "Harry Potter Collection": 1_241,
    "Jurassic Park Collection": 328,
    "Back to the Future Collection": 264,
}
PEOPLE = {
    "Hayao Miyazaki": 608, "Christopher Nolan": 525, "Keanu Reeves": 6_384,
    "Akira Kurosawa": 5_026, "Quentin Tarantino": 138, "Alfred Hitchcock": 2_636,
    "Bong Joon-ho": 21_684,
}  # fmt: skip


def made(title: str, year: int, votes: int, **more: Any) -> dict[str, Any]:
    return {"title": title, "year": year, "votes": votes, **more}


# The well-known, and beside them little-known ones of names that are alike.
FILMS = [
    made("The Matrix", 1999, 25_000, cast=["Keanu Reeves"]),
    made("The Matrix Reloaded", 2003, 11_000, cast=["Keanu Reeves"]),
    made("Matrix", 2015, 6),
    made("2001: A Space Odyssey", 1968, 11_000),
    made("The Godfather", 1972, 20_000),
    made("The Godfather Part II", 1974, 12_000),
    made("The Godfather Part III", 1990, 6_000),
    made("The Bridge on the River Kwai", 1957, 2_000),
    made("The Bridge", 1959, 90),
    made("Interstellar", 2014, 35_000, director="Christopher Nolan"),
    made("Inception", 2010, 36_000, director="Christopher Nolan"),
    made("La La Land", 2016, 16_000),
    made("Terminator 2: Judgment Day", 1991, 12_500),
    made("Judgement Day", 1999, 11),
    made("Judgement Day", 2013, 4),
    made("Jurassic Park", 1993, 16_000, part_of="Jurassic Park Collection"),
    made("The Lost World: Jurassic Park", 1997, 8_000, part_of="Jurassic Park Collection"),
    made("Jurassic Park III", 2001, 7_500, part_of="Jurassic Park Collection"),
    made("Batman v Superman: Dawn of Justice", 2016, 17_000),
    made("Batman", 1989, 7_500),
    made("Superman", 1978, 4_000),
    made("Birdman", 2014, 12_000),
    made("Ignorance", 2009, 3),
    made("It", 2017, 19_000),
    made("I.T.", 2016, 1_200),
    made("It Follows", 2015, 7_500),
    made("Se7en", 1995, 21_000),
    made("Seven Samurai", 1954, 3_800, original="七人の侍", director="Akira Kurosawa"),
    made("Seven", 1979, 9),
    made("Star Wars", 1977, 20_000, part_of="Star Wars Collection",
         translated={"de": "Krieg der Sterne"}, also=["Star Wars: Episode IV – A New Hope"]),
    made("The Empire Strikes Back", 1980, 17_000, part_of="Star Wars Collection",
         also=["Star Wars: Episode V – The Empire Strikes Back"]),
    made("Return of the Jedi", 1983, 15_000, part_of="Star Wars Collection",
         also=["Star Wars: Episode VI – Return of the Jedi"]),
    made("Star Wars: Episode I - The Phantom Menace", 1999, 14_000,
         part_of="Star Wars Collection"),
    made("The Lord of the Rings: The Fellowship of the Ring", 2001, 25_000,
         part_of="The Lord of the Rings Collection"),
    made("The Lord of the Rings: The Two Towers", 2002, 22_000,
         part_of="The Lord of the Rings Collection"),
    made("The Lord of the Rings: The Return of the King", 2003, 24_000,
         part_of="The Lord of the Rings Collection"),
    made("Mission: Impossible", 1996, 9_000, part_of="Mission: Impossible Collection"),
    made("Mission: Impossible II", 2000, 7_000, part_of="Mission: Impossible Collection"),
    made("Mission: Impossible III", 2006, 7_000, part_of="Mission: Impossible Collection"),
    made("Harry Potter and the Philosopher's Stone", 2001, 27_000,
         part_of="Harry Potter Collection"),
    made("Harry Potter and the Chamber of Secrets", 2002, 22_000,
         part_of="Harry Potter Collection"),
    made("Harry Potter and the Prisoner of Azkaban", 2004, 21_000,
         part_of="Harry Potter Collection"),
    made("Back to the Future", 1985, 19_000, part_of="Back to the Future Collection"),
    made("Back to the Future Part II", 1989, 12_000, part_of="Back to the Future Collection"),
    made("Back to the Future Part III", 1990, 10_000, part_of="Back to the Future Collection"),
    made("Blue Moon", 2025, 40),
    made("The Fantastic 4: First Steps", 2025, 2_500, also=["Blue Moon"]),
    made("Spirited Away", 2001, 16_000, original="千と千尋の神隠し", director="Hayao Miyazaki",
         translated={"de": "Chihiros Reise ins Zauberland", "fr": "Le Voyage de Chihiro"}),
    made("Spirited", 2022, 700),
    made("My Neighbor Totoro", 1988, 8_000, director="Hayao Miyazaki"),
    made("Howl's Moving Castle", 2004, 9_500, director="Hayao Miyazaki"),
    made("Castle in the Sky", 1986, 4_000, director="Hayao Miyazaki"),
    made("Casablanca", 1942, 5_500),
    made("Schindler's List", 1993, 15_500),
    made("The Shawshank Redemption", 1994, 26_000, translated={"de": "Die Verurteilten"}),
    made("Pulp Fiction", 1994, 27_000, director="Quentin Tarantino"),
    made("Kill Bill: Vol. 1", 2003, 17_000, director="Quentin Tarantino"),
    made("Kill Bill: Vol. 2", 2004, 13_500, director="Quentin Tarantino"),
    made("The Silence of the Lambs", 1991, 16_000),
    made("Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", 1964, 5_500),
    made("Mr. & Mrs. Smith", 2005, 9_500),
    made("Doctor Zhivago", 1965, 900),
    made("St. Elmo's Fire", 1985, 600),
    made("Kramer vs. Kramer", 1979, 2_000),
    made("Léon: The Professional", 1994, 14_500),
    made("Amélie", 2001, 11_000, original="Le Fabuleux Destin d'Amélie Poulain"),
    made("Parasite", 2019, 18_000, original="기생충", director="Bong Joon-ho"),
    made("Rear Window", 1954, 6_500, director="Alfred Hitchcock"),
    made("The Birds", 1963, 4_000, director="Alfred Hitchcock"),
    made("Psycho", 1960, 10_000, director="Alfred Hitchcock"),
    made("Eternal Sunshine of the Spotless Mind", 2004, 15_000),
    made("One Flew Over the Cuckoo's Nest", 1975, 10_000),
    made("Gone with the Wind", 1939, 4_000),
    made("The Good, the Bad and the Ugly", 1966, 8_500),
    made("Once Upon a Time in the West", 1968, 4_500),
    made("Eyes Wide Shut", 1999, 6_000),
    made("12 Angry Men", 1957, 8_500),
    made("Ocean's Eleven", 2001, 11_500),
    made("Rocky II", 1979, 3_800),
    made("The Thirteenth Floor", 1999, 1_500),
    made("Up", 2009, 20_000),
    made("Her", 2013, 14_000),
    made("Jaws", 1975, 10_500),
    made("Alien", 1979, 14_500),
    made("Aliens", 1986, 9_500),
    made("Das Boot", 1981, 2_200),
    made("Blade Runner", 1982, 13_500),
    made("Blade Runner 2049", 2017, 13_500),
    made("Mad Max: Fury Road", 2015, 22_000),
    made("The Grand Budapest Hotel", 2014, 15_000),
    made("Everything Everywhere All at Once", 2022, 7_000),
    made("Crouching Tiger, Hidden Dragon", 2000, 3_500, original="卧虎藏龙"),
    made("Ratatouille", 2007, 17_000),
    made("Nosferatu", 1922, 2_000),
    made("Nosferatu", 2024, 3_500),
    made("The Colour of Pomegranates", 1969, 300),
    made("Good Will Hunting", 1997, 12_500),
    made("Catch Me If You Can", 2002, 15_500),
    made("Scary Movie", 2000, 6_500),
    made("The Lego Movie", 2014, 8_000),
    made("Film", 1965, 60),
    made("Solaris", 1972, 1_800),
    made("Stalker", 1979, 2_500),
    made("Trainspotting", 1996, 9_500),
]  # fmt: skip

SEARCHES = {
    # What failed once.
    "teh matrix": "The Matrix",
    "2001 a space oddysey": "2001: A Space Odyssey",
    "godfather pt 2": "The Godfather Part II",
    "bridge over the river kwai": "The Bridge on the River Kwai",
    "interstellar movie": "Interstellar",
    "lalaland": "La La Land",
    "judgement day": "Terminator 2: Judgment Day",
    "jurrasic park": "Jurassic Park",
    "batman vs superman": "Batman v Superman: Dawn of Justice",
    "birdman or the unexpected virtue of ignorance": "Birdman",
    "it": "It",
    "lotr": "The Lord of the Rings: The Fellowship of the Ring",
    "seven": "Se7en",
    "mi3": "Mission: Impossible III",
    "star wars 4": "Star Wars",
    "Krieg der Sterne": "Star Wars",
    "Blue Moon": "Blue Moon",
    "spirited away miyazaki": "Spirited Away",
    "casabalnac": "Casablanca",
    # A letter or two.
    "shindlers list": "Schindler's List",
    "schindler list": "Schindler's List",
    "shawshenk redemtion": "The Shawshank Redemption",
    "plup fiction": "Pulp Fiction",
    "silense of the lams": "The Silence of the Lambs",
    "ratatoille": "Ratatouille",
    "ratatuille": "Ratatouille",
    "trainspoting": "Trainspotting",
    "nosferatoo": "Nosferatu",
    "amelei": "Amélie",
    "eternal sunshin of teh spotless mind": "Eternal Sunshine of the Spotless Mind",
    "grand budapset hotel": "The Grand Budapest Hotel",
    "uo": "Up",
    "jwas": "Jaws",
    "das bot": "Das Boot",
    "intersetllar": "Interstellar",
    "incpetion": "Inception",
    "psyco": "Psycho",
    "alein": "Alien",
    "gone wiht the wind": "Gone with the Wind",
    # Spaces and signs.
    "back tothe future": "Back to the Future",
    "pulpfiction": "Pulp Fiction",
    "train spotting": "Trainspotting",
    "ma d max": "Mad Max: Fury Road",
    "madmax fury road": "Mad Max: Fury Road",
    "bladerunner": "Blade Runner",
    "kill-bill vol.1": "Kill Bill: Vol. 1",
    "theshawshankredemption": "The Shawshank Redemption",
    "eyeswide shut": "Eyes Wide Shut",
    "good will h unting": "Good Will Hunting",
    # A word too many, missing or wrong.
    "the movie inception": "Inception",
    "lord of the rings fellowship": "The Lord of the Rings: The Fellowship of the Ring",
    "lord of rings two towers": "The Lord of the Rings: The Two Towers",
    "silence of lambs": "The Silence of the Lambs",
    "gone by the wind": "Gone with the Wind",
    "once upon a time in west": "Once Upon a Time in the West",
    "everything everywhere at once": "Everything Everywhere All at Once",
    "good bad ugly": "The Good, the Bad and the Ugly",
    "one flew over a cuckoos nest": "One Flew Over the Cuckoo's Nest",
    "eternal sunshine of a clean mind": "Eternal Sunshine of the Spotless Mind",
    "catch me if you could": "Catch Me If You Can",
    "crouching tiger hidden lion": "Crouching Tiger, Hidden Dragon",
    "the grand hotel budapest": "The Grand Budapest Hotel",
    "matrix full movie": "The Matrix",
    "film psycho": "Psycho",
    "the alien film": "Alien",
    "scary movie": "Scary Movie",
    "lego movie": "The Lego Movie",
    # Other ways of writing.
    "kill bill volume 2": "Kill Bill: Vol. 2",
    "kill bill ii": "Kill Bill: Vol. 2",
    "doctor strangelove": "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
    "dr zhivago": "Doctor Zhivago",
    "mister and mrs smith": "Mr. & Mrs. Smith",
    "mr mrs smith": "Mr. & Mrs. Smith",
    "saint elmos fire": "St. Elmo's Fire",
    "kramer v kramer": "Kramer vs. Kramer",
    "kramer versus kramer": "Kramer vs. Kramer",
    "twelve angry men": "12 Angry Men",
    "oceans 11": "Ocean's Eleven",
    "rocky 2": "Rocky II",
    "my neighbour totoro": "My Neighbor Totoro",
    "color of pomegranates": "The Colour of Pomegranates",
    "back to the future 2": "Back to the Future Part II",
    # Numbers and initials.
    "star wars 2": "The Empire Strikes Back",
    "star wars v": "The Empire Strikes Back",
    "harry potter 3": "Harry Potter and the Prisoner of Azkaban",
    "hp2": "Harry Potter and the Chamber of Secrets",
    "lotr 3": "The Lord of the Rings: The Return of the King",
    "lord of the rings 2": "The Lord of the Rings: The Two Towers",
    "mission impossible 2": "Mission: Impossible II",
    "bttf": "Back to the Future",
    "jurassic park 2": "The Lost World: Jurassic Park",
    "esotsm": "Eternal Sunshine of the Spotless Mind",
    # People and years.
    "tarantino pulp fiction": "Pulp Fiction",
    "hitchcock birds": "The Birds",
    "miyazaki castle": "Howl's Moving Castle",
    "matrix keanu reeves": "The Matrix",
    "kurosawa samurai": "Seven Samurai",
    "kurosawa": "Seven Samurai",
    "hayao miyazaki": "Spirited Away",
    "Bong Joon-ho": "Parasite",
    "keanu reeves movies": "The Matrix",
    "nosferatu 1922": "Nosferatu",
    "1982 blade runner": "Blade Runner",
    "blade runner 2049": "Blade Runner 2049",
    "solaris 1972 film": "Solaris",
    # Other languages.
    "chihiros reise": "Spirited Away",
    "le voyage de chihiro": "Spirited Away",
    "die verurteilten": "The Shawshank Redemption",
    "fabuleux destin amelie": "Amélie",
    "七人の待": "Seven Samurai",
    "기생춤": "Parasite",
    "leon the profesional": "Léon: The Professional",
}


@pytest.fixture(scope="module")
def world() -> Films:
    return Films([payload(number, **facts) for number, facts in enumerate(FILMS, start=1)])


def payload(
    number: int,
    title: str,
    year: int,
    votes: int,
    original: str | None = None,
    part_of: str | None = None,
    director: str | None = None,
    cast: list[str] | None = None,
    translated: dict[str, str] | None = None,
    also: list[str] | None = None,
) -> Payload:
    collection = {"id": COLLECTIONS[part_of], "name": part_of} if part_of else None
    crew = [person(director) | {"job": "Director"}] if director else []
    actors = [person(name) | {"character": "", "order": place}
              for place, name in enumerate(cast or [])]  # fmt: skip
    translations = [
        {"iso_639_1": code, "iso_3166_1": code.upper(), "data": {"title": name, "overview": ""}}
        for code, name in (translated or {}).items()
    ]
    others = [{"iso_3166_1": "US", "title": name, "type": ""} for name in also or []]
    return film(
        number,
        title=title,
        original_title=original or title,
        release_date=f"{year}-06-01",
        vote_count=votes,
        belongs_to_collection=collection,
        credits={"cast": actors, "crew": crew},
        translations={"translations": translations},
        alternative_titles={"titles": others},
    )


def person(name: str) -> dict[str, Any]:
    return {"id": PEOPLE[name], "name": name, "profile_path": None, "credit_id": name}


def is_found(typed: str, meant: str, first: int) -> bool:
    found = search(typed, by=Lens.ORIGIN)[:first]
    return meant in [match.film.movie.title for match in found]


def test_what_is_meant_is_among_the_first_three() -> None:
    missed = [typed for typed, meant in SEARCHES.items() if not is_found(typed, meant, first=3)]
    assert len(SEARCHES) >= 100
    assert len(missed) <= len(SEARCHES) // 10, missed


def test_what_it_is_called_comes_first() -> None:
    # Of what is as good as the same name the better known one.
    titles = {facts["title"] for facts in FILMS} - {"Matrix", "I.T."}
    assert [title for title in titles if not is_found(title, title, first=1)] == []
