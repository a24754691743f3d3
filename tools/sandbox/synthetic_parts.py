"""What is told of made-up films beside their facts: people, translations, providers, videos.

The proportions are those of real payloads by how many votes a film has: none, 1–9, 10–99,
100–999, 1,000 and more. Measured on 534 credits, 1,271 watch providers and 3,098 details of July
2024, and by the sizes of 9,752 films' credits:

- cast, on the mean: 8.6, 11.3, 18, 25, 57 people; crew: 8.8, 10.5, 20, 30, 105. No cast at all:
  12 %, 6 %, then none. No director: 9 %, 1 %, then none.
- watch providers: known for 10 %, 31 %, 82 %, 97 %, 100 % of the films; where known, on the mean
  12, 22, 28, 37, 79 regions, half of the films having far fewer, with 2.6, 1.5, 2.2, 3.1, 4.7
  entries each.
- companies: none for 25 %, 22 %, 6 %, 1 %, 0 %; on the mean 1.2, 1.2, 2.4, 3, 3.4; without a
  country 17 %, without a logo 38 %.
- overview: 86 %, 92 %, 98 %, 100 %, 100 %; tagline: 28 %, 30 %, 44 %, 78 %, 96 %; backdrop: 36 %,
  62 %, 93 %, 100 %, 100 %; a collection: 9 %, 8 %, 17 %, 23 %, 48 %.

Translations are known of seven films only, popular ones with 41–49 entries and a little-known one
with 4: 3, 4, 9, 22, 44 are taken here, 90 % of them with a title, 80 % with an overview. Videos,
of which little is known, too: on the mean 0.05, 0.2, 0.6, 2, 8.
"""

import math
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from tools.sandbox.payloads import Payload
from tools.sandbox.providers import KINDS, REGIONS, link, offering
from tools.sandbox.translations import PAIRS, translation
from tools.sandbox.words import phrase, word

VOTES = (1, 10, 100, 1000)
CAST = (8.6, 11.3, 18.0, 25.0, 57.0)
NO_CAST = (0.12, 0.06, 0.0, 0.0, 0.0)
CREW = (8.8, 10.5, 20.0, 30.0, 105.0)
NO_DIRECTOR = (0.09, 0.01, 0.0, 0.0, 0.0)
TRANSLATIONS = (3.0, 4.0, 9.0, 22.0, 44.0)
VIDEOS = (0.05, 0.2, 0.6, 2.0, 8.0)
PROVIDED = (0.10, 0.31, 0.82, 0.97, 1.0)
PROVIDED_REGIONS = (12.0, 22.0, 28.0, 37.0, 79.0)
ENTRIES = (2.6, 1.5, 2.2, 3.1, 4.7)
COMPANIES = (1.2, 1.2, 2.4, 3.0, 3.4)
NO_COMPANY = (0.25, 0.22, 0.06, 0.01, 0.0)
OVERVIEW = (0.86, 0.92, 0.98, 1.0, 1.0)
TAGLINE = (0.28, 0.30, 0.44, 0.78, 0.96)
BACKDROP = (0.36, 0.62, 0.93, 1.0, 1.0)
COLLECTION = (0.09, 0.08, 0.17, 0.23, 0.48)
COLLECTION_FILMS = 3

# Where the kinds of providers end in (0, 1), in the order of KINDS: of films with few votes more
# are free, of those with many most can be rented and bought.
KIND_BOUNDS = {False: (0.45, 0.70, 0.78, 0.88), True: (0.32, 0.34, 0.35, 0.67)}
SENTENCES = 1024

# People: half of the credits are those of somebody who has others, drawn by Zipf's law.
BUSY_PEOPLE = 400_000
BUSY_SHARE = 0.5
CREW_JOBS = (
    *(("Directing", "Director"), ("Writing", "Screenplay"), ("Production", "Producer")),
    *(("Camera", "Director of Photography"), ("Editing", "Editor"), ("Art", "Art Direction")),
    *(("Sound", "Original Music Composer"), ("Costume & Make-Up", "Costume Design")),
    *(("Writing", "Story"), ("Production", "Executive Producer"), ("Sound", "Sound Mixer")),
    *(("Visual Effects", "Visual Effects Supervisor"), ("Lighting", "Gaffer"), ("Crew", "Stunts")),
)
VIDEO_TYPES = ("Trailer", "Teaser", "Trailer", "Clip", "Featurette", "Behind the Scenes")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a film's parts go by; `draws` gives numbers in (0, 1) for a purpose, the same ones."""

    id: int
    votes: int
    country: str
    language: str
    original_title: str
    title: str
    draws: Callable[[bytes], Iterator[float]]

    @property
    def kind(self) -> int:
        """Which of the proportions above are this film's."""
        return bisect(VOTES, self.votes)


