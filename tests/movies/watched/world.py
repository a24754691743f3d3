"""A catalogue of some fifty films, which the exports in fixtures/ and other tests are about."""

import datetime
import math
from dataclasses import dataclass, field

from movies.folding import key, words
from movies.models import Country, CountryTotal, ImdbRating, Lens, Movie, Title


@dataclass
class Film:
    """A film by what a test needs of it; `by` are its production countries."""

    id: int
    imdb_id: str | None
    title: str
    original_title: str
    released: str
    origin: str
    by: str = ""
    also: list[str] = field(default_factory=list)
    votes: int = 1_000

    def movie(self) -> Movie:
        date = datetime.date.fromisoformat(self.released) if self.released else None
        return Movie(
            id=self.id,
            imdb_id=self.imdb_id,
            title=self.title,
            original_title=self.original_title,
            original_language="en",
            release_date=date,
            status="Released",
            runtime=90,
            poster_path=f"/{self.id}.jpg",
            popularity=1.0,
            tmdb_rating=8.0 if self.votes else None,
            tmdb_votes=self.votes,
            origin_countries=self.origin.split(),
            production_countries=(self.by or self.origin).split(),
            genre_ids=[],
            spoken_languages=[],
        )

    def titles(self) -> list[Title]:
        own = [self.title, self.original_title]
        return [
            Title(
                movie_id=self.id,
                name=name,
                key=key(name),
                words=words(name),
                weight=math.floor(4 * math.log(1 + self.votes)),
                year=int(self.released[:4]) if self.released else None,
                is_own=name in own,
            )
            for name in dict.fromkeys([*own, *self.also])
        ]


