"""Lists of films in JSON that Trakt has not made."""

from typing import Any

import pytest

from movies.watched.errors import UploadRefused
from tests.movies.watched.conftest import Ask

IDS = '"ids":{"simkl":1,"imdb":"tt0113277","tmdb":"949"}'
HEAT = '"title":"Heat","year":1995'
SIMKL = (
    '{"shows":[{"show":{"title":"Friends"}}],"movies":[{"last_watched_at":"2024-01-02T10:00:00Z",'
    '"user_rating":8,"status":"completed","movie":{"title":"x",' + IDS + '}}],"anime":[]}'
)
JELLYFIN = (
    '{"Items":[{"Name":"x","ProductionYear":1995,"ProviderIds":{"Imdb":"tt0113277","Tmdb":"949"},'
    '"UserData":{"Played":true},"People":[{"Name":"y"}]}],"TotalRecordCount":1}'
)
LISTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "Simkl": (SIMKL, (8, True, "id")),
    "Simkl, wanted": (SIMKL.replace("completed", "plantowatch").replace("_watched", "_x")
                      .replace(":8", ":null"), (None, False, "id")),
    "Jellyfin": (JELLYFIN, (None, True, "id")),
    "Jellyfin, unseen": (JELLYFIN.replace("true", "false"), (None, False, "id")),
    "Radarr": ('[{"title":"x","tmdbId":949,"hasFile":true,"ratings":{"imdb":{"value":8.3}}}]',
               (None, False, "id")),
    "TMDB": (('{"page":1,"results":[{"title":"Heat","release_date":"1995-12-15","rating":8.0,'
             '"vote_average":7.9,"genre_ids":[1]}]}'), (8, True, "exact")),
    "plain": (f"[{{{HEAT}}}]", (None, False, "exact")),
    "with ids of nothing": (f'[{{"movie":{{{HEAT},"ids":null}}}}]', (None, False, "exact")),
    "lines": (f'{{{HEAT},"score":"4/5"}}\n\n{{"title":null}}', (8, True, "exact")),
    "with a mark": ("\ufeff" + f" [ {{{HEAT}}} ] ", (None, False, "exact")),
    "German": ('[{"Titel":"Heat","Jahr":"1995","Bewertung":8}]', (8, True, "exact")),
}  # fmt: skip


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_films_is_read(ask: Ask, kind: str) -> None:
    content, said = LISTS[kind]
    answer = ask(**{"a.json": content})

    [film] = answer["matched"]
    assert film["id"] == 949
    assert (film["personal_rating"], film["seen"], film["certainty"]) == said


@pytest.mark.parametrize(
    "content",
    [
        '[{"show":{"title":"Heat","year":1995}}]', '[{"name":"Faves","ids":{"trakt":9}}]',
        "[1,2]", "[[]]", "[null]", '{"movies":7}', '{"movies":[1]}', '{"movies":[', "{}", "[{}]",
        '{"a":1}\n', '[{"title":[1]}]', '{"movies":' + "[" * 9_000, '{"x":' * 9_000,
        "[" + '{"a":' * 9_000, '[{"title":"\\ud800"}]', '[{"title":"\xff"}',
        "[" + "{}," * 1_000_001 + "{}]",
        "[{" + ",".join(f'"k{n}":1' for n in range(300_000)) + "}]",
    ],
)  # fmt: skip
def test_what_is_none_is_refused(ask: Ask, content: str) -> None:
    with pytest.raises(UploadRefused, match=r"a\.json: (it is no list|there is no film)"):
        ask(**{"a.json": content})


def test_more_films_than_are_taken_are_refused(ask: Ask) -> None:
    with pytest.raises(UploadRefused, match=r"a\.json, row 100001: .*100,000 rows"):
        ask(**{"a.json": "[" + ",".join([f"{{{HEAT}}}"] * 100_001) + "]"})
