"""What is told of the sandbox's own films: people, stories, translated titles, where to watch.

People, titles and collections are facts about the real films, as far as they were known to
whoever wrote them down; the stories were written for this project. What the sandbox cannot know is
made up: ids of people and collections, paths of pictures, keys of trailers (no request is made to
where they would lead), and who offers a film (`tools.sandbox.providers`).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from zlib import crc32

from msgspec import Struct

from tools.sandbox import providers
from tools.sandbox.catalogue import COUNTRIES, LANGUAGES, Positive, Text, known, read_rows
from tools.sandbox.payloads import Payload
from tools.sandbox.translations import translation

FOLDER = Path(__file__).parent
STORIES = "stories.tsv"
PEOPLE = "people.tsv"
TRANSLATIONS = "translations.tsv"
COLLECTIONS = "collections.tsv"

# From so many votes on there is a trailer, and a film can be watched in so many regions.
TRAILER_VOTES = 1000
PROVIDED_VOTES = 100
REGIONS_PER_VOTE_ROOT = 1.2
# Every so many-th person has no picture.
NO_PICTURE = 4


class Story(Struct):
    """A line of stories.tsv: what a film says of itself, and what happens in it."""

    tmdb_id: Positive
    overview: Text
    tagline: str = ""


class Credits(Struct):
    """A line of people.tsv: directors, and the cast as `name = character`, each with ` | `."""

    tmdb_id: Positive
    directors: str = ""
    cast: str = ""


class TranslatedTitle(Struct):
    """A line of translations.tsv."""

    tmdb_id: Positive
    language: Text
    country: Text
    title: Text


class Collection(Struct):
    """A line of collections.tsv, with the ids of its films."""

    name: Text
    films: Text


def add_parts(
    films: Iterable[Payload], folder: Path = FOLDER, *, with_pictures: bool = False
) -> None:
    """Complete the payloads; ValueError names the line of what is malformed, or of no film."""
    by_id = {film["id"]: film for film in films}
    for film in by_id.values():
        if with_pictures:
            film["poster_path"] = f"/poster-{film['id']}.jpg"
            film["backdrop_path"] = f"/backdrop-{film['id']}.jpg"
        film["translations"] = {"translations": list(own_translations(film))}
        film["credits"] = {"cast": [], "crew": []}
        film["videos"] = {"results": trailers(film)}
        film["watch/providers"] = {"results": offers(film)}
    add_stories(by_id, folder / STORIES)
    add_people(by_id, folder / PEOPLE)
    add_translated_titles(by_id, folder / TRANSLATIONS)
    add_collections(by_id, folder / COLLECTIONS)


def add_stories(films: Mapping[int, Payload], path: Path) -> None:
    for place, story in read_rows(path, Story):
        film = find(films, story.tmdb_id, place)
        film["overview"], film["tagline"] = story.overview, story.tagline
        for entry in film["translations"]["translations"]:
            if entry["iso_639_1"] == "en":
                entry["data"] |= {"overview": story.overview, "tagline": story.tagline}


def add_people(films: Mapping[int, Payload], path: Path) -> None:
    for place, line in read_rows(path, Credits):
        film = find(films, line.tmdb_id, place)
        numbers = count()
        film["credits"] = {
            "cast": [
                {
                    **person(name),
                    "cast_id": order,
                    "character": character,
                    "credit_id": f"{film['id']:016x}{next(numbers):08x}",
                    "order": order,
                }
                for order, (name, character) in enumerate(parted(line.cast))
            ],
            "crew": [
                {
                    **person(name),
                    "credit_id": f"{film['id']:016x}{next(numbers):08x}",
                    "department": "Directing",
                    "job": "Director",
                }
                for name, _ in parted(line.directors)
            ],
        }


def add_translated_titles(films: Mapping[int, Payload], path: Path) -> None:
    for place, line in read_rows(path, TranslatedTitle):
        film = find(films, line.tmdb_id, place)
        known(LANGUAGES, [line.language], place)
        known(COUNTRIES, [line.country], place)
        film["translations"]["translations"].append(
            translation(line.language, line.country, title=line.title)
        )


def add_collections(films: Mapping[int, Payload], path: Path) -> None:
    for place, line in read_rows(path, Collection):
        for movie_id in line.films.split(","):
            find(films, int(movie_id), place)["belongs_to_collection"] = {
                "id": number_of(line.name),
                "name": line.name,
                "poster_path": None,
                "backdrop_path": None,
            }


def find(films: Mapping[int, Payload], movie_id: int, place: str) -> Payload:
    if movie_id not in films:
        raise ValueError(f"{place}: there is no film {movie_id}")
    return films[movie_id]


def parted(text: str) -> Iterator[tuple[str, str]]:
    """Names with what stands after the `=`."""
    for entry in filter(None, text.split(" | ")):
        name, _, character = entry.partition(" = ")
        yield name, character


def person(name: str) -> Payload:
    """Somebody, who is the same in every film."""
    number = number_of(name)
    return {
        "adult": False,
        "gender": 0,
        "id": number,
        "known_for_department": "Acting",
        "name": name,
        "original_name": name,
        "popularity": number % 1000 / 100,
        "profile_path": f"/profile-{number}.jpg" if number % NO_PICTURE else None,
    }


def number_of(name: str) -> int:
    """An id that follows from the name."""
    return 1 + crc32(name.encode()) % 2_000_000_000


def own_translations(film: Payload) -> Iterator[Payload]:
    """That of the film's own language, which has no title at TMDB, and the English one."""
    language = film["original_language"]
    if language == "en":
        yield translation("en", "US", title="")
        return
    if film["origin_country"]:
        yield translation(language, film["origin_country"][0], title="")
    title = film["title"] if film["title"] != film["original_title"] else ""
    yield translation("en", "US", title=title)


