"""A world of made-up films of any size: film i follows from i alone, and nothing is kept.

In which proportion things stand is said here for the details, and in `synthetic_parts` for what
is told of films. Votes are as at TMDB: 38,000 for the first of a million films, 1,000 for the
4,900th, 300 for the 10,600th, one for the 500,000th, and none for the rest. What else lists go by
is as in 9,752 real payloads of 2025 and 3,098 of 2024: the mean rating grows with the votes from
5.7 to 7.4 (0.23 for each factor e) while its spread falls from 1.2 to 0.6; IMDb's ratings go with
TMDB's (r = 0.9), so do its votes (18 for the first of TMDB's, then a little more each, with a
spread of a factor 2). Popularity goes with votes as in those of 2024 (r = 0.64), and not as in
those of 2025 (0.18).
"""

from bisect import bisect
from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate, count
from math import exp, gcd, log
from statistics import NormalDist
from struct import Struct
from typing import TypeVar

from tools.sandbox import synthetic_parts
from tools.sandbox.listing import Listed, Listing
from tools.sandbox.payloads import Payload, film_payload
from tools.sandbox.reference import GENRES
from tools.sandbox.sources import Rating, Reference, rating_lines
from tools.sandbox.words import phrase

# Shares of the countries that films come from, with their commonest language, about as at TMDB
# (the US have 29 % there); all other countries have OTHERS among them.
COUNTRIES = """
US en 29  FR fr 7  JP ja 6.5  DE de 6  GB en 6  IN hi 4.5  IT it 4  BR pt 3.5  CA en 3.5
ES es 3  CN zh 2.4  MX es 2  KR ko 2  RU ru 1.8  AR es 1.5  HK cn 1.2  SE sv 1.2  NL nl 1
AU en 1  PL pl 1  PH tl 0.9  TR tr 0.9  SU ru 0.7  DK da 0.7  BE fr 0.7  CZ cs 0.6  PT pt 0.6
GR el 0.5  FI fi 0.5  NO no 0.4  AT de 0.4  CH de 0.4  TW zh 0.4  IR fa 0.3  HU hu 0.3
ID id 0.3  EG ar 0.3  CL es 0.3  CO es 0.2  RO ro 0.2  IL he 0.2  TH th 0.2  UA uk 0.2
XC cs 0.2  IE en 0.2  YU sh 0.1  NG en 0.1  XG de 0.1  VN vi 0.1  IS is 0.1
"""
STATUSES = ("Planned", "In Production", "Post Production", "Rumored", "Canceled")
GENRE_LIST = [{"id": genre_id, "name": name} for genre_id, name in GENRES.items()]
# The share of films that have the very names of another one.
NAMESAKES = 0.05
# The share of films of no country of origin, and where that of no production country ends: of
# 9,752 real films 0.2 % and 3 %, of those with few votes up to 16 %.
NO_ORIGIN = 0.002
NO_PRODUCTION = 0.1
# What countries that are not among COUNTRIES have together, and how much fewer each one has than
# the one before: of 1.24 million films the first have 1,400, the 60th has 40, the last have none.
OTHERS = 0.02
FEWER = 0.94
FIRST_YEAR, LAST_YEAR = 1895, 2026

# The share of films that anybody has voted for at TMDB.
VOTED = 0.42
# By votes as in `synthetic_parts`: films of unknown length, and shorts, of 3,098 real ones.
RUNTIMES = ((0.28, 0.33), (0.065, 0.25), (0.01, 0.06), (0.0, 0.024), (0.0, 0.005))
MOST_IMDB_VOTES = 3_000_000

NUMBERS = Struct("<16I")
NORMAL = NormalDist()

# A country with its commonest language.
Place = tuple[str, str]
T = TypeVar("T")


