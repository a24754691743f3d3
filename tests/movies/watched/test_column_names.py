"""Tables that no site has made: their columns by what they are called, in any language."""

import time
from typing import Any

import pytest

from movies.watched.fields import parse_day, parse_rating
from tests.movies.watched.conftest import Ask

HEADERS = """
Film;Year
Year;Film
Titel;Jahr
Filmtitel;Erscheinungsjahr
Originaltitel;Produktionsjahr
Titre;Année
Titre du film;Année de sortie
Título;Año
Título original;Año de estreno
Título;Ano
Titolo;Anno
Tytuł;Rok
Film;Rok produkcji
Název;Rok
Название;Год
Название фильма;Год выпуска
Назва;Рік
Titel;Jaar
Titel;År
Filmens titel;Premiärår
Elokuva;Vuosi
Film;Yıl
Τίτλος;Έτος
Cím;Év
Titlu;An
Títol;Any
タイトル;公開年
片名;年份
제목;연도
כותרת;שנה
عنوان;سنة
Movie;Year of release
Movies;Released
Film title;Release Date
ProductionYear;Name
Year;Name of film
Title;Year (release)
"""


@pytest.mark.parametrize("header", HEADERS.split("\n")[1:-1])
def test_the_title_and_the_year_are_found(ask: Ask, header: str) -> None:
    year_first = header.startswith(("Year", "ProductionYear"))
    row = "1995;Heat" if year_first else "Heat;1995"
    answer = ask(**{"a.csv": f"No;{header};Anything\n1;{row};x\n"})

    [film] = answer["matched"]
    assert (film["id"], film["certainty"], film["why"]) == (949, "exact", "title")


