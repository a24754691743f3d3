"""Chooses among the films of one name the one that a row is about, or says that nobody can. Pure.

A film is preferred whose title is spelt as the row has it before one that is so when it is folded,
then one whose own title it is before one that has it as its original or as an alternative one,
then one of the very year before one of the year before or after. Of those that are left one is
taken only if it is clearly the best known. A neighbouring year is enough for a film's own title
only, and never with other signs: `It` of 2017 is not `I.T.` of 2016.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

import msgspec

from movies.folding import key
from movies.watched.found import (
    CatalogueMovie,
    Certainty,
    Found,
    Match,
    NotFound,
    UnmatchedReason,
    Why,
)
from movies.watched.spelling import Spelling, compare

# A film is clearly the best known with so many votes, and so many times those of any other.
KNOWN_VOTES = 50
TIMES_THE_VOTES = 20
# Minutes by which two sources may disagree about a film's length.
RUNTIME_TOLERANCE = 10
MOST_CANDIDATES = 5


class Namesake(msgspec.Struct, gc=False, frozen=True):
    """A film with a title that is the row's when it is folded."""

    movie: CatalogueMovie
    # None for one of its own two.
    name: str | None = None
    # Of a translated title.
    language: str | None = None


class Ownership(IntEnum):
    """Which of a film's titles a name is."""

    TITLE = 0
    ORIGINAL_TITLE = 1
    # Translated ones among them.
    ALTERNATIVE_TITLE = 2


BY_OWNERSHIP = {
    Ownership.TITLE: Why.TITLE,
    Ownership.ORIGINAL_TITLE: Why.ORIGINAL_TITLE,
    Ownership.ALTERNATIVE_TITLE: Why.ALTERNATIVE_TITLE,
}


class Contender(NamedTuple):
    """A film that a row may be about, by the one of its titles that comes closest."""

    spelling: Spelling
    ownership: Ownership
    movie: CatalogueMovie
    name: str
    language: str | None

    @property
    def rank(self) -> tuple[int, int]:
        return self.spelling, self.ownership

    def match(self, certainty: Certainty, why: Why) -> Match:
        return Match(self.movie, certainty, why, self.name, self.language)


def choose(title: str, year: int, namesakes: Sequence[Namesake]) -> Found:
    """The film of this name and year, 0 for none; the namesakes are of that year, or beside it."""
    return _only(title, year, namesakes) or _choose(title, year, namesakes)


def choose_plain(title: str, movie: CatalogueMovie | None) -> Match | None:
    """What nearly all rows have: the only film of that year whose own title it is, if that is its
    title as it is written. Somebody has voted for it, or another one would be likelier meant."""
    if movie is None or movie.title != title or not movie.votes:
        return None
    return Match(movie, Certainty.EXACT, Why.TITLE, movie.title)


def _only(title: str, year: int, namesakes: Sequence[Namesake]) -> Match | None:
    """The only film of that title and year, or of a year beside it."""
    movie = namesakes[0].movie
    is_only = len(namesakes) == 1 and namesakes[0].name is None and movie.title == title
    apart = abs((movie.year or 0) - year)
    if not is_only or not year or apart > 1:
        return None
    if apart == 0:
        return Match(movie, Certainty.EXACT, Why.TITLE, movie.title)
    return Match(movie, Certainty.NEAR, Why.NEIGHBOURING_YEAR, movie.title)


def _choose(title: str, year: int, namesakes: Sequence[Namesake]) -> Found:
    contenders = _contenders([title], namesakes)
    exact = [each for each in contenders if (each.movie.year or 0) == year]
    exact = [each for each in exact if each.spelling < Spelling.ANOTHER_NAME]
    near = [each for each in contenders if _is_near(each, year)]
    found = _choose_between(exact, near) if year else _choose_without_year(exact, contenders)
    if found:
        return found
    likely = exact or near if year else contenders
    return _not_found(likely, contenders)


def choose_without_imdb_id(
    names: Sequence[str], runtime: int | None, namesakes: Sequence[Namesake]
) -> Found | None:
    """The one film that has no id of IMDb's and is of this name and year, as all of these are,
    for a row whose id no film has; None where there is no such film."""
    free = [each for each in namesakes if _is_as_long(each.movie, runtime)]
    contenders = _contenders(names, free)
    likely = [each for each in contenders if each.spelling < Spelling.ANOTHER_NAME]
    best = _best(likely)
    if len(best) == 1:
        return best[0].match(Certainty.EXACT, Why.NO_IMDB_ID)
    return _not_found(likely, contenders) if likely else None


def _contenders(names: Sequence[str], namesakes: Sequence[Namesake]) -> list[Contender]:
    """Each film once."""
    closest: dict[int, Contender] = {}
    for namesake in namesakes:
        for name, ownership in _titles(namesake, names):
            is_same = name in names  # as nearly all are
            spelling = Spelling.AS_WRITTEN if is_same else min(compare(n, name) for n in names)
            contender = Contender(spelling, ownership, namesake.movie, name, namesake.language)
            known = closest.setdefault(namesake.movie.id, contender)
            if contender.rank < known.rank:
                closest[namesake.movie.id] = contender
    return list(closest.values())


