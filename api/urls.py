"""The API's addresses, and those for whoever watches over the service."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from api.docs import Docs, Schema
from api.errors import endpoint_not_found
from api.health import healthz, readyz
from api.views.best import BestOfCountryView, BestView
from api.views.changes import ChangesView
from api.views.countries import CountriesView, CountryView, GenresView
from api.views.films import FilmByImdbIdView, FilmView
from api.views.ghibli import MoviesView
from api.views.people import PeopleView, PersonView
from api.views.root import ApiRootView
from api.views.search import SearchView
from api.views.several_films import FilmsView
from api.views.status import StatusView
from api.views.watched import WatchedView
from caching.kept import kept
from caching.versions import (
    by_content,
    by_edition,
    by_edition_unless_watched,
    by_film,
    by_release,
)
from movies.imdb_ids import PATTERN


class ImdbIdConverter(StringConverter):
    regex = PATTERN


register_converter(ImdbIdConverter, "imdb_id")

v1 = [
    path("best/", kept(by_edition_unless_watched)(BestView.as_view()), name="best"),
    path(
        "best/<str:code>/",
        kept(by_edition_unless_watched)(BestOfCountryView.as_view()),
        name="best-of-country",
    ),
    path("changes/", kept(by_content)(ChangesView.as_view()), name="changes"),
    path("countries/", kept(by_edition)(CountriesView.as_view()), name="countries"),
    path("countries/<str:code>/", kept(by_edition)(CountryView.as_view()), name="country"),
    path("films/", kept(by_content)(FilmsView.as_view()), name="films"),
    path(
        "films/<imdb_id:imdb_id>/",
        kept(by_content)(FilmByImdbIdView.as_view()),
        name="film-by-imdb-id",
    ),
    path("films/<int:movie_id>/", kept(by_film)(FilmView.as_view()), name="film"),
    path("genres/", kept(by_content)(GenresView.as_view()), name="genres"),
    path("movies/", MoviesView.as_view(), name="movies"),
    path("people/", kept(by_content)(PeopleView.as_view()), name="people"),
    path("people/<int:person_id>/", kept(by_edition)(PersonView.as_view()), name="person"),
    path("search/", kept(by_content)(SearchView.as_view()), name="search"),
    path("status/", StatusView.as_view(), name="status"),
    path("watched/", WatchedView.as_view(), name="watched"),
]

root = path("", ApiRootView.as_view(patterns=v1), name="addresses")

urlpatterns = [
    path("api/v1/", include(([root, *v1], "api"))),
    path("api/v1/<path:rest>/", endpoint_not_found),
    path("api/schema/", kept(by_release)(Schema.as_view()), name="schema"),
    path("api/docs/", Docs.as_view(), name="docs"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