def trailers(film: Payload) -> list[Payload]:
    """A trailer of films that many know, and for those that most do a clip before it."""
    if film["vote_count"] < TRAILER_VOTES:
        return []
    kinds = ("Clip", "Trailer") if film["vote_count"] >= 10 * TRAILER_VOTES else ("Trailer",)
    return [
        {
            "iso_639_1": "en",
            "iso_3166_1": "US",
            "name": f"{kind}: {film['title']}",
            "key": f"{kind[0]}-sb{film['id']:07d}",
            "site": "YouTube",
            "size": 1080,
            "type": kind,
            "official": True,
            "published_at": "2020-01-01T00:00:00.000Z",
            "id": f"{film['id']:016x}{place:08x}",
        }
        for place, kind in enumerate(kinds)
    ]


def offers(film: Payload) -> Payload:
    """By region who has the film: the better known it is, the more of them."""
    if film["vote_count"] < PROVIDED_VOTES:
        return {}
    seed = crc32(str(film["id"]).encode())
    number = min(int(REGIONS_PER_VOTE_ROOT * film["vote_count"] ** 0.5), len(providers.REGIONS))
    regions = {
        providers.REGIONS[(seed + 41 * step) % len(providers.REGIONS)] for step in range(number)
    }
    regions |= set(film["origin_country"]) & set(providers.REGIONS)
    return {region: offer(film["id"], region, seed) for region in sorted(regions)}


def offer(movie_id: int, region: str, seed: int) -> Payload:
    """By kind who has the film there: one or two of those who could."""
    there: Payload = {"link": providers.link(movie_id, region)}
    for place, kind in enumerate(providers.KINDS):
        draw = crc32(f"{region} {kind}".encode(), seed)
        offering = providers.offering(region, kind)
        # A film to be had for nothing is seldom one that is rented.
        if draw % 5 < (1 if kind in ("free", "ads") else 3) or place == seed % 5:
            first = draw // 5 % len(offering)
            chosen = [offering[first], offering[(first + 1) % len(offering)]][: 1 + draw // 50 % 2]
            there[kind] = [one.entry for one in dict.fromkeys(chosen)]
    return there