FILMS = [
    Film(11, "tt0076759", "Star Wars", "Star Wars", "1977-05-25", "US",
         also=["Star Wars: Episode IV - A New Hope"]),
    Film(12, "tt0266543", "Finding Nemo", "Finding Nemo", "2003-05-30", "US"),
    Film(28, "tt0078788", "Apocalypse Now", "Apocalypse Now", "1979-05-19", "US"),
    Film(105, "tt0088763", "Back to the Future", "Back to the Future", "1985-07-03", "US"),
    Film(120, "tt0120737", "The Lord of the Rings: The Fellowship of the Ring",
         "The Lord of the Rings: The Fellowship of the Ring", "2001-12-18", "US", "NZ US"),
    Film(129, "tt0245429", "Spirited Away", "千と千尋の神隠し", "2001-07-20", "JP",
         also=["Sen to Chihiro no Kamikakushi"]),
    Film(147, "tt0053198", "The 400 Blows", "Les Quatre Cents Coups", "1959-06-03", "FR"),
    Film(194, "tt0211915", "Amélie", "Le Fabuleux Destin d'Amélie Poulain", "2001-04-25",
         "FR", "FR DE"),
    Film(238, "tt0068646", "The Godfather", "The Godfather", "1972-03-14", "US"),
    Film(278, "tt0111161", "The Shawshank Redemption", "The Shawshank Redemption",
         "1994-09-23", "US"),
    Film(346, "tt0047478", "Seven Samurai", "七人の侍", "1954-04-26", "JP",
         also=["Shichinin no samurai"]),
    Film(422, "tt0056801", "8½", "8½", "1963-02-14", "IT", "IT FR"),
    Film(490, "tt0050976", "The Seventh Seal", "Det sjunde inseglet", "1957-02-16", "SE"),
    Film(531, "tt0108598", "The Wrong Trousers", "The Wrong Trousers", "1993-12-17", "GB"),
    Film(548, "tt0042876", "Rashomon", "羅生門", "1950-08-26", "JP"),
    Film(582, "tt0405094", "The Lives of Others", "Das Leben der Anderen", "2006-03-23", "DE"),
    Film(598, "tt0317248", "City of God", "Cidade de Deus", "2002-08-30", "BR", "BR FR DE"),
    Film(670, "tt0364569", "Oldboy", "올드보이", "2003-11-21", "KR"),
    Film(775, "tt0000417", "A Trip to the Moon", "Le Voyage dans la Lune", "1902-04-17", "FR"),
    Film(839, "tt0067023", "Duel", "Duel", "1971-11-13", "US"),
    Film(843, "tt0118694", "In the Mood for Love", "花樣年華", "2000-09-29", "HK", "HK FR"),
    Film(895, "tt0060107", "Andrei Rublev", "Андрей Рублёв", "1966-12-16", "SU"),
    Film(901, "tt0021749", "City Lights", "City Lights", "1931-02-01", "US"),
    Film(949, "tt0113277", "Heat", "Heat", "1995-12-15", "US"),
    Film(1398, "tt0079944", "Stalker", "Сталкер", "1979-05-25", "SU"),
    Film(1417, "tt0457430", "Pan's Labyrinth", "El laberinto del fauno", "2006-10-10", "ES MX"),
    Film(3603, "tt0779982", "Black Sheep", "Black Sheep", "2006-09-10", "NZ"),
    Film(5801, "tt0048473", "Pather Panchali", "পথের পাঁচালী", "1955-08-26", "IN"),
    Film(7508, "tt0986264", "Like Stars on Earth", "तारे ज़मीन पर", "2007-12-21", "IN",
         also=["Taare Zameen Par"]),
    Film(10775, "tt0338564", "Infernal Affairs", "無間道", "2002-12-12", "HK"),
    Film(11216, "tt0095765", "Cinema Paradiso", "Nuovo Cinema Paradiso", "1988-11-17",
         "IT", "IT FR"),
    Film(11314, "tt0085809", "Koyaanisqatsi", "Koyaanisqatsi", "1982-10-04", "US"),
    Film(11878, "tt0055630", "Yojimbo", "用心棒", "1961-04-25", "JP"),
    Film(11902, "tt0114787", "Underground", "Подземље", "1995-04-01", "YU", "YU FR DE"),
    Film(15383, "tt0064040", "Army of Shadows", "L'Armée des ombres", "1969-09-10", "FR"),
    Film(25237, "tt0091251", "Come and See", "Иди и смотри", "1985-10-17", "SU"),
    Film(60243, "tt1832382", "A Separation", "جدایی نادر از سیمین", "2011-03-15", "IR"),
    Film(173288, "tt0832517", "Black Sheep", "Schwarze Schafe", "2006-10-25", "DE", "DE CH"),
    Film(496243, "tt6751668", "Parasite", "기생충", "2019-05-30", "KR"),
    Film(532639, "tt4593060", "Pinocchio", "Pinocchio", "2022-09-07", "US"),
    Film(555604, "tt1488589", "Guillermo del Toro's Pinocchio",
         "Guillermo del Toro's Pinocchio", "2022-11-09", "US", also=["Pinocchio"]),
    Film(616037, "tt10648342", "Thor: Love and Thunder", "Thor: Love and Thunder",
         "2022-07-06", "US"),
    Film(693134, "tt15239678", "Dune: Part Two", "Dune: Part Two", "2024-02-27", "US"),
    Film(872585, "tt15398776", "Oppenheimer", "Oppenheimer", "2023-07-19", "US", "GB US"),
    # TMDB has Heat's id on a record of a short about it, too, that few have voted for.
    Film(900001, "tt0113277", "The Making of Heat", "The Making of Heat", "2005-02-22", "US",
         votes=3),
    # No date, no id at IMDb's, no vote, nobody's.
    Film(900002, None, "The Long Way Home", "Der lange Weg", "", "", votes=0),
]  # fmt: skip
# The countries of the films, with the former states among them.
CURRENT = "BR CH DE ES FR GB HK IN IR IT JP KR MX NZ SE US"
FORMER = "SU YU"


def fill_catalogue() -> None:
    """The films with their titles, and IMDb's rating of one of them; Switzerland has none rated
    under its own name."""
    Movie.objects.bulk_create(film.movie() for film in FILMS)
    Title.objects.bulk_create(title for film in FILMS for title in film.titles())
    ImdbRating.objects.create(imdb_id="tt0068646", rating=9.0, votes=3_000)
    Country.objects.bulk_create(
        [
            *(Country(code=code, name=code) for code in CURRENT.split()),
            *(Country(code=code, name=code, is_current=False) for code in FORMER.split()),
        ]
    )
    CountryTotal.objects.bulk_create(
        CountryTotal(by=by, country_id=code, movies=1, listed=1, rated=int(rated))
        for by, code, rated in (
            *((Lens.ORIGIN, code, code != "CH") for code in f"{CURRENT} {FORMER}".split()),
            *((Lens.PRODUCTION, code, True) for code in f"{CURRENT} {FORMER}".split()),
        )
    )
