"""The API's addresses, and those for whoever watches over the service."""

from django.urls import include, path

from api.docs import Docs, Schema
from api.errors import no_such_address
from api.health import healthz, readyz
from api.views.best import Best, BestOfCountry
from api.views.countries import Countries, Genres
from api.views.films import FilmView
from api.views.ghibli import Movies
from api.views.search import Search
from api.views.status import Status
from api.views.watched import Watched

v1 = [
    path("best/", Best.as_view(), name="best"),
    path("best/<str:code>/", BestOfCountry.as_view(), name="best-of-country"),
    path("countries/", Countries.as_view(), name="countries"),
    path("films/<int:movie_id>/", FilmView.as_view(), name="film"),
    path("genres/", Genres.as_view(), name="genres"),
    path("movies/", Movies.as_view(), name="movies"),
    path("search/", Search.as_view(), name="search"),
    path("status/", Status.as_view(), name="status"),
    path("watched/", Watched.as_view(), name="watched"),
]

urlpatterns = [
    path("api/v1/", include((v1, "api"))),
    path("api/v1/", no_such_address),
    path("api/v1/<path:rest>/", no_such_address),
    path("api/schema/", Schema.as_view(), name="schema"),
    path("api/docs/", Docs.as_view(), name="docs"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
