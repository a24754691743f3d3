"""The API's addresses, and those for whoever watches over the service."""

from django.urls import include, path

from api.docs import Docs, Schema
from api.errors import endpoint_not_found
from api.health import healthz, readyz
from api.views.best import BestOfCountryView, BestView
from api.views.countries import CountriesView, CountryView, GenresView
from api.views.films import FilmView
from api.views.ghibli import MoviesView
from api.views.people import PeopleView, PersonView
from api.views.search import SearchView
from api.views.status import StatusView
from api.views.watched import WatchedView

v1 = [
    path("best/", BestView.as_view(), name="best"),
    path("best/<str:code>/", BestOfCountryView.as_view(), name="best-of-country"),
    path("countries/", CountriesView.as_view(), name="countries"),
    path("countries/<str:code>/", CountryView.as_view(), name="country"),
    path("films/<int:movie_id>/", FilmView.as_view(), name="film"),
    path("genres/", GenresView.as_view(), name="genres"),
    path("movies/", MoviesView.as_view(), name="movies"),
    path("people/", PeopleView.as_view(), name="people"),
    path("people/<int:person_id>/", PersonView.as_view(), name="person"),
    path("search/", SearchView.as_view(), name="search"),
    path("status/", StatusView.as_view(), name="status"),
    path("watched/", WatchedView.as_view(), name="watched"),
]

urlpatterns = [
    path("api/v1/", include((v1, "api"))),
    path("api/v1/", endpoint_not_found),
    path("api/v1/<path:rest>/", endpoint_not_found),
    path("api/schema/", Schema.as_view(), name="schema"),
    path("api/docs/", Docs.as_view(), name="docs"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
