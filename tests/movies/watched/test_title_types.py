"""What is a film by the word that a file has for it, in the languages of IMDb's exports."""

import pytest

from movies.watched.title_types import is_film
from tests.movies.watched.conftest import Ask

SERIES = {
    "en": ["TV Series", "tvSeries", "TV Mini Series", "Mini-Series", "TV Episode", "Video Game",
           "Podcast Series", "Podcast Episode", "Music Video", "tvPilot"],
    "it": ["Serie TV", "Miniserie TV", "Mini serie TV", "Episodio TV", "Videogioco",
           "Serie podcast", "Episodio di podcast", "Video musicale"],
    "de": ["Fernsehserie", "TV-Serie", "Miniserie", "Fernseh-Miniserie", "Fernsehfolge",
           "Episode", "Videospiel", "Podcast-Serie", "Musikvideo"],
    "fr": ["Série", "Série télévisée", "Mini-série télévisée", "Épisode TV", "Jeu vidéo",
           "Série de podcasts", "Clip musical", "Clip vidéo"],
    "es": ["Serie de TV", "Miniserie de TV", "Episodio de TV", "Videojuego", "Serie de podcast",
           "Vídeo musical", "Videoclip"],
    "pt": ["Série de TV", "Minissérie de TV", "Episódio de TV", "Videogame", "Jogo", "Podcast",
           "Videoclipe"],
    "ja": ["テレビシリーズ", "テレビミニシリーズ", "ミニシリーズ", "テレビエピソード", "ゲーム",
           "ビデオゲーム", "ポッドキャストシリーズ", "ミュージックビデオ"],
    "hi": ["टीवी सीरीज़", "टीवी शृंखला", "टीवी एपिसोड", "वीडियो गेम", "पॉडकास्ट सीरीज़", "संगीत वीडियो"],
    "others": ["TV-serie", "TV-sarja", "Serial TV", "Телесериал", "TV Dizisi", "TV-sorozat",
               "TV 시리즈", "电视剧", "電視影集", "مسلسل تلفزيوني", "סדרת טלוויזיה",
               "Τηλεοπτική σειρά"],
    "other sites": ["tv", "show", "season", "episode", "anime", "manga", "game", "Book"],
}  # fmt: skip
FILMS = ["Movie", "movie", "Short", "TV Movie", "tvShort", "TV Special", "Video", "Feature Film",
         "Documentary", "Film", "Film per la TV", "Cortometraggio", "Speciale TV", "Spielfilm",
         "Kurzfilm", "Fernsehfilm", "Film", "Court métrage", "Téléfilm", "Película",
         "Película de TV", "Cortometraje", "Filme", "Curta-metragem",
         "映画", "短編映画", "テレビ映画", "फ़िल्म",
         "Фильм", "Elokuva", "电影"]  # fmt: skip


@pytest.mark.parametrize("word", [word for words in SERIES.values() for word in words])
def test_a_series_or_a_game_is_no_film_in_any_language(word: str) -> None:
    assert is_film(word) is False
    assert is_film(word.upper()) is False


@pytest.mark.parametrize("word", FILMS)
def test_a_film_is_one_in_any_language(word: str) -> None:
    assert is_film(word) is True


HEADER = "Const,Your Rating,Title,URL,Title Type,Runtime (mins),Year,Genres,Directors\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("tt7777701,8,Dark,,Serie TV,50,2017,Crime,Somebody", "not_a_movie"),
        ("tt7777701,8,Dark,,テレビシリーズ,50,2017,Crime,", "not_a_movie"),
        # A word that nobody knows, and nobody who directed it.
        ("tt7777701,8,Dark,,Qwertz,50,2017,Crime,", "not_a_movie"),
        ("tt7777701,8,Dark,,Qwertz,50,2017–2020,Crime,Somebody", "not_a_movie"),
        ("tt7777701,8,Dark: Episode #1.2,,Qwertz,50,2017,Crime,Somebody", "not_a_movie"),
        ("tt7777701,8,Dark,,Qwertz,50,2017,Crime,Somebody", "not_in_catalogue"),
        # A film, whoever directed it.
        ("tt7777701,8,Dark,,Movie,50,2017,Crime,", "not_in_catalogue"),
        ("tt7777701,8,Dark,,Cortometraggio,5,2017,Crime,", "not_in_catalogue"),
        ("tt7777701,8,Dark,,,50,2017,Crime,", "not_in_catalogue"),
    ],
)
def test_a_row_whose_id_no_film_has_can_be_a_series(ask: Ask, row: str, reason: str) -> None:
    [unmatched] = ask(ratings_csv=f"{HEADER}{row}\n")["unmatched"]
    assert unmatched["reason"] == reason


def test_a_film_stays_one_whatever_its_type_is_called(ask: Ask) -> None:
    answer = ask(ratings_csv=f"{HEADER}tt0079944,8,Stalker,,Qwertz,50,1979,Crime,\n")
    assert [film["imdb_id"] for film in answer["matched"]] == ["tt0079944"]
