"""TMDB's reference lists as the sandbox serves them when its source brings none.

Countries are those of ISO 3166 that TMDB lists, and the former states that it keeps; languages
those of ISO 639-1, with TMDB's own xx and cn and the older sh and mo. Names are TMDB's.
"""

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

GENRES = {
    28: "Action",
    12: "Adventure",
    16: "Animation",
    35: "Comedy",
    80: "Crime",
    99: "Documentary",
    18: "Drama",
    10751: "Family",
    14: "Fantasy",
    36: "History",
    27: "Horror",
    10402: "Music",
    9648: "Mystery",
    10749: "Romance",
    878: "Science Fiction",
    10770: "TV Movie",
    53: "Thriller",
    10752: "War",
    37: "Western",
}


def countries() -> list[dict[str, str]]:
    return [
        {"iso_3166_1": code, "english_name": name, "native_name": name}
        for code, name in _rows("countries.tsv")
    ]


def languages() -> list[dict[str, str]]:
    return [
        {"iso_639_1": code, "english_name": english_name, "name": name}
        for code, english_name, name in _rows("languages.tsv")
    ]


def genres() -> list[dict[str, Any]]:
    return [{"id": genre_id, "name": name} for genre_id, name in GENRES.items()]


def _rows(name: str) -> list[list[str]]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]
