"""Makes the tables say what the API says; the only writer of films and people."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypeVar

import msgspec
from django.db import models

from ghibli.models import Appearance, Film, Person
from ghibli.parse import Catalogue
from movies.folding import key

Row = TypeVar("Row", bound=models.Model)


def save(catalogue: Catalogue) -> str:
    """Within the caller's transaction; what the API no longer has leaves. The films' digest."""
    mirror(Film, [Film(**asdict(film), title_key=key(film.title)) for film in catalogue.films])
    mirror(Person, [Person(**asdict(person)) for person in catalogue.people])
    pairs = sorted(catalogue.appearances)
    mirror(Appearance, [Appearance(film_id=film, person_id=person) for film, person in pairs])
    return digest()


def mirror(model: type[Row], rows: Sequence[Row]) -> None:
    """Make the table hold these rows and no others, touching only what differs."""
    there = {row.pk: row for row in model._default_manager.all()}
    if gone := there.keys() - {row.pk for row in rows}:
        model._default_manager.filter(pk__in=list(gone)).delete()
    model._default_manager.bulk_create([row for row in rows if row.pk not in there])
    for row in rows:
        if row.pk in there and values(row) != values(there[row.pk]):
            row.save(force_update=True)


def values(row: models.Model) -> list[Any]:
    return [getattr(row, column.attname) for column in row._meta.concrete_fields]


def digest() -> str:
    """Equal for equal lists of films with their people, as every reader gets them."""
    columns = [column.name for column in Film._meta.concrete_fields]
    films = list(Film.objects.listed().values_list(*columns, "cast"))
    return hashlib.blake2b(msgspec.json.encode(films), digest_size=12).hexdigest()
