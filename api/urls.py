"""The API's addresses, and those for whoever watches over the service."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from api.docs import Docs, Schema
from api.errors import endpoint_not_found
from api.health import healthz, readyz
from api.views.addresses import AddressesView
from api.views.best import BestOfCountryView, BestView
from api.views.changes import ChangesView
from api.views.countries import CountriesView, CountryView, GenresView
from api.views.films import FilmByImdbIdView, FilmView
from api.views.ghibli import MoviesView
from api.views.people import PeopleView, PersonView
from api.views.search import SearchView
from api.views.several_films import FilmsView
from api.views.status import StatusView
from api.views.watched import WatchedView
from movies.imdb_ids import PATTERN


class ImdbIdConverter(StringConverter):
    regex = PATTERN


register_converter(ImdbIdConverter, "imdb_id")

v1 = [
    path("best/", BestView.as_view(), name="best"),
    path("best/<str:code>/", BestOfCountryView.as_view(), name="best-of-country"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("countries/", CountriesView.as_view(), name="countries"),
    path("countries/<str:code>/", CountryView.as_view(), name="country"),
    path("films/", FilmsView.as_view(), name="films"),
    path("films/<imdb_id:imdb_id>/", FilmByImdbIdView.as_view(), name="film-by-imdb-id"),
    path("films/<int:movie_id>/", FilmView.as_view(), name="film"),
    path("genres/", GenresView.as_view(), name="genres"),
    path("movies/", MoviesView.as_view(), name="movies"),
    path("people/", PeopleView.as_view(), name="people"),
    path("people/<int:person_id>/", PersonView.as_view(), name="person"),
    path("search/", SearchView.as_view(), name="search"),
    path("status/", StatusView.as_view(), name="status"),
    path("watched/", WatchedView.as_view(), name="watched"),
]

root = path("", AddressesView.as_view(patterns=v1), name="addresses")

urlpatterns = [
    path("api/v1/", include(([root, *v1], "api"))),
    path("api/v1/<path:rest>/", endpoint_not_found),
    path("api/schema/", Schema.as_view(), name="schema"),
    path("api/docs/", Docs.as_view(), name="docs"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
