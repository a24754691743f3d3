"""Made-up providers of films: no such service is known, and none of them leads anywhere."""

from dataclasses import dataclass

from tools.sandbox.payloads import Payload

# Where TMDB knows of providers: /watch/providers/regions, August 2026.
PROVIDED_REGIONS = """
AD AE AG AL AO AR AT AU AZ BA BB BE BF BG BH BM BO BR BS BY BZ CA CD CH CI CL CM CO CR CU CV CY CZ
DE DK DO DZ EC EE EG ES FI FJ FR GB GF GG GH GI GP GQ GR GT GY HK HN HR HU ID IE IL IN IQ IS IT JM
JO JP KE KR KW LB LC LI LT LU LV LY MA MC MD ME MG MK ML MT MU MW MX MY MZ NE NG NI NL NO NZ OM PA
PE PF PG PH PK PL PS PT PY QA RO RS RU SA SC SE SG SI SK SM SN SV TC TD TH TN TR TT TW TZ UA UG US
UY VA VE XK YE ZA ZM ZW
"""
REGIONS = PROVIDED_REGIONS.split()
KINDS = ("flatrate", "free", "ads", "rent", "buy")


@dataclass(frozen=True, slots=True)
class Provider:
    """A service: by which kinds it has films, and where (everywhere if that is not said)."""

    id: int
    name: str
    kinds: tuple[str, ...]
    regions: frozenset[str] = frozenset()

    @property
    def entry(self) -> Payload:
        """As TMDB lists it under a kind."""
        return {
            "logo_path": f"/logo-{self.id}.jpg",
            "provider_id": self.id,
            "provider_name": self.name,
            "display_priority": self.id - FIRST_ID,
        }

    def serves(self, region: str) -> bool:
        return not self.regions or region in self.regions


FIRST_ID = 9001
NORTH = "DK EE FI IS LT LV NO SE"
SERVICES = (
    ("Popcorn Harbour", "flatrate", ""),
    ("Moonreel", "flatrate", ""),
    ("The Couch Collective", "flatrate", "AU CA GB IE NZ US ZA"),
    ("Filmory", "flatrate", "AT BE CH DE ES FR IT LU NL PL PT"),
    ("Second Row", "flatrate", NORTH),
    ("Paper Lantern Plus", "flatrate", "HK ID IN JP KR MY PH SG TH TW"),
    ("Cine Cactus", "flatrate", "AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PY SV UY VE"),
    ("Baobab Screen", "flatrate", "AO CD CI CM EG GH KE MA ML MZ NG SN TN TZ UG ZA ZM ZW"),
    ("Silver Kettle", "flatrate", "AL BA BG BY CZ GR HR HU MD ME MK RO RS RU SI SK TR UA XK"),
    ("Festival in a Drawer", "flatrate", ""),
    ("Public Reel Library", "free", ""),
    ("Open Curtain", "free", f"AT CH DE FR GB NL {NORTH}"),
    ("Matinee Mouse", "ads", ""),
    ("Adbreak Cinema", "ads", "AU BR CA GB IN MX US"),
    ("Rent-a-Reel", "rent buy", ""),
    ("Flickerbox", "rent buy", ""),
    ("Aisle Seat", "rent buy", "AT AU BE CA CH DE DK ES FI FR GB IE IT NL NO NZ PL PT SE US"),
    ("Tin Projector", "rent", f"CZ DE HU PL SK {NORTH}"),
    ("The Film Pantry", "buy", ""),
    ("Nocturne Shelf", "buy", "HK ID IN JP KR MY PH SG TH TW"),
)
PROVIDERS = tuple(
    Provider(number, name, tuple(kinds.split()), frozenset(regions.split()))
    for number, (name, kinds, regions) in enumerate(SERVICES, start=FIRST_ID)
)


def offering(region: str, kind: str) -> list[Provider]:
    """Who has films of this kind there."""
    return [one for one in PROVIDERS if kind in one.kinds and one.serves(region)]


def link(movie_id: int, region: str) -> str:
    """TMDB's page of where the film can be watched, the only link that it gives."""
    return f"https://www.themoviedb.org/movie/{movie_id}/watch?locale={region}"
