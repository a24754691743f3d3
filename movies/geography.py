"""What is known of countries beyond TMDB's names: continents, and what former states became.

Continents follow the United Nations' M49 regions, the Americas split at Panama and the islands
of the Southern Ocean put to Antarctica. Former states
keep the ISO 3166 code of their time, as TMDB does: a Soviet film is SU, not RU.
"""

CODES_BY_CONTINENT = {
    "Africa": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA "
        "MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM "
        "ZR ZW IO"
    ),
    "Antarctica": "AQ BV GS HM",
    "Asia": (
        "AE AF AM AZ BD BH BN BT BU CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK "
        "MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TP TR TW UZ VN YE"
    ),
    "Europe": (
        "AD AL AT AX BA BE BG BY CH CS CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE "
        "LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM SU UA VA XC XG XI XK YU"
    ),
    "North America": (
        "AG AI AN AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS "
        "MX NI PA PM PR SV SX TC TT US VC VG VI"
    ),
    "Oceania": (
        "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"
    ),
    "South America": "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
}

CONTINENTS = {
    code: continent for continent, codes in CODES_BY_CONTINENT.items() for code in codes.split()
}

SUCCESSORS = {
    code: successors.split()
    for code, successors in {
        "AN": "BQ CW SX",
        "BU": "MM",
        "CS": "RS ME",
        "SU": "AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ",
        "TP": "TL",
        "XC": "CZ SK",
        "XG": "DE",
        "XI": "GB",
        "YU": "BA HR ME MK RS SI XK",
        "ZR": "CD",
    }.items()
}


def continent(code: str) -> str:
    """The continent's English name; empty for a code that is no country's."""
    return CONTINENTS.get(code, "")


def successors(code: str) -> list[str]:
    """The codes of the countries that a former state became; empty for a current one."""
    return SUCCESSORS.get(code, [])
