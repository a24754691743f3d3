"""The reference lists: what TMDB calls countries, languages and genres."""

from django.db import transaction

from importer.errors import as_step_failure
from importer.runs.context import StepContext
from importer.store import catalogue
from importer.tmdb import parse
from movies.derived import ranking


def import_reference(context: StepContext) -> None:
    """The names of countries, languages and genres."""
    context.progress.begin("reference lists", "lists", 3)
    client = context.tmdb_client()
    with as_step_failure("the reference lists"):
        countries = parse.parse_countries(context.ask(client.countries))
        languages = parse.parse_languages(context.ask(client.languages))
        genres = parse.parse_genres(context.ask(client.genres))
    with transaction.atomic():
        catalogue.save_countries(countries, update=True)
        catalogue.save_languages(languages, update=True)
        catalogue.save_genres(genres, update=True)
        ranking.bump_version()  # the lists have the countries' names in them
        context.progress.write(3)
