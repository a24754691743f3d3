"""`script/prove lenses`: lists of real payloads, to be read."""

import gzip
import json
from pathlib import Path

import pytest

from tests.films import film
from tools.proofs import lenses
from tools.sandbox.payloads import Payload

CZECH_AMERICAN = {"origin_country": ["CZ", "US"]}


def write(path: Path, *films: Payload) -> Path:
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, films)).encode()))
    return path


@pytest.fixture
def payloads(tmp_path: Path) -> Path:
    czech = {"origin_country": ["CZ"], "original_language": "cs"}
    return write(
        tmp_path / "films.ndjson.gz",
        film(1, title="The Illusionist", **CZECH_AMERICAN, vote_count=5_000),
        film(2, title="Faust", **czech),
        film(3, title="Hardly Known", **czech, vote_count=3, vote_average=9.9),
        film(4, title="Elsewhere", **CZECH_AMERICAN, vote_count=400),
        *(film(number, **czech, vote_count=2, vote_average=1.0) for number in (5, 6)),
    )


def test_it_says_the_lists_and_what_can_be_counted(
    payloads: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    companies = [{"origin_country": "CZ"}, {"name": "Nobody knows"}]
    details = write(tmp_path / "details.ndjson.gz", {"id": 4, "production_companies": companies})

    assert list(lenses.prove(payloads, {}, [details])) == []

    said = capsys.readouterr().out
    home = "Elsewhere · Faust · Hardly Known° · Film 5° · Film 6°"
    assert f"| Czechia (5 of 6) | {home} | The Illusionist |" in said
    assert "by home: 2 countries; 0 number ones with under 50 votes" in said
    assert "of the 6 films of the first tens 5 (83.3%) are in a language of the country" in said


def test_without_companies_english_is_at_home_where_it_is_spoken(
    payloads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    list(lenses.prove(payloads, {}, []))

    assert "| Czechia (4 of 6) | Faust ·" in capsys.readouterr().out