def told(movie_id: int, votes: int, country: str, draws: Iterator[float]) -> Payload:
    """What the details themselves tell of the film beside its facts."""
    kind = bisect(VOTES, votes)
    return {
        "overview": overview(draws) if next(draws) < OVERVIEW[kind] else "",
        "tagline": _sentence(next(draws))[:60] if next(draws) < TAGLINE[kind] else "",
        "backdrop_path": f"/backdrop-{movie_id}.jpg" if next(draws) < BACKDROP[kind] else None,
        "belongs_to_collection": _collection(movie_id) if next(draws) < COLLECTION[kind] else None,
        "production_companies": _companies(kind, country, draws),
    }


def people(film: Facts) -> Payload:
    draws = film.draws(b"credits")
    cast = _number(CAST[film.kind], next(draws)) if next(draws) >= NO_CAST[film.kind] else 0
    crew = _number(CREW[film.kind], next(draws))
    first = 0 if next(draws) >= NO_DIRECTOR[film.kind] else 1
    return {
        "cast": [
            {
                **_person(film.id, order, draws),
                "cast_id": order,
                "character": word(300 + int(3000 * next(draws))).title(),
                "credit_id": f"{film.id:016x}{order:08x}",
                "order": order,
            }
            for order in range(cast)
        ],
        "crew": [
            {
                **_person(film.id, 500 + number, draws),
                "credit_id": f"{film.id:016x}{500 + number:08x}",
                "department": department,
                "job": job,
            }
            for number, (department, job) in _jobs(first, crew)
        ],
    }


def translations(film: Facts) -> Payload:
    """The film's own language without a title, as at TMDB; the others mostly with one."""
    draws = film.draws(b"translations")
    wanted = min(round(TRANSLATIONS[film.kind] * (0.8 + 0.4 * next(draws))), len(PAIRS))
    pairs = dict.fromkeys(pair for pair in PAIRS if pair[0] in (film.language, "en"))
    while len(pairs) < wanted:
        # Those at the front of the list are the commonest.
        pairs[PAIRS[int(len(PAIRS) * next(draws) ** 1.5)]] = None
    return {
        "translations": [
            translation(
                language,
                country,
                title=_translated_title(film, language, draws),
                overview=overview(draws) if next(draws) < 0.8 else "",
            )
            for language, country in list(pairs)[:wanted]
        ]
    }


def videos(film: Facts) -> Payload:
    draws = film.draws(b"videos")
    mean = VIDEOS[film.kind]
    number = _number(mean, next(draws)) if mean >= 1 else int(next(draws) < mean)
    return {
        "results": [
            {
                "iso_639_1": "en",
                "iso_3166_1": "US",
                "name": f"{VIDEO_TYPES[place % 6]} {place + 1}",
                "key": f"{film.id:07d}-{place:03d}",
                "site": "YouTube",
                "size": 1080,
                "type": VIDEO_TYPES[place % 6],
                "official": next(draws) < 0.92,
                "published_at": f"2020-01-{place % 28 + 1:02d}T00:00:00.000Z",
                "id": f"{film.id:016x}{place:08x}",
            }
            for place in range(number)
        ]
    }


def watch_providers(film: Facts) -> Payload:
    draws = film.draws(b"providers")
    if next(draws) >= PROVIDED[film.kind]:
        return {"results": {}}
    # Most films are in few regions, some in nearly all.
    spread = 3.0 if film.kind < 4 else 0.7
    share = (1 + spread) * PROVIDED_REGIONS[film.kind] / len(REGIONS) * next(draws) ** spread
    number = min(max(1, round(share * len(REGIONS))), len(REGIONS))
    start = int(len(REGIONS) * next(draws))
    regions = [REGIONS[(start + 41 * step) % len(REGIONS)] for step in range(number)]
    return {"results": {region: _offers(film, region, draws) for region in sorted(regions)}}


PARTS: dict[str, Callable[[Facts], Payload]] = {
    "credits": people,
    "translations": translations,
    "videos": videos,
    "watch/providers": watch_providers,
}


def overview(draws: Iterator[float]) -> str:
    """Two or three sentences, some 200 to 300 characters."""
    first, second, third = next(draws), next(draws), next(draws)
    sentences = [_sentence(first), _sentence(second)]
    return " ".join(sentences + [_sentence(third)] * (third < 0.4))