def _titles(namesake: Namesake, names: Sequence[str]) -> Iterator[tuple[str, Ownership]]:
    """Those of the film's titles that are one of the names when they are folded."""
    movie = namesake.movie
    if namesake.name is not None:
        yield namesake.name, Ownership.ALTERNATIVE_TITLE
    elif movie.original_title is None or movie.title in names:
        yield movie.title, Ownership.TITLE
    elif movie.original_title in names:
        yield movie.original_title, Ownership.ORIGINAL_TITLE
    else:
        keys = {*map(key, names)}
        if key(movie.title) in keys:
            yield movie.title, Ownership.TITLE
        if key(movie.original_title) in keys:
            yield movie.original_title, Ownership.ORIGINAL_TITLE


def _is_near(each: Contender, year: int) -> bool:
    return (
        each.movie.year is not None
        and abs(each.movie.year - year) == 1
        and each.spelling <= Spelling.OTHER_ACCENTS
        and each.ownership <= Ownership.ORIGINAL_TITLE
    )


def _choose_between(exact: Sequence[Contender], near: Sequence[Contender]) -> Match | None:
    """Of the films of the very year, or of a neighbouring one; None where nobody can tell."""
    best_exact, best_near = _best_or_own(exact), _best(near)
    if not best_exact:
        return _near(_best_known(best_near))
    if not best_near or best_exact[0].rank <= best_near[0].rank:
        if any(each.movie.votes for each in best_exact):
            return _exact(_best_known(best_exact), best_exact)
        return _choose_beside_unknown(best_exact, exact, near)
    if best_exact[0].spelling == Spelling.OTHER_SIGNS:
        return _near(_best_known(best_near))
    known = _best_known([*best_exact, *best_near])
    return _near(known) if known in best_near else _exact(known, [*best_exact, *best_near])


def _choose_beside_unknown(
    best: Sequence[Contender], exact: Sequence[Contender], near: Sequence[Contender]
) -> Match | None:
    """A film that nobody has voted for is less likely meant than a known one that is as good as
    called so, or was shown a year before or after."""
    known = [each for each in [*exact, *near] if each.movie.votes >= KNOWN_VOTES]
    known = [each for each in known if each.spelling <= Spelling.OTHER_ACCENTS]
    if not known:
        return _exact(_best_known(best), best)
    likeliest = _best_known(known)
    if likeliest is None or likeliest.ownership == Ownership.ALTERNATIVE_TITLE:
        return None
    return _near(likeliest) if likeliest in near else _exact(likeliest, [*best, *known])


def _choose_without_year(
    exact: Sequence[Contender], contenders: Sequence[Contender]
) -> Match | None:
    """A film without a date, or the only one of that name."""
    if best := _best(exact):
        return _exact(_best_known(best), best)
    best = _best([each for each in contenders if each.spelling < Spelling.ANOTHER_NAME])
    is_once = len(best) == 1 and (
        len(contenders) == 1 or best[0].ownership < Ownership.ALTERNATIVE_TITLE
    )
    return best[0].match(Certainty.NEAR, Why.NO_YEAR) if is_once else None


def _best(contenders: Sequence[Contender]) -> list[Contender]:
    """Those of which none is closer to the row's name."""
    if not contenders:
        return []
    rank = min(each.rank for each in contenders)
    return [each for each in contenders if each.rank == rank]


def _best_or_own(contenders: Sequence[Contender]) -> list[Contender]:
    """The same; but a title that is written so and is not the film's own is not closer than
    another film's own one with other accents."""
    best = _best(contenders)
    if not best or best[0].ownership < Ownership.ALTERNATIVE_TITLE:
        return best
    own = [each for each in contenders if each.ownership < Ownership.ALTERNATIVE_TITLE]
    return best + [each for each in own if each.spelling <= Spelling.OTHER_ACCENTS]


def _best_known(contenders: Sequence[Contender]) -> Contender | None:
    """The only one, or the one that is clearly better known than all others."""
    if len(contenders) < 2:
        return contenders[0] if contenders else None
    first, second = sorted(contenders, key=lambda each: -each.movie.votes)[:2]
    is_clear = first.movie.votes >= max(KNOWN_VOTES, TIMES_THE_VOTES * second.movie.votes)
    return first if is_clear else None


def _exact(chosen: Contender | None, among: Sequence[Contender]) -> Match | None:
    if chosen is None:
        return None
    if len(among) > 1:
        return chosen.match(Certainty.EXACT, Why.BEST_KNOWN)
    why = Why.TRANSLATED_TITLE if chosen.language else BY_OWNERSHIP[chosen.ownership]
    return chosen.match(Certainty.EXACT, why)


def _near(chosen: Contender | None) -> Match | None:
    if chosen is None:
        return None
    return chosen.match(Certainty.NEAR, Why.NEIGHBOURING_YEAR)


def _is_as_long(movie: CatalogueMovie, runtime: int | None) -> bool:
    if not runtime or not movie.runtime:
        return True
    return abs(movie.runtime - runtime) <= RUNTIME_TOLERANCE


def _not_found(likely: Sequence[Contender], contenders: Sequence[Contender]) -> NotFound:
    """Ambiguous where it is one of several likely films; those are its first candidates."""
    is_ambiguous = bool(likely)
    reason = UnmatchedReason.AMBIGUOUS if is_ambiguous else UnmatchedReason.NOT_IN_CATALOGUE
    likeliest = sorted(contenders, key=lambda each: (each not in likely, -each.movie.votes))
    return NotFound(reason, tuple(each.movie for each in likeliest[:MOST_CANDIDATES]))
