"""Of several ratings of one film the newest counts, in whatever order the files come."""

from itertools import permutations

import pytest

from tests.movies.watched.conftest import Ask

DIARY = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
STARRED = "Date,Name,Year,Letterboxd URI,Rating\n"
RATED = "Const,Your Rating,Date Rated,Title\n"
OLD = '"position","const","created","Title","Title type","You rated","Year"\n'

FILES: dict[str, tuple[dict[str, str], float, str | None]] = {
    "several days of a diary": (
        {"diary.csv": f"{DIARY}2020-01-03,Heat,1995,https://boxd.it/a,2,,,2020-01-02\n"
                      "2022-05-06,Heat,1995,https://boxd.it/b,4.5,Yes,,2022-05-05\n"
                      "2021-05-06,Heat,1995,https://boxd.it/c,3,Yes,,2021-05-05\n"},
        9, "2022-05-05",
    ),
    "a day of a diary without a rating": (
        {"diary.csv": f"{DIARY}2020-01-03,Heat,1995,https://boxd.it/a,2,,,2020-01-02\n"
                      "2022-05-06,Heat,1995,https://boxd.it/b,,Yes,,2022-05-05\n"},
        4, "2022-05-05",
    ),
    "two files of IMDb's": (
        {"old.csv": f"{RATED}tt0113277,5,2015-06-07,Heat\n",
         "new.csv": f"{RATED}tt0113277,8,2023-06-07,Heat\n"},
        8, None,
    ),
    "IMDb's of 2016 and of today": (
        {"2016.csv": f'{OLD}"1","tt0113277","Sat Jan 16 00:00:00 2016","Heat","","5","1995"\n',
         "new.csv": f"{RATED}tt0113277,8,2015-06-07,Heat\n"},
        5, None,
    ),
    "a diary after Letterboxd's ratings": (
        {"ratings.csv": f"{STARRED}2019-06-07,Heat,1995,https://boxd.it/x,1.5\n",
         "diary.csv": f"{DIARY}2022-05-06,Heat,1995,https://boxd.it/b,4.5,,,2022-05-05\n"},
        3, "2022-05-05",
    ),
    "another site's after both": (
        {"ratings.csv": f"{STARRED}2019-06-07,Heat,1995,https://boxd.it/x,1.5\n",
         "diary.csv": f"{DIARY}2022-05-06,Heat,1995,https://boxd.it/b,4.5,,,2022-05-05\n",
         "imdb.csv": f"{RATED}tt0113277,7,2020-06-07,Heat\n"},
        7, "2022-05-05",
    ),
    "one that has no day": (
        {"a.csv": "Const,Your Rating\ntt0113277,5\n",
         "b.csv": f"{RATED}tt0113277,8,2015-06-07,Heat\n"},
        8, None,
    ),
    "a day that is none": (
        {"a.csv": f"{RATED}tt0113277,5,2023-02-31,Heat\n",
         "b.csv": f"{RATED}tt0113277,8,2015-06-07,Heat\n"},
        8, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_the_newest_counts(ask: Ask, kind: str) -> None:
    files, rating, watched_on = FILES[kind]
    for order in permutations(files):
        [film] = ask(**{name: files[name] for name in order})["matched"]
        assert (film["imdb_id"], film["personal_rating"]) == ("tt0113277", rating)
        assert film["watched_on"] == watched_on
        assert film["seen"]


def test_a_film_that_is_not_known_is_told_once_however_often_a_diary_has_it(ask: Ask) -> None:
    watched = "Date,Name,Year,Letterboxd URI\n,Nothing Like It,1999,https://boxd.it/x\n"
    diary = (
        f"{DIARY},Nothing Like It,1999,https://boxd.it/a,2,,,2020-01-02\n"
        ",Nothing like it,1999,https://boxd.it/b,3,,,2021-01-02\n"
    )
    answer = ask(**{"watched.csv": watched, "diary.csv": diary})
    assert [(row["file"], row["row"]) for row in answer["unmatched"]] == [("watched.csv", 2)]
    assert answer["summary"]["duplicates"] == 2