class Synthetic(Reference):
    """Films 1 to `count`; another `popularity_salt` gives every film another popularity."""

    def __init__(self, count: int, popularity_salt: int = 0) -> None:
        super().__init__()
        self.count = count
        self.popularity_salt = popularity_salt
        self.name = f"synthetic, {count:,} films"
        self._names = {entry["iso_3166_1"]: entry["english_name"] for entry in self.countries}
        self._tongues = {entry["iso_639_1"]: entry for entry in self.languages}
        self._places, self._bounds = _places(list(self._names))

    @property
    def edition(self) -> Hashable:
        return ("synthetic", self.count, self.popularity_salt)

    def payload(self, movie_id: int) -> Payload | None:
        return self._payload(movie_id) if 1 <= movie_id <= self.count else None

    def payloads(self) -> Iterator[Payload]:
        """Every film, for whoever wants them all without asking over HTTP."""
        return map(self._payload, self.ids())

    def part(self, movie_id: int, name: str) -> Payload | None:
        make = synthetic_parts.PARTS.get(name)
        return make(self.facts(movie_id)) if make else None

    def whole(self, movie_id: int) -> Payload:
        """A film's payload with all of its parts, as if all of them had been appended."""
        facts = self.facts(movie_id)
        parts = {name: make(facts) for name, make in synthetic_parts.PARTS.items()}
        return {**self._payload(movie_id), **parts}

    def facts(self, movie_id: int) -> synthetic_parts.Facts:
        """What the parts of a film go by."""
        film = _draws(movie_id)
        fame, (country, _) = next(film), self._place(next(film))
        language, original_title, title = self._titles(movie_id)
        return synthetic_parts.Facts(
            movie_id,
            votes=_votes(fame, movie_id),
            country=country,
            language=language,
            original_title=original_title,
            title=title,
            draws=lambda purpose: _draws(movie_id, purpose),
        )

    def listing(self) -> Listing:
        """Takes some ten seconds for a million films, the first time."""
        return self._listing

    @cached_property
    def _listing(self) -> Listing:
        return Listing(map(self._listed, range(1, self.count + 1)))

    def _listed(self, movie_id: int) -> Listed:
        film = _draws(movie_id)
        fame, (country, language) = next(film), self._place(next(film))
        has_origin = next(_draws(movie_id, b"made in")) > NO_ORIGIN
        return Listed(
            movie_id,
            (country,) if has_origin else (),
            language,
            _votes(fame, movie_id),
            self._popularity(movie_id, fame),
        )

    def ids(self) -> Iterator[int]:
        """Every film once, in no useful order, as in the real export."""
        stride = int(self.count * 0.618) | 1
        while gcd(stride, self.count) > 1:
            stride += 2
        return (step * stride % self.count + 1 for step in range(self.count))

    def export_lines(self) -> Iterator[bytes]:
        for movie_id in self.ids():
            draws = _draws(movie_id)
            popularity = self._popularity(movie_id, next(draws))
            _, original_title, _ = self._titles(movie_id)
            yield (
                f'{{"adult":false,"id":{movie_id},"original_title":"{original_title}",'
                f'"popularity":{popularity},"video":false}}\n'
            ).encode()

    def imdb_lines(self) -> Iterator[bytes]:
        return rating_lines(filter(None, map(_imdb_rating, range(1, self.count + 1))))

    def _payload(self, movie_id: int) -> Payload:
        draws = _draws(movie_id)
        fame = next(draws)
        votes = _votes(fame, movie_id)
        country, _ = self._place(next(draws))
        language, original_title, title = self._titles(movie_id)
        return film_payload(
            movie_id,
            title,
            original_title=original_title,
            original_language=language,
            popularity=self._popularity(movie_id, fame),
            imdb_id=_imdb_id(movie_id, fame),
            genres=[_next_of(GENRE_LIST, draws) for _ in range(int(4 * next(draws)))],
            poster_path=f"/{movie_id:027x}.jpg" if next(draws) < 0.75 else None,
            release_date=_release_date(draws),
            runtime=_runtime(votes, draws),
            spoken_languages=[self._tongues[language]] if next(draws) < 0.8 else [],
            status="Released" if next(draws) < 0.95 else _next_of(STATUSES, draws),
            alternative_titles={"titles": self._alternative_titles(draws)},
            **self._made_in(country, _draws(movie_id, b"made in")),
            **_rated(movie_id, votes),
            **synthetic_parts.told(movie_id, votes, country, _draws(movie_id, b"told")),
        )

    def _titles(self, movie_id: int) -> tuple[str, str, str]:
        """The language, the original title and the title: for NAMESAKES another film's."""
        draws = _draws(movie_id, b"names")
        if next(draws) < NAMESAKES and movie_id > 1:
            return self._titles(1 + int((movie_id - 1) * next(draws)))
        film = _draws(movie_id)
        next(film)
        _, language = self._place(next(film))
        original_title = phrase(language, draws)
        is_translated = language != "en" and next(draws) < 0.6
        return language, original_title, phrase("en", draws) if is_translated else original_title

    def _popularity(self, movie_id: int, fame: float) -> float:
        """What is talked about today, which is not only what is famous."""
        popularity: float = 0.2 * fame**-0.45 * exp(0.8 * _normal(movie_id, b"popularity"))
        return round(popularity + 0.0137 * self.popularity_salt, 4)

    def _place(self, draw: float) -> Place:
        return self._places[bisect(self._bounds, draw)]

    def _made_in(self, country: str, draws: Iterator[float]) -> Payload:
        """The countries: one film in ten lacks one of the lists, one in eight has partners."""
        gap, partners = next(draws), next(draws)
        made_in = [country]
        made_in += [
            self._place(next(draws))[0] for bound in (0.12, 0.04, 0.01) if partners < bound
        ]
        named = [
            {"iso_3166_1": code, "name": self._names[code]} for code in dict.fromkeys(made_in)
        ]
        return {
            "origin_country": [country] if gap > NO_ORIGIN else [],
            "production_countries": named if not NO_ORIGIN < gap < NO_PRODUCTION else [],
        }

    def _alternative_titles(self, draws: Iterator[float]) -> list[dict[str, str]]:
        """None for four films in five, else up to three, each in a country's language."""
        draw = next(draws)
        return [self._alternative_title(draws) for bound in (0.2, 0.12, 0.08) if draw < bound]

    def _alternative_title(self, draws: Iterator[float]) -> dict[str, str]:
        country, language = self._place(next(draws))
        return {"iso_3166_1": country, "title": phrase(language, draws), "type": ""}


