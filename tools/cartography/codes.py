"""Which country, by ISO 3166's two letters, a piece of Natural Earth's map belongs to."""

from typing import Any

from tools.cartography.projection import Point

# By ISO 3166-1's numbers, which the source has for its ids.
NUMBERED = (
    "004AF 008AL 010AQ 012DZ 016AS 020AD 024AO 028AG 031AZ 032AR 036AU 040AT 044BS 048BH "
    "050BD 051AM 052BB 056BE 060BM 064BT 068BO 070BA 072BW 074BV 076BR 084BZ 086IO 090SB "
    "092VG 096BN 100BG 104MM 108BI 112BY 116KH 120CM 124CA 132CV 136KY 140CF 144LK 148TD "
    "152CL 156CN 158TW 162CX 166CC 170CO 174KM 175YT 178CG 180CD 184CK 188CR 191HR 192CU "
    "196CY 203CZ 204BJ 208DK 212DM 214DO 218EC 222SV 226GQ 231ET 232ER 233EE 234FO 238FK "
    "239GS 242FJ 246FI 248AX 250FR 254GF 258PF 260TF 262DJ 266GA 268GE 270GM 275PS 276DE "
    "288GH 292GI 296KI 300GR 304GL 308GD 312GP 316GU 320GT 324GN 328GY 332HT 334HM 336VA "
    "340HN 344HK 348HU 352IS 356IN 360ID 364IR 368IQ 372IE 376IL 380IT 384CI 388JM 392JP "
    "398KZ 400JO 404KE 408KP 410KR 414KW 417KG 418LA 422LB 426LS 428LV 430LR 434LY 438LI "
    "440LT 442LU 446MO 450MG 454MW 458MY 462MV 466ML 470MT 474MQ 478MR 480MU 484MX 492MC "
    "496MN 498MD 499ME 500MS 504MA 508MZ 512OM 516NA 520NR 524NP 528NL 531CW 533AW 534SX "
    "535BQ 540NC 548VU 554NZ 558NI 562NE 566NG 570NU 574NF 578NO 580MP 581UM 583FM 584MH "
    "585PW 586PK 591PA 598PG 600PY 604PE 608PH 612PN 616PL 620PT 624GW 626TL 630PR 634QA "
    "638RE 642RO 643RU 646RW 652BL 654SH 659KN 660AI 662LC 663MF 666PM 670VC 674SM 678ST "
    "682SA 686SN 688RS 690SC 694SL 702SG 703SK 704VN 705SI 706SO 710ZA 716ZW 724ES 728SS "
    "729SD 732EH 740SR 744SJ 748SZ 752SE 756CH 760SY 762TJ 764TH 768TG 772TK 776TO 780TT "
    "784AE 788TN 792TR 795TM 796TC 798TV 800UG 804UA 807MK 818EG 826GB 831GG 832JE 833IM "
    "834TZ 840US 850VI 854BF 858UY 860UZ 862VE 876WF 882WS 887YE 894ZM"
)
CODES = {pair[:3]: pair[3:] for pair in NUMBERED.split()}

# What has no number of its own there. Where it is no country of ISO's, its films are counted
# under the country that ISO puts it to; its border is drawn as the source has it.
CODES_BY_NAME = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}

# What Natural Earth draws as part of a country and ISO has a code for, by boxes that hold it
# and nothing else: west, south, east, north in degrees, the west beyond 180 as on the map.
TERRITORIES = (
    ("BQ", (-68.6, 11.9, -68.0, 12.5)),
    ("BQ", (-63.4, 17.4, -62.9, 17.7)),
    ("CC", (96.5, -12.5, 97.2, -11.5)),
    ("CX", (105.0, -11.0, 106.0, -10.0)),
    ("GF", (-54.9, 1.9, -51.4, 5.9)),
    ("GP", (-62.0, 15.8, -61.0, 16.6)),
    ("MQ", (-61.4, 14.2, -60.6, 15.0)),
    ("RE", (55.0, -21.6, 56.0, -20.6)),
    ("SJ", (-10.0, 70.5, -7.0, 71.5)),
    ("SJ", (10.0, 74.0, 34.0, 81.0)),
    ("TK", (187.0, -10.0, 189.0, -8.0)),
    ("YT", (45.0, -13.2, 45.4, -12.5)),
)

# Where the marker stands (longitude, latitude) of what the source has no shape for, or only at
# a place where nobody would look.
PLACES = {
    "AQ": (-58.0, -62.3),  # its shape would be a tenth of the map; this is where ships land
    "BV": (3.4, -54.4),
    "GI": (-5.35, 36.14),
    "KI": (173.0, 1.4),  # Tarawa: the largest island, Kiritimati, lies at the other edge
    "TV": (179.2, -8.5),
    "UM": (166.6, 19.3),
}
WITHOUT_SHAPE = {"AQ"}


def code_of(geometry: dict[str, Any], outline: list[Point]) -> str:
    """The code of one polygon of a country, by its outline in degrees; empty for no country."""
    for code, (west, south, east, north) in TERRITORIES:
        if all(west <= x <= east and south <= y <= north for x, y in outline):
            return code
    return CODES_BY_NAME.get(geometry["properties"]["name"]) or CODES.get(
        geometry.get("id", ""), ""
    )
