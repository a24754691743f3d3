"""What people call TMDB's genres, by their numbers."""

from functools import cache

from movies.folding import key

GENRES = {
    12: "Adventure, Adventures",
    14: "Fantasy, Fantasies",
    16: "Animation, Animated, Animations, Cartoon, Cartoons",
    18: "Drama, Dramas",
    27: "Horror, Horrors",
    28: "Action",
    35: "Comedy, Comedies, Funny",
    36: "History, Historical",
    37: "Western, Westerns",
    53: "Thriller, Thrillers",
    80: "Crime, Crimes",
    99: "Documentary, Documentaries",
    878: "Science Fiction, Sci-Fi, SciFi, SF",
    9648: "Mystery, Mysteries",
    10402: "Music, Musical, Musicals",
    10749: "Romance, Romances, Romantic",
    10751: "Family",
    10752: "War",
    10770: "TV Movie, TV Movies",
}


def genre_called(name: str) -> int | None:
    """TMDB's number of the genre that is called so; None for none."""
    return numbers_by_key().get(key(name))


@cache
def numbers_by_key() -> dict[str, int]:
    return {key(name): number for number, names in GENRES.items() for name in names.split(",")}