def _places(codes: list[str]) -> tuple[list[Place], list[float]]:
    """Every country's place, and where each one's share of (0, 1) ends."""
    fields = COUNTRIES.split()
    weights = {
        (country, language): float(percent)
        for country, language, percent in zip(*[iter(fields)] * 3, strict=True)
    }
    shares = _shares_of(weights, 1 - OTHERS)
    others = sorted(set(codes) - {country for country, _ in shares})
    falling = {(code, "en"): FEWER**place for place, code in enumerate(others)}
    shares |= _shares_of(falling, OTHERS)
    bounds = list(accumulate(shares.values()))
    return list(shares), [*bounds[:-1], 1.0]


def _shares_of(weights: dict[Place, float], whole: float) -> dict[Place, float]:
    total = sum(weights.values())
    return {place: whole * weight / total for place, weight in weights.items()}


def _draws(movie_id: int, purpose: bytes = b"film") -> Iterator[float]:
    """Numbers in (0, 1) without end, the same ones each time."""
    for block in count():
        digest = blake2b(b"%b %d %d" % (purpose, movie_id, block)).digest()
        for number in NUMBERS.unpack(digest):
            yield (number + 0.5) / 2**32


def _next_of(choices: Sequence[T], draws: Iterator[float]) -> T:
    return choices[int(len(choices) * next(draws))]


def _imdb_id(movie_id: int, fame: float) -> str | None:
    """For six films in ten, and for every famous one."""
    return f"tt{movie_id:07d}" if fame < 0.05 or movie_id % 19 < 11 else None


def _release_date(draws: Iterator[float]) -> str:
    """Most of them lately; one in twenty has none."""
    age, day, gap = next(draws), next(draws), next(draws)
    if gap < 0.05:
        return ""
    year = LAST_YEAR - int((LAST_YEAR - FIRST_YEAR + 1) * age**3)
    return (date(year, 1, 1) + timedelta(days=int(365 * day))).isoformat()


def _runtime(votes: int, draws: Iterator[float]) -> int:
    """Minutes: of films that nobody knows many unknown, and many shorts; features around 95."""
    kind, length = next(draws), next(draws)
    unknown, short = RUNTIMES[bisect(synthetic_parts.VOTES, votes)]
    if kind < unknown:
        return 0
    is_short = kind < unknown + short
    return 1 + int(39 * length) if is_short else 60 + int(70 * length + 70 * length**8)


def _votes(fame: float, movie_id: int) -> int:
    """Tens of thousands for the most famous of a million, none for more than half of them."""
    if fame >= VOTED:
        return 0
    return int(_expected_votes(fame) * (0.5 + next(_draws(movie_id, b"votes"))))


def _expected_votes(fame: float) -> float:
    """Falls by the power 1.5 of the rank, but for the first few hundred of a million."""
    votes: float = 0.235 * (fame + 0.00034) ** -1.5
    return votes


def _rated(movie_id: int, votes: int) -> Payload:
    rating = round(_rating(movie_id, votes, b"tmdb"), 3) if votes else 0.0
    return {"vote_count": votes, "vote_average": rating}


def _rating(movie_id: int, votes: int, by: bytes) -> float:
    """By how many votes the film has at TMDB; those of TMDB and IMDb are seldom far apart."""
    fame = log(votes + 1)
    mean, spread = max(5.7, 5.05 + 0.23 * fame), max(0.6, 1.35 - 0.085 * fame)
    opinion = 0.93 * _normal(movie_id, b"quality") + 0.37 * _normal(movie_id, by)
    return min(max(mean + spread * opinion, 1.0), 10.0)


def _normal(movie_id: int, purpose: bytes) -> float:
    """A number of the normal distribution with mean 0 and spread 1."""
    return NORMAL.inv_cdf(next(_draws(movie_id, purpose)))


def _imdb_rating(movie_id: int) -> Rating | None:
    fame = next(_draws(movie_id))
    imdb_id = _imdb_id(movie_id, fame)
    if imdb_id is None or movie_id % 13 == 0:
        return None
    spread = exp(0.62 * _normal(movie_id, b"imdb votes") - 0.19)
    votes = 5 + int(18 * _expected_votes(fame) ** 1.08 * spread)
    rating = _rating(movie_id, _votes(fame, movie_id), b"imdb")
    return imdb_id, round(rating, 1), min(votes, MOST_IMDB_VOTES)
