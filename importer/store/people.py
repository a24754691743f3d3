"""The tables `person` and `credit`: who directed films, and who plays in them."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Exists, OuterRef

from importer.tmdb.parse_movie import ParsedMovie
from importer.tmdb.parse_parts import ParsedCredits, ParsedPerson
from movies import folding
from movies.models import Credit, Person
from movies.rows import group_by_movie, insert_rows, replace_rows_of_movies, upsert_rows

CREDIT_COLUMNS = ("job", "position", "person_id", "character")

Facts = tuple[str, int, int, str]


def save_credits(movies: Sequence[ParsedMovie], weights: Mapping[int, int]) -> list[int]:
    """Bring the credits of those films that came with theirs to what they are now. Whose have
    changed."""
    known = {movie.id: movie.credits for movie in movies if movie.credits is not None}
    save_people(known, weights)
    stored = stored_credits(list(known))
    wanted = {movie_id: list(credit_facts(parsed)) for movie_id, parsed in known.items()}
    changed = replace_rows_of_movies(Credit, stored, wanted)
    insert_rows(
        Credit,
        [
            {"movie_id": movie_id, **dict(zip(CREDIT_COLUMNS, facts, strict=True))}
            for movie_id in changed
            for facts in wanted[movie_id]
        ],
    )
    return changed


def credit_facts(parsed: ParsedCredits) -> Iterator[Facts]:
    for position, person in enumerate(parsed.directors):
        yield Credit.Job.DIRECTOR.value, position, person.id, ""
    for position, (person, character) in enumerate(parsed.cast):
        yield Credit.Job.ACTOR.value, position, person.id, character


def stored_credits(movie_ids: Sequence[int]) -> dict[int, list[Facts]]:
    """Directors first, each in their order, as `credit_facts` gives them."""
    rows = Credit.objects.filter(movie__in=movie_ids).order_by("movie", "-job", "position")
    return group_by_movie(rows.values_list("movie_id", *CREDIT_COLUMNS))


def save_people(parsed: Mapping[int, ParsedCredits], weights: Mapping[int, int]) -> None:
    """Those who are new, have another name or picture, or whose best known film this is."""
    people: dict[int, tuple[ParsedPerson, int]] = {}
    for movie_id, given in parsed.items():
        for person in [*given.directors, *(person for person, _ in given.cast)]:
            _, weight = people.get(person.id, (person, 0))
            people[person.id] = person, max(weight, weights[movie_id])
    rows = Person.objects.filter(id__in=list(people))
    stored = {row[0]: row[1:] for row in rows.values_list("id", "name", "profile_path", "weight")}
    changed = []
    for person, weight in people.values():
        known = stored.get(person.id)
        if known is None or known[:2] != (person.name, person.profile_path) or weight > known[2]:
            changed.append(person_row(person, max(weight, known[2] if known else 0)))
    upsert_rows(Person, changed)


def person_row(person: ParsedPerson, weight: int) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "profile_path": person.profile_path,
        "key": folding.key(person.name),
        "words": folding.words(person.name),
        "weight": weight,
    }


def delete_people_without_credits() -> int:
    """Those that no film of the catalogue names any more; how many."""
    has_credit = Exists(Credit.objects.filter(person=OuterRef("id")))
    return Person.objects.filter(~has_credit).delete()[0]
