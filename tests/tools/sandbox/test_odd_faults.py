"""Odd parts of a movie's details: what each adds, and that the film stays one."""

import pytest

from importer.tmdb.parse_movie import parse_movie
from tests.tools.sandbox.conftest import Get
from tools.sandbox.faults import Faults
from tools.sandbox.odd_faults import CROWD, ODD_FAULTS
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

PARTS = "alternative_titles,external_ids,translations,credits,videos,watch/providers"
WHOLE = f"/3/movie/603?append_to_response={PARTS}"


def test_each_is_left_out_and_the_film_stored(get: Get, sandbox: Sandbox) -> None:
    good = parse_movie(get(WHOLE).content, 603)
    for kind in ODD_FAULTS:
        sandbox.faults.only[603] = kind
        odd = parse_movie(get(WHOLE).content, 603)
        assert bool(odd.oddities) is (kind != "crowd"), kind
        assert (odd.title, odd.tmdb_votes) == (good.title, good.tmdb_votes)
        assert odd.origin_countries == good.origin_countries
        assert odd.spoken_languages == good.spoken_languages
        assert odd.translated == good.translated
        assert odd.trailer_key == good.trailer_key


def test_what_is_odd_stands_beside_what_is_good(get: Get, sandbox: Sandbox, films: Films) -> None:
    somebody = {"id": 1, "name": "Somebody", "order": 0}
    films.films[603]["credits"] = {"cast": [somebody], "crew": []}
    got = {}
    for kind in ODD_FAULTS:
        sandbox.faults.only[603] = kind
        got[kind] = get(WHOLE).json()
    assert got["odd-date"]["release_date"] == "2020-02-30"
    assert got["odd-runtime"]["runtime"] == 90.5
    assert got["blank-country"]["origin_country"] == ["US", ""]
    assert got["nameless-people"]["credits"]["cast"][0] == somebody
    assert len(got["crowd"]["credits"]["cast"]) == CROWD + 1
    assert len(got["crowd"]["credits"]["crew"]) == CROWD
    assert got["nameless-providers"]["watch/providers"]["results"].keys() == {"ZZ", "", "Sweden"}


@pytest.mark.parametrize("kind", [kind for kind in ODD_FAULTS if not kind.startswith("odd-")])
def test_a_part_that_nobody_asked_for_is_not_added(get: Get, sandbox: Sandbox, kind: str) -> None:
    bare = get("/3/movie/603").json()
    sandbox.faults.only[603] = kind

    assert get("/3/movie/603").json().keys() == bare.keys()


def test_odd_means_all_of_them() -> None:
    assert Faults("odd=0.1,crowd=0.5").shares == dict.fromkeys(ODD_FAULTS, 0.1) | {"crowd": 0.5}
