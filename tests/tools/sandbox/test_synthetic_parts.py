"""What is told of made-up films: the same each time, and in the proportions of real payloads."""

from statistics import fmean

from tools.sandbox.payloads import Payload, film_payload
from tools.sandbox.synthetic import Synthetic

WORLD = Synthetic(4000)
WHOLE = [WORLD.whole(number) for number in range(1, 4001)]
UNVOTED = [film for film in WHOLE if film["vote_count"] == 0]
FEW = [film for film in WHOLE if 0 < film["vote_count"] < 10]
MANY = [film for film in WHOLE if film["vote_count"] >= 100]


def mean(films: list[Payload], part: str, key: str) -> float:
    return fmean(len(film[part][key]) for film in films)


def titles(film: Payload) -> list[str]:
    return [entry["data"]["title"] for entry in film["translations"]["translations"]]


def test_parts_follow_from_the_number_alone() -> None:
    assert Synthetic(7000).whole(123) == Synthetic(200).whole(123)
    for name in ("credits", "translations", "videos", "watch/providers"):
        assert WORLD.part(123, name) == WHOLE[122][name]
    assert WORLD.part(123, "keywords") is None


def test_a_whole_payload_is_the_plain_one_with_its_parts() -> None:
    fields = film_payload(1, "").keys()
    for number, film in enumerate(WHOLE[:100], start=1):
        assert {key: film[key] for key in fields} == WORLD.payload(number)


def test_credits_are_as_many_as_at_tmdb() -> None:
    assert 7 < mean(UNVOTED, "credits", "cast") < 10
    assert 9 < mean(FEW, "credits", "cast") < 13
    assert mean(MANY, "credits", "crew") > 20
    without = [film for film in UNVOTED if not film["credits"]["cast"]]
    assert 0.09 < len(without) / len(UNVOTED) < 0.15
    directors = [
        [one for one in film["credits"]["crew"] if one["job"] == "Director"] for film in FEW
    ]
    assert all(len(found) <= 1 for found in directors)
    assert fmean(map(bool, directors)) > 0.97


def test_a_person_is_the_same_in_every_film() -> None:
    people: dict[int, set[tuple[str, str | None]]] = {}
    for film in WHOLE:
        for entry in film["credits"]["cast"] + film["credits"]["crew"]:
            people.setdefault(entry["id"], set()).add((entry["name"], entry["profile_path"]))
    assert all(len(names) == 1 for names in people.values())
    films = sum(len(film["credits"]["cast"]) + len(film["credits"]["crew"]) for film in WHOLE)
    assert 0.5 < len(people) / films < 0.9


def test_translations_are_pairs_of_which_most_have_a_title() -> None:
    assert 2.5 < mean(UNVOTED, "translations", "translations") < 3.5
    assert 3.5 < mean(FEW, "translations", "translations") < 4.5
    assert mean(MANY, "translations", "translations") > 18
    for film in WHOLE:
        entries = film["translations"]["translations"]
        pairs = [(entry["iso_639_1"], entry["iso_3166_1"]) for entry in entries]
        assert len(pairs) == len(set(pairs))
        own = [entry for entry in entries if entry["iso_639_1"] == film["original_language"]]
        assert not any(entry["data"]["title"] for entry in own)
    assert fmean(bool(title) for film in MANY for title in titles(film)) > 0.8


def test_few_little_known_films_can_be_watched_and_nearly_all_known_ones() -> None:
    def share(films: list[Payload]) -> float:
        return fmean(bool(film["watch/providers"]["results"]) for film in films)

    assert 0.06 < share(UNVOTED) < 0.14
    assert 0.25 < share(FEW) < 0.37
    assert share(MANY) > 0.9


def test_codes_are_those_of_the_reference_lists() -> None:
    countries = {entry["iso_3166_1"] for entry in WORLD.countries}
    languages = {entry["iso_639_1"] for entry in WORLD.languages}
    for film in WHOLE:
        # Guernsey has providers at TMDB, although it is in none of the lists.
        assert film["watch/providers"]["results"].keys() <= countries | {"GG"}
        for entry in film["translations"]["translations"]:
            assert entry["iso_639_1"] in languages
            assert entry["iso_3166_1"] in countries


def test_details_tell_more_of_known_films() -> None:
    for field, few, many in (("overview", 0.8, 0.95), ("tagline", 0.2, 0.6)):
        assert fmean(bool(film[field]) for film in UNVOTED) > few
        assert fmean(bool(film[field]) for film in MANY) > many
    companies = [company for film in WHOLE for company in film["production_companies"]]
    assert {company["origin_country"] for company in companies} >= {"", "US", "FR"}
    assert 1 < len(companies) / len(WHOLE) < 1.5
    assert 0.05 < fmean(film["belongs_to_collection"] is not None for film in UNVOTED) < 0.13
