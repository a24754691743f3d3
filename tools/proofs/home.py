"""Whose a film is: the rule, read a second time."""

from collections.abc import Sequence

from babel.languages import get_territory_language_info

# What CLDR says of a language in a country.
NATIONAL = {"official", "de_facto_official"}
REGIONAL = {"official_regional"}
# TMDB's codes that CLDR has under others.
CLDR_CODES = {
    "cn": ["zh"], "sh": ["sr", "hr", "bs"], "no": ["no", "nb", "nn"], "tl": ["fil"], "mo": ["ro"],
    "iw": ["he"], "in": ["id"], "ji": ["yi"],
}  # fmt: skip
SUCCESSORS = {
    "AN": "BQ CW SX", "BU": "MM", "CS": "RS ME", "TP": "TL", "XC": "CZ SK", "XG": "DE",
    "SU": "AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ", "XI": "GB",
    "YU": "BA HR ME MK RS SI XK", "ZR": "CD",
}  # fmt: skip
ENGLISH_FIRST = (
    "AG AI AU BB BM BS CA FK GB GD GG GI GU GY IE IM JE JM KN KY MS NZ SH TC TT US VC VG VI XI"
)


def of_film(origin: Sequence[str], language: str, companies: Sequence[str]) -> list[str]:
    """One country of several: by the language, by the companies, or where English is spoken."""
    several = list(dict.fromkeys(origin))
    if len(several) < 2:
        return several
    for statuses in (NATIONAL, REGIONAL) if language != "en" else ():
        found = [code for code in several if speaks(code, language, statuses)]
        if found:
            return found
    counts = [companies.count(code) for code in several]
    if most := max(counts):
        return [code for code, count in zip(several, counts, strict=True) if count == most]
    return [code for code in several if code in ENGLISH_FIRST.split()] or several


def speaks(country: str, language: str, statuses: set[str]) -> bool:
    """Whether the language has one of these statuses there, or in what a former state became."""
    codes = CLDR_CODES.get(language, [language])
    return any(
        name.split("_")[0] in codes and facts["official_status"] in statuses
        for code in SUCCESSORS.get(country, country).split()
        for name, facts in get_territory_language_info(code).items()
    )


def is_spoken(country: str, language: str) -> bool:
    """Whether anybody speaks it there, whatever its status."""
    codes = CLDR_CODES.get(language, [language])
    return any(name.split("_")[0] in codes for name in get_territory_language_info(country))
