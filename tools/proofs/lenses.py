"""Whose lists are right: the first ten of thirty countries by home and by origin, to be read.

From files of real payloads, by the proofs' own code: nothing of the product has a part in it.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel import Locale

from tools.proofs.home import NATIONAL, REGIONAL, speaks
from tools.proofs.outcome import say
from tools.proofs.payloads import Film, Ratings, read_films, record_ratings
from tools.proofs.ranking import ranking

ENGLISH = Locale("en")
FORMER_STATES = {
    "AN": "Netherlands Antilles", "CS": "Serbia and Montenegro", "SU": "Soviet Union",
    "XC": "Czechoslovakia", "XG": "East Germany", "YU": "Yugoslavia",
}  # fmt: skip

M = 25_000.0
FLOOR = 50
LENSES = ("home", "origin")
# Of each size there are so many countries, and of each of these so many films are shown.
COUNTRIES, SHOWN = 10, 10
# A small country has fewer films than this by origin, and enough to tell its lists apart.
SMALL, SMALLEST = 30, 5


@dataclass(frozen=True)
class Entry:
    """A film in a country's list."""

    film: Film
    votes: int
    weighted_rating: float
    has_few_votes: bool

    @property
    def order(self) -> tuple[bool, float, int, int]:
        return self.has_few_votes, -self.weighted_rating, -self.votes, self.film.row["id"]

    @property
    def words(self) -> str:
        title = str(self.film.row["title"]).replace("|", "/")
        return f"{title}°" if self.has_few_votes else title


# The list of each country by each lens, its best film first.
Lists = dict[tuple[str, str], list[Entry]]


def prove(path: Path, imdb: Ratings, details: Sequence[Path]) -> Iterator[str]:
    """Says the lists as Markdown and what can be counted of them; number ones that hardly anybody
    has rated, where the country has a film that more have, are wrong."""
    films = with_companies(read_films(path), details)
    lists, plain = rank(films, imdb, FLOOR), rank(films, imdb, 0)
    say("| | by home | not at home, but among the first ten by origin |\n|---|---|---|")
    for code in chosen_countries(lists):
        say(list_row(code, lists))
    say("")
    say(f"- by origin without a floor: {figures('origin', plain)}")
    for by in reversed(LENSES):
        say(f"- by {by}: {figures(by, lists)}")
        for code in weak_heads(by, lists):
            yield f"number one of {code} by {by} has under {FLOOR} votes"


def with_companies(films: dict[int, Film], details: Iterable[Path]) -> dict[int, Film]:
    """With the companies' countries of the first of these files that has the film, if any."""
    known: dict[int, list[str]] = {}
    for path in details:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                payload = json.loads(line)
                companies = payload.get("production_companies") or []
                countries = [company.get("origin_country") for company in companies]
                known.setdefault(payload["id"], list(filter(None, countries)))
    return {
        movie_id: replace(film, row=film.row | {"company_countries": known[movie_id]})
        if movie_id in known
        else film
        for movie_id, film in films.items()
    }


def rank(films: dict[int, Film], imdb: Ratings, floor: int) -> Lists:
    ranked = ranking(films, record_ratings(films, imdb), M, floor)
    lists: Lists = {}
    for (movie_id, country), standing in ranked.standings.items():
        entry = Entry(
            films[movie_id], standing["votes"], standing["weighted_rating"], standing["few_votes"]
        )
        for by in LENSES:
            if standing[f"is_{by}"] and not standing["is_short"]:
                lists.setdefault((by, country), []).append(entry)
    return {key: sorted(entries, key=lambda one: one.order) for key, entries in lists.items()}


def chosen_countries(lists: Lists) -> list[str]:
    """Ten large, ten of the middle, ten small ones, evenly from all of their size."""
    sizes = {country: len(entries) for (by, country), entries in lists.items() if by == "origin"}
    codes = sorted(sizes, key=lambda code: (-sizes[code], code))
    large, others = codes[:COUNTRIES], codes[COUNTRIES:]
    middle = [code for code in others if sizes[code] >= SMALL]
    small = [code for code in others if SMALLEST <= sizes[code] < SMALL]
    return [*large, *evenly(middle), *evenly(small)]


def evenly(codes: Sequence[str]) -> Iterator[str]:
    step = max(len(codes) / COUNTRIES, 1)
    return (codes[int(number * step)] for number in range(min(COUNTRIES, len(codes))))


def list_row(code: str, lists: Lists) -> str:
    home, origin = (lists.get((by, code), []) for by in LENSES)
    first = " · ".join(entry.words for entry in home[:SHOWN]) or "none"
    others = " · ".join(entry.words for entry in origin[:SHOWN] if code not in entry.film.home)
    name = FORMER_STATES.get(code) or ENGLISH.territories.get(code, code)
    return f"| {name} ({len(home)} of {len(origin)}) | {first} | {others} |"


def figures(by: str, lists: Lists) -> str:
    """What can be counted of the lists of all countries."""
    heads = {code: entries[:SHOWN] for (lens, code), entries in lists.items() if lens == by}
    entries = [(code, entry) for code, head in heads.items() for entry in head]
    own = sum(is_spoken(code, entry.film) for code, entry in entries)
    return (
        f"{len(heads)} countries; {len(weak_heads(by, lists))} number ones with under {FLOOR} "
        f"votes where the country has a film with more; of the {len(entries):,} films of the "
        f"first tens {own:,} ({own / max(len(entries), 1):.1%}) are in a language of the country"
    )


def weak_heads(by: str, lists: Lists) -> list[str]:
    """Countries whose number one has too few votes though others have enough."""
    return [
        code
        for (lens, code), entries in lists.items()
        if lens == by
        and entries[0].votes < FLOOR
        and any(entry.votes >= FLOOR for entry in entries)
    ]


def is_spoken(code: str, film: Film) -> bool:
    return speaks(code, film.row["original_language"], NATIONAL | REGIONAL)
