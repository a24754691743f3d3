"""Whose film it is: the countries that call it theirs, mostly one, never none of its own.

Of several countries of origin the language tells, for it is spoken at home. English does not, for
films are made in it for the world: there the companies tell.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from babel.core import get_global
from babel.languages import get_official_languages, get_territory_language_info

from movies.geography import successors

# Of the rule below: another number has the next ranking work every film out anew.
VERSION = 1

ENGLISH = "en"
# What TMDB's codes are to CLDR, beside those that CLDR itself has replaced (tl, mo, iw …).
CLDR_LANGUAGES = {"cn": {"zh"}, "no": {"no", "nb", "nn"}, "sh": {"bs", "hr", "sr"}}
# Countries in which English is the first language of most; CLDR counts all who speak it.
ENGLISH_FIRST = {
    "AG", "AI", "AU", "BB", "BM", "BS", "CA", "FK", "GB", "GD", "GG", "GI", "GU", "GY", "IE", "IM",
    "JE", "JM", "KN", "KY", "MS", "NZ", "SH", "TC", "TT", "US", "VC", "VG", "VI", "XI",
}  # fmt: skip


def home_countries(
    origin_countries: Sequence[str],
    production_countries: Sequence[str],
    original_language: str,
    company_countries: Iterable[str] | None,
) -> list[str]:
    """The home of a film, in the order of its origin; `company_countries` has one each.

    Where TMDB names no country of origin, those that produced it are its origin; only a film
    without any country has no home.
    """
    origins = list(dict.fromkeys(origin_countries or production_countries))
    if len(origins) < 2:
        return origins
    return (
        of_language(origins, original_language)
        or of_companies(origins, company_countries or ())
        or [code for code in origins if code in ENGLISH_FIRST]
        or origins
    )


def without_language(
    origin_countries: Sequence[str], production_countries: Sequence[str], original_language: str
) -> list[str]:
    """The countries of origin but the one that has the code of the film's language, where it has
    nothing else to do with it: of Moolaadé, in Bambara (bm), TMDB says that it is from Bermuda."""
    code = original_language.upper()
    is_mistaken = (
        code in origin_countries
        and bool(production_countries)
        and code not in production_countries
        and not cldr_languages(original_language) & spoken_in(code)
    )
    return [each for each in origin_countries if not (is_mistaken and each == code)]


@cache
def spoken_in(code: str) -> frozenset[str]:
    """What is spoken in a country, official or not: Sami (se) in Sweden (SE)."""
    return frozenset(map(without_script, get_territory_language_info(code)))


def of_language(origins: Sequence[str], language: str) -> list[str]:
    """Those that have it for a language of the whole country, or else of a part of it."""
    meant = cldr_languages(language)
    if ENGLISH in meant:
        return []
    for regional in (False, True):
        found = [code for code in origins if meant & official_languages(code, regional)]
        if found:
            return found
    return []


def of_companies(origins: Sequence[str], company_countries: Iterable[str]) -> list[str]:
    """Those that most companies are from, several where they are level."""
    companies = Counter(code for code in company_countries if code in origins)
    most = max(companies.values(), default=0)
    return [code for code in origins if most and companies[code] == most]


@cache
def official_languages(code: str, regional: bool) -> frozenset[str]:
    """A country's national and official languages, a former state's those of its successors."""
    codes = successors(code) or [code]
    return frozenset(
        without_script(language)
        for each in codes
        for language in get_official_languages(each, regional=regional, de_facto=True)
    )


@cache
def cldr_languages(language: str) -> frozenset[str]:
    """The codes under which CLDR has a language of TMDB's."""
    if known := CLDR_LANGUAGES.get(language):
        return frozenset(known)
    alias: str = get_global("language_aliases").get(language, language)
    return frozenset({without_script(alias)})


def without_script(language: str) -> str:
    return language.partition("_")[0]
