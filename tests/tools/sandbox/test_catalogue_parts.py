"""What is told of the sandbox's own films: how much of it there is, and that it is consistent."""

from pathlib import Path

import pytest

from tools.sandbox import catalogue_parts, providers, reference
from tools.sandbox.catalogue import load_films
from tools.sandbox.payloads import Payload
from tools.sandbox.sources import own_catalogue

COUNTRIES = {country["iso_3166_1"] for country in reference.countries()}
LANGUAGES = {language["iso_639_1"] for language in reference.languages()}
PARTS = {"credits", "translations", "videos", "watch/providers"}


@pytest.fixture(scope="module")
def films() -> dict[int, Payload]:
    return own_catalogue().films


def people(film: Payload) -> list[Payload]:
    found: list[Payload] = film["credits"]["cast"] + film["credits"]["crew"]
    return found


def titles(film: Payload) -> dict[tuple[str, str], str]:
    return {
        (entry["iso_639_1"], entry["iso_3166_1"]): entry["data"]["title"]
        for entry in film["translations"]["translations"]
    }


def offers(film: Payload) -> dict[str, dict[str, list[Payload]]]:
    regions: dict[str, dict[str, list[Payload]]] = film["watch/providers"]["results"]
    return regions


def test_known_films_are_whole_and_others_are_bare(films: dict[int, Payload]) -> None:
    assert all(film.keys() >= PARTS for film in films.values())
    known = [film for film in films.values() if film["vote_count"] >= 1000]
    for film in known:
        assert film["overview"]
        assert [one for one in film["credits"]["crew"] if one["job"] == "Director"]
        assert film["videos"]["results"]
        assert offers(film)
    bare = [film for film in films.values() if not (film["overview"] or people(film))]
    assert 0.2 < len(bare) / len(films) < 0.5


def test_stories_are_each_their_own(films: dict[int, Payload]) -> None:
    stories = [film["overview"] for film in films.values() if film["overview"]]
    assert len(stories) == len(set(stories)) >= 450
    beginnings = {" ".join(story.split()[:4]) for story in stories}
    assert len(beginnings) > 0.9 * len(stories)
    assert all(30 < len(story) < 300 and story[-1] in ".!?" for story in stories)


def test_somebody_is_the_same_in_every_film(films: dict[int, Payload]) -> None:
    known: dict[int, set[tuple[str, str | None]]] = {}
    for film in films.values():
        for one in people(film):
            known.setdefault(one["id"], set()).add((one["name"], one["profile_path"]))
    assert all(len(faces) == 1 for faces in known.values())
    assert len({name for faces in known.values() for name, _ in faces}) == len(known)
    assert any(profile is None for faces in known.values() for _, profile in faces)
    (miyazaki,) = (one["id"] for one in films[129]["credits"]["crew"])
    assert miyazaki in {one["id"] for one in people(films[8392])}


def test_the_cast_is_in_its_order_and_has_characters(films: dict[int, Payload]) -> None:
    for film in films.values():
        cast = film["credits"]["cast"]
        assert [one["order"] for one in cast] == list(range(len(cast)))
        assert all(one["character"] for one in cast)
        ids = [one["credit_id"] for one in people(film)]
        assert len(ids) == len(set(ids))


def test_titles_are_translated_into_many_languages(films: dict[int, Payload]) -> None:
    assert titles(films[11])["de", "DE"] == "Krieg der Sterne"
    assert titles(films[578])["fr", "FR"] == "Les Dents de la mer"
    translated = {
        (language, title)
        for film in films.values()
        for (language, _), title in titles(film).items()
        if title
    }
    assert len(translated) > 900
    assert len({language for language, _ in translated}) >= 20


def test_the_own_languages_title_is_empty_as_at_tmdb(films: dict[int, Payload]) -> None:
    for film in films.values():
        for (language, country), title in titles(film).items():
            assert language in LANGUAGES
            assert country in COUNTRIES
            assert not (language == film["original_language"] and title)
        if film["original_language"] != "en" and film["title"] != film["original_title"]:
            assert titles(film)["en", "US"] == film["title"]


def test_pairs_of_language_and_country_come_once(films: dict[int, Payload]) -> None:
    for film in films.values():
        assert len(titles(film)) == len(film["translations"]["translations"])


def test_some_films_are_of_one_collection(films: dict[int, Payload]) -> None:
    godfathers = [films[movie_id]["belongs_to_collection"] for movie_id in (238, 240)]
    assert godfathers[0] == godfathers[1]
    assert godfathers[0]["name"] == "The Godfather Collection"
    assert films[129]["belongs_to_collection"] is None


def test_the_keys_of_trailers_are_made_up_and_no_others(films: dict[int, Payload]) -> None:
    videos = [video for film in films.values() for video in film["videos"]["results"]]
    assert {video["type"] for video in videos} == {"Clip", "Trailer"}
    assert all(len(video["key"]) == 11 and "-sb" in video["key"] for video in videos)
    assert len({video["key"] for video in videos}) == len(videos)


def test_films_are_offered_by_region_and_kind_by_who_is_there(films: dict[int, Payload]) -> None:
    kinds = set()
    for film in films.values():
        for region, there in offers(film).items():
            assert there["link"]
            for kind in there.keys() - {"link"}:
                kinds.add(kind)
                offering = [one.id for one in providers.offering(region, kind)]
                ids = [entry["provider_id"] for entry in there[kind]]
                assert set(ids) <= set(offering)
                assert len(ids) == len(set(ids))
    assert kinds == set(providers.KINDS)
    assert len(offers(films[680])) > len(offers(films[8749]))


def test_what_the_sandbox_draws_is_named_only_where_it_is_asked_for(
    films: dict[int, Payload],
) -> None:
    assert films[129]["poster_path"] is films[129]["backdrop_path"] is None
    drawn = own_catalogue(with_pictures=True).films[129]
    assert drawn["poster_path"] == "/poster-129.jpg"
    assert drawn["backdrop_path"] == "/backdrop-129.jpg"


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        (catalogue_parts.STORIES, "12\tA story.\t", "there is no film 12"),
        (catalogue_parts.STORIES, "129\t\t", "overview"),
        (catalogue_parts.PEOPLE, "x\tSomebody\t", "tmdb_id"),
        (catalogue_parts.TRANSLATIONS, "129\tqq\tDE\tTitel", "'qq' is not in TMDB's lists"),
        (catalogue_parts.TRANSLATIONS, "129\tde\tQQ\tTitel", "'QQ' is not in TMDB's lists"),
        (catalogue_parts.COLLECTIONS, "Films\t12", "there is no film 12"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, name: str, line: str, told: str) -> None:
    for path in catalogue_parts.FOLDER.glob("*.tsv"):
        header = path.read_text(encoding="utf-8").partition("\n")[0]
        below = f"{line}\n" if path.name == name else ""
        (tmp_path / path.name).write_text(f"{header}\n{below}", encoding="utf-8")
    with pytest.raises(ValueError, match=rf"^{name}, line 2: .*{told}"):
        catalogue_parts.add_parts(load_films(), tmp_path)
