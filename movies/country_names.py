"""The names by which people know countries, beside the one that the catalogue shows.

CLDR's short names and variants, which Babel leaves out, names of parts for the whole, and what
countries call themselves where many write it so.
"""

from functools import cache

from movies.articles import ARTICLES
from movies.folding import key
from movies.geography import CONTINENTS, SUCCESSORS
from movies.misspelling import is_misspelling, typing_errors
from movies.names import ENGLISH, country_name

# By code, separated by commas.
OTHER_NAMES = {
    "AE": "UAE, Emirates, The Emirates",
    "AG": "Antigua",
    "AT": "Österreich",
    "BA": "Bosnia, Bosnia-Herzegovina",
    "BE": "Belgique, België",
    "BN": "Brunei Darussalam",
    "BR": "Brasil",
    "BS": "The Bahamas",
    "BY": "Belorussia, Byelorussia",
    "CD": "Congo, Congo-Kinshasa, Democratic Republic of the Congo, DRC",
    "CF": "CAR",
    "CG": "Congo-Brazzaville, Congo Republic",
    "CH": "Schweiz, Suisse, Svizzera",
    "CI": "Ivory Coast, The Ivory Coast",
    "CN": "PRC, People's Republic of China, Mainland China",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic, The Czech Republic, Bohemia, Česko",
    "DE": "Deutschland, West Germany, Federal Republic of Germany, FRG",
    "DK": "Danmark",
    "DO": "Dominican Rep.",
    "ES": "España",
    "FI": "Suomi",
    "FK": "Falklands, Malvinas",
    "FM": "Federated States of Micronesia",
    "GB": "UK, U.K., Great Britain, Britain, England, Scotland, Wales",
    "GM": "The Gambia",
    "GR": "Hellas",
    "HK": "Hong Kong SAR, Hong Kong SAR China",
    "HR": "Hrvatska",
    "HU": "Magyarország",
    "IE": "Eire, Republic of Ireland",
    "IN": "Bharat",
    "IR": "Persia, Islamic Republic of Iran",
    "IS": "Ísland",
    "IT": "Italia",
    "JP": "Nippon, Nihon",
    "KG": "Kirghizia, Kirgizstan",
    "KH": "Kampuchea",
    "KN": "St Kitts, Saint Kitts and Nevis",
    "KP": "DPRK",
    "KR": "Korea, Republic of Korea",
    "LA": "Lao PDR",
    "LC": "Saint Lucia",
    "LK": "Ceylon",
    "MD": "Republic of Moldova",
    "MK": "Macedonia, FYROM",
    "MM": "Burma",
    "MO": "Macau, Macao SAR China",
    "MX": "México",
    "NL": "Holland, The Netherlands, Nederland",
    "NO": "Norge",
    "PH": "The Philippines",
    "PL": "Polska",
    "PS": "Palestinian Territories, State of Palestine",
    "RU": "Russian Federation, Rossiya",
    "SE": "Sverige",
    "SU": "USSR, U.S.S.R., Soviet Russia",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland",
    "TH": "Siam",
    "TL": "East Timor, Timor",
    "TR": "Turkey",
    "TT": "Trinidad",
    "TW": "Formosa, Republic of China",
    "TZ": "Tanganyika",
    "US": "USA, U.S.A., US, U.S., United States of America, The United States, America",
    "VA": "Vatican, Holy See",
    "VC": "Saint Vincent and the Grenadines, St Vincent",
    "VN": "Viet Nam",
    "XC": "ČSSR",
    "XG": "GDR, DDR, German Democratic Republic",
    "XI": "Ulster",
    "YU": "Jugoslavija",
    "ZW": "Rhodesia",
}
# Whose names have an article in a sentence: films from the Netherlands.
TAKE_THE = {
    "AE", "AN", "BS", "CC", "CD", "CF", "CG", "CK", "DO", "FK", "FO", "GB", "GM", "IM", "IO", "KM",
    "KY", "MH", "MP", "NL", "PH", "SB", "SU", "TC", "TF", "UM", "US", "VG", "VI",
}  # fmt: skip
# Codes that others use where ISO 3166 has another one.
MISTAKEN_CODES = {"UK": "GB", "EL": "GR"}
# Letters that have to be there before a name counts as begun.
LEAST_BEGUN = 3
# Shorter names are too near to one another: Iran, Iraq.
LEAST_MISSPELT = 4


def other_names(code: str) -> list[str]:
    """By which it is known beside its own name; empty for most."""
    given = [name.strip() for name in OTHER_NAMES.get(code, "").split(",") if name.strip()]
    standard = ENGLISH.territories.get(code)
    is_other = standard and country_name(code) not in (None, standard)
    return [*given, standard] if standard and is_other and standard not in given else given


def name_in_sentence(code: str, name: str) -> str:
    """The name, with the article where it takes one."""
    return f"the {name}" if code in TAKE_THE else name


def country_called(name: str) -> str | None:
    """The code of the country that is called so, however it is written; None for none."""
    return codes_by_key().get(key(name))


def countries_called(begun: str) -> list[str]:
    """The codes of those that are called so, or whose name begins so; the former before."""
    typed = key(begun)
    found = dict.fromkeys(code for name, code in named() if name == typed and typed)
    if len(typed) >= LEAST_BEGUN and typed not in ARTICLES:
        found |= dict.fromkeys(code for name, code in named() if name.startswith(typed))
    return list(found)


def countries_nearly_called(name: str) -> list[str]:
    """The codes of those that may be meant by a misspelt name: the nearest."""
    typed = key(name)
    if len(typed) < LEAST_MISSPELT:
        return []
    near = {
        code: typing_errors(typed, called)
        for called, code in reversed(named())
        if is_misspelling(typed, called)
    }
    least = min(near.values(), default=0)
    return sorted(code for code, errors in near.items() if errors == least)


@cache
def named() -> list[tuple[str, str]]:
    """Every name, folded, with its country: today's countries first."""
    codes = sorted(CONTINENTS, key=lambda code: (code in SUCCESSORS, code))
    return [
        (key(name), code)
        for code in codes
        for name in (country_name(code), *other_names(code))
        if name
    ]


@cache
def codes_by_key() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, code in named():
        found.setdefault(name, code)
    return found


def code_hint(given: str) -> str:
    """What is said to somebody whose code is none: which was meant, where that is clear."""
    capital = given.upper()
    if capital in CONTINENTS:
        return f"codes are two capital letters, as in {capital}."
    if meant := MISTAKEN_CODES.get(capital) or country_called(given):
        return f"{country_name(meant)} has the code {meant}."
    return "codes are two capital letters, as in JP."
