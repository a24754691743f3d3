"""What people call films by where they are from: French, Korean, African."""

from functools import cache

from movies.folding import key
from movies.geography import CODES_BY_CONTINENT

# By code, separated by commas; of several countries with one adjective that with most films.
NATIONALITIES = {
    "AF": "Afghan", "AL": "Albanian", "AM": "Armenian", "AO": "Angolan", "AR": "Argentine",
    "AT": "Austrian", "AU": "Australian", "AZ": "Azerbaijani", "BA": "Bosnian",
    "BD": "Bangladeshi", "BE": "Belgian", "BF": "Burkinabe", "BG": "Bulgarian",
    "BO": "Bolivian", "BR": "Brazilian", "BT": "Bhutanese", "BW": "Botswanan",
    "BY": "Belarusian", "CA": "Canadian", "CD": "Congolese", "CH": "Swiss", "CI": "Ivorian",
    "CL": "Chilean", "CM": "Cameroonian", "CN": "Chinese", "CO": "Colombian",
    "CR": "Costa Rican", "CU": "Cuban", "CY": "Cypriot", "CZ": "Czech", "DE": "German",
    "DK": "Danish", "DO": "Dominican", "DZ": "Algerian", "EC": "Ecuadorian", "EE": "Estonian",
    "EG": "Egyptian", "ES": "Spanish", "ET": "Ethiopian", "FI": "Finnish", "FR": "French",
    "GB": "British, English, Scottish, Welsh", "GE": "Georgian", "GH": "Ghanaian",
    "GR": "Greek", "GT": "Guatemalan", "HR": "Croatian", "HT": "Haitian", "HU": "Hungarian",
    "ID": "Indonesian", "IE": "Irish", "IL": "Israeli", "IN": "Indian", "IQ": "Iraqi",
    "IR": "Iranian, Persian", "IS": "Icelandic", "IT": "Italian", "JM": "Jamaican",
    "JO": "Jordanian", "JP": "Japanese", "KE": "Kenyan", "KG": "Kyrgyz", "KH": "Cambodian",
    "KP": "North Korean", "KR": "Korean, South Korean", "KZ": "Kazakh", "LB": "Lebanese",
    "LK": "Sri Lankan", "LT": "Lithuanian", "LU": "Luxembourgish", "LV": "Latvian",
    "MA": "Moroccan", "MD": "Moldovan", "MK": "Macedonian", "ML": "Malian", "MM": "Burmese",
    "MN": "Mongolian", "MR": "Mauritanian", "MT": "Maltese", "MX": "Mexican",
    "MY": "Malaysian", "MZ": "Mozambican", "NG": "Nigerian", "NL": "Dutch", "NO": "Norwegian",
    "NP": "Nepalese, Nepali", "NZ": "New Zealand", "PE": "Peruvian",
    "PH": "Filipino, Philippine", "PK": "Pakistani", "PL": "Polish", "PS": "Palestinian",
    "PT": "Portuguese", "PY": "Paraguayan", "QA": "Qatari", "RO": "Romanian", "RS": "Serbian",
    "RU": "Russian", "RW": "Rwandan", "SA": "Saudi", "SD": "Sudanese", "SE": "Swedish",
    "SG": "Singaporean", "SI": "Slovenian", "SK": "Slovak", "SN": "Senegalese", "SO": "Somali",
    "SU": "Soviet", "SY": "Syrian", "TD": "Chadian", "TH": "Thai", "TJ": "Tajik",
    "TN": "Tunisian", "TR": "Turkish", "TW": "Taiwanese", "TZ": "Tanzanian", "UA": "Ukrainian",
    "UG": "Ugandan", "US": "American", "UY": "Uruguayan", "UZ": "Uzbek", "VE": "Venezuelan",
    "VN": "Vietnamese", "XC": "Czechoslovak", "XG": "East German", "XK": "Kosovan",
    "YE": "Yemeni", "YU": "Yugoslav", "ZA": "South African", "ZM": "Zambian",
    "ZW": "Zimbabwean",
}  # fmt: skip
CONTINENTAL = {
    "African": "Africa",
    "Antarctic": "Antarctica",
    "Asian": "Asia",
    "European": "Europe",
    "North American": "North America",
    "Oceanian": "Oceania",
    "South American": "South America",
}


def nationality_called(adjective: str) -> str | None:
    """The code of the country that it is of; None for none."""
    return codes_by_adjective().get(key(adjective))


def continent_called(name: str) -> str | None:
    """The English name of the continent that is called so, as a noun or an adjective."""
    return continents_by_key().get(key(name))


@cache
def codes_by_adjective() -> dict[str, str]:
    return {
        key(adjective): code
        for code, adjectives in NATIONALITIES.items()
        for adjective in adjectives.split(",")
    }


@cache
def continents_by_key() -> dict[str, str]:
    names = {name: name for name in CODES_BY_CONTINENT} | CONTINENTAL
    return {key(name): continent for name, continent in names.items()}