def _number(mean: float, draw: float) -> int:
    """A number with this mean, mostly below it, at most five times as high."""
    return max(1, min(round(-mean * math.log(draw)), round(5 * mean)))


def _jobs(first: int, number: int) -> Iterator[tuple[int, tuple[str, str]]]:
    """The first ones once each, then the others over and over: one director at the most."""
    others = CREW_JOBS[1:]
    for place in range(number):
        yield place, CREW_JOBS[0] if place + first == 0 else others[place % len(others)]


def _person(movie_id: int, place: int, draws: Iterator[float]) -> Payload:
    """Somebody, who is the same by the same number in every film."""
    draw = next(draws)
    if draw < BUSY_SHARE:
        number = int(BUSY_PEOPLE ** (draw / BUSY_SHARE))
    else:
        number = BUSY_PEOPLE + 1000 * (movie_id % 1_500_000) + place
    return person(number)


@lru_cache(20_000)
def person(number: int) -> Payload:
    """The person with this id."""
    mixed = number * 2_654_435_761 % 2**32
    name = f"{word(40 + mixed % 1201)} {word(1500 + mixed // 1201 % 25_013)}".title()
    return {
        "adult": False,
        "gender": mixed % 3,
        "id": number,
        "known_for_department": "Acting" if mixed % 5 else "Directing",
        "name": name,
        "original_name": name,
        "popularity": mixed % 1000 / 100,
        "profile_path": f"/profile-{number}.jpg" if mixed % 100 >= 31 else None,
    }


def _translated_title(film: Facts, language: str, draws: Iterator[float]) -> str:
    if language == film.language:
        return ""
    if language == "en":
        return film.title if film.title != film.original_title else ""
    return phrase(language, draws) if next(draws) < 0.9 else ""


def _offers(film: Facts, region: str, draws: Iterator[float]) -> Payload:
    """By kind who has the film there."""
    mean = ENTRIES[film.kind]
    bounds = KIND_BOUNDS[film.kind > 2]
    offers: dict[str, dict[int, Payload]] = {}
    for _ in range(max(1, round(mean * (0.4 + 1.2 * next(draws))))):
        kind = KINDS[bisect(bounds, next(draws))]
        there = _entries(region, kind)
        entry = there[int(len(there) * next(draws))]
        offers.setdefault(kind, {})[entry["provider_id"]] = entry
    found = {kind: list(entries.values()) for kind, entries in offers.items()}
    return {"link": link(film.id, region), **found}


@lru_cache(1000)
def _entries(region: str, kind: str) -> list[Payload]:
    return [provider.entry for provider in offering(region, kind)]


def _collection(movie_id: int) -> Payload:
    number = 1 + movie_id // COLLECTION_FILMS
    return {
        "id": number,
        "name": f"{word(2000 + number * 7919 % 90_000)} Collection".title(),
        "poster_path": f"/poster-collection-{number}.jpg",
        "backdrop_path": None,
    }


def _companies(kind: int, country: str, draws: Iterator[float]) -> list[Payload]:
    if next(draws) < NO_COMPANY[kind]:
        return []
    number = _number(COMPANIES[kind] / (1 - NO_COMPANY[kind]), next(draws))
    return [_company(country, int(1000 ** next(draws))) for _ in range(number)]


def _company(country: str, number: int) -> Payload:
    """The number-th company of a country; of some TMDB does not know where they are."""
    number += 1000 * (26 * (ord(country[0]) - 65) + ord(country[1]) - 65)
    mixed = number * 2_654_435_761 % 2**32
    return {
        "id": number,
        "logo_path": f"/logo-company-{number}.jpg" if mixed % 100 >= 38 else None,
        "name": f"{word(900 + mixed % 40_009)} Film".title(),
        "origin_country": country if mixed // 100 % 100 >= 17 else "",
    }


def _sentence(draw: float) -> str:
    return _sentences()[int(SENTENCES * draw)]


@lru_cache(1)
def _sentences() -> list[str]:
    """Sentences without sense, some 100 characters each."""
    return [_made_up(number) for number in range(SENTENCES)]


def _made_up(number: int) -> str:
    """Nine titles one after the other."""
    golden = (math.sqrt(5) - 1) / 2
    draws = ((0.5 + golden * (number * 1000 + step)) % 1 or 0.5 for step in count())
    words = " ".join(phrase("en", draws) for _ in range(9)).lower()
    return f"{words[0].upper()}{words[1:]}."
