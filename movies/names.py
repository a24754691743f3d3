"""What countries and languages are called: CLDR's English names, by Babel.

TMDB's own lists call two countries "Congo", have Swaziland and Libya's name of 1986, and misspell
Guadeloupe; the codes stay TMDB's. None for what neither CLDR nor this module knows.
"""

from babel import Locale

ENGLISH = Locale("en", "GB")

# What CLDR names beside countries: unions, and codes for tests and for what is not known.
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

# Former states, which CLDR has no longer, and countries that it calls as nobody does.
COUNTRIES = {
    "AN": "Netherlands Antilles",
    "BU": "Burma",
    "CS": "Serbia and Montenegro",
    "SU": "Soviet Union",
    "TP": "East Timor",
    "XC": "Czechoslovakia",
    "XG": "East Germany",
    "XI": "Northern Ireland",
    "YU": "Yugoslavia",
    "ZR": "Zaire",
    "CD": "DR Congo",
    "CG": "Republic of the Congo",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
}
# TMDB's own codes, two that it means more narrowly, and one that is better known as it was.
LANGUAGES = {
    "bn": "Bengali",
    "cn": "Cantonese",
    "mo": "Moldavian",
    "xx": "No language",
    "zh": "Mandarin",
}


def country_name(code: str) -> str | None:
    """The English name of a country or former state, by its ISO 3166 code."""
    if own := COUNTRIES.get(code):
        return own
    if code in NO_COUNTRIES or len(code) != 2:
        return None
    name = ENGLISH.territories.get(code)
    return name.replace(" & ", " and ") if name else None


def language_name(code: str) -> str | None:
    """The English name of a language, by its ISO 639-1 code or TMDB's own."""
    return LANGUAGES.get(code) or ENGLISH.languages.get(code)