# A table's header and the row of Heat, with the rating, whether it is seen, and the day.
TABLES: dict[str, tuple[str, str, tuple[Any, ...]]] = {
    "German": ("Titel;Jahr;Bewertung;Gesehen am", "Heat;1995;8,5;02.01.2024",
               (8.5, True, "2024-01-02")),
    "French": ("Titre;Année;Note;Vu le", "Heat;1995;8;2 Jan 2024", (8, True, "2024-01-02")),
    "Spanish": ("Título;Año;Puntuación;Vista", "Heat;1995;8;sí", (8, True, None)),
    "Polish": ("Tytuł;Tytuł oryginalny;Rok;Ocena", "Gorączka;Heat;1995;8", (8, True, None)),
    "Russian": ("Название;Оригинальное название;Год;Моя оценка", "Схватка;Heat;1995;8",
                (8, True, None)),
    "Japanese": ("タイトル;原題;年;評価", "ヒート;Heat;1995;8", (8, True, None)),
    "of five": ("Title;Year;Rating (1-5)", "Heat;1995;4", (8, True, None)),
    "of stars": ("Title;Year;Stars", "Heat;1995;4", (8, True, None)),
    "of stars out of ten": ("Title;Year;Stars (1-10)", "Heat;1995;4", (4, True, None)),
    "of ten": ("Title;Year;Rating (1-10)", "Heat;1995;4", (4, True, None)),
    "drawn": ("Title;Year;My score", "Heat;1995;★★★½", (7, True, None)),
    "that say their scale": ("Title;Year;Score", "Heat;1995;85/100", (8.5, True, None)),
    "iCheckMovies": ('"rank","title","year","imdburl","checks","checked","watchlist"',
                     '"","Heat","1995","http://www.imdb.com/title/tt0113277/","9","yes","no"',
                     (None, True, None)),
    "iCheckMovies, unseen": ('"title","year","imdburl","checked","watchlist"',
                             '"Heat","1995","http://www.imdb.com/title/tt0113277/","no","yes"',
                             (None, False, None)),
    "Plex": ("Title,Year,User Rating,IMDB ID,View Count", "Heat,1995,9,tt0113277,2",
             (9, True, None)),
    "Plex, unseen": ("Title,Year,IMDB ID,View Count", "Heat,1995,tt0113277,0",
                     (None, False, None)),
    "Jellyfin": ("Name,ProductionYear,ProviderIds.Imdb,UserData.Played,UserData.LastPlayedDate",
                 "x,,tt0113277,True,2024-01-02T10:00:00Z", (None, True, "2024-01-02")),
    "Trakt, by a program": ("rated_at,rating,movie.title,movie.year,movie.ids.imdb",
                            "2024-01-02,8,x,1995,tt0113277", (8, True, None)),
    "MovieLens": ("movie_id,imdb_id,tmdb_id,rating,average_rating,title",
                  "6,0113277,949,4.5,3.8,Heat (1995)", (9, True, None)),
    "MovieLens' films": ("movieId,title,genres", "6,Heat (1995),Action|Crime",
                         (None, False, None)),
    "titles with years": ("Title,Rating", "Heat (1995),8", (8, True, None)),
    "titles alone": ("Film", "Heat [1995]", (None, False, None)),
    "everybody's rating": ("imdb_id,name,year,rating,votes", "tt0113277,Heat,1995,8.3,700000",
                           (None, False, None)),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_what_a_row_says_of_the_film(ask: Ask, kind: str) -> None:
    header, row, said = TABLES[kind]
    answer = ask(**{"a.csv": f"{header}\n{row}\n"})

    [film] = answer["matched"]
    assert film["id"] == 949
    assert (film["personal_rating"], film["seen"], film["watched_on"]) == said
    assert answer["odd_values"] == {}


def test_an_article_behind_the_title_stands_before_it_again(ask: Ask) -> None:
    quoted, bare = '"Heavenly Gate, The (1957)"', "Cook, the Thief, His Wife, The (1989)"
    answer = ask(**{"a.csv": f"title\n{quoted}\n{bare}\n"})
    assert [(row["name"], row["year"]) for row in answer["unmatched"]] == [
        ("The Heavenly Gate", 1957),
        ("The Cook, the Thief, His Wife", 1989),
    ]


@pytest.mark.parametrize("name", ["a", "Rating", "Titel", "Année"])
def test_a_header_of_any_length_is_gone_through_once(ask: Ask, name: str) -> None:
    header = ",".join([name] * (90_000 // len(name)))
    begun = time.process_time()
    ask(**{"a.csv": f"{header}\n{header}\n", "b.csv": "Title\nHeat\n"})
    assert time.process_time() - begun < 2


def test_a_title_without_its_year_is_near(ask: Ask) -> None:
    [film] = ask(**{"a.csv": "Title,Watched Date\nStalker,2024-01-02\n"})["matched"]
    assert (film["id"], film["why"], film["watched_on"]) == (1398, "no_year", "2024-01-02")


@pytest.mark.parametrize(
    "header",
    ["Name", "Film ID,Year", "List title,Count", "Account,Balance", "Date,Content,Comment",
     "Series,Season", "Rating,Year", "movieId,userId,rating"],
)  # fmt: skip
def test_what_names_no_film_is_no_header_and_said_back(ask: Ask, header: str) -> None:
    answer = ask(**{"a.csv": f"{header}\n1,2\n", "b.csv": "Title\nHeat\n"})
    [unread] = answer["unread"]
    assert "Title, Year" in unread["reason"]
    assert unread["reason"].endswith(f"It begins with “{header.replace(',', ', ')}”.")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("02.01.2024", "2024-01-02"), ("2. 1. 2024 20:15", "2024-01-02"),
        ("13/01/2024", "2024-01-13"), ("01/13/2024", "2024-01-13"), ("3/3/2024", "2024-03-03"),
        ("1/2/2024", None), ("2 Jan 2024", "2024-01-02"), ("Jan 2, 2024", "2024-01-02"),
        ("January 2, 2024", "2024-01-02"), ("Tue, 02 Jan 2024 10:00:00 GMT", "2024-01-02"),
        ("31.02.2024", None), ("2 Xyz 2024", None), ("99/99/2024", None),
    ],
)  # fmt: skip
def test_a_day_in_any_form_that_says_one(text: str, day: str | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "rating"),
    [("8/10", 8), ("4/5", 8), ("4,5 / 5", 9), ("85%", 8.5), ("85 %", 8.5), ("17/20", 8.5),
     ("★★★★", 8), ("★★★½☆", 7), ("8/7", None), ("/10", None), ("½", None), ("11/10", None)],
)  # fmt: skip
def test_a_rating_that_says_its_scale(text: str, rating: float | None) -> None:
    assert parse_rating(text) == rating


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-8-sig", "cp1252"])
def test_a_table_is_read_whatever_its_encoding(ask: Ask, encoding: str) -> None:
    content = "Titel;Année\r\nHeat;1995\r\nAmélie;2001\r\n".encode(encoding)
    assert next(film["id"] for film in ask(**{"a.csv": content})["matched"]) == 949


def test_bars_divide_too(ask: Ask) -> None:
    [film] = ask(**{"a.csv": "Title|Year\nHeat|1995\n"})["matched"]
    assert film["id"] == 949


def test_xml_is_told_from_a_table(ask: Ask) -> None:
    answer = ask(**{"a.xml": '<?xml version="1.0"?><a/>', "b.csv": "Title\nHeat\n"})
    [unread] = answer["unread"]
    assert "an XML file: export it as CSV or JSON" in unread["reason"]
