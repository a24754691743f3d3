"""The pages' addresses."""

from django.urls import path

from caching.kept import kept
from caching.versions import (
    by_content,
    by_edition,
    by_edition_and_age,
    by_edition_unless_watched,
    by_film,
    by_release,
)
from pages import views

urlpatterns = [
    path("", kept(by_edition_and_age)(views.home), name="home"),
    path("about/", kept(by_edition)(views.about), name="about"),
    path("countries/<str:code>/", kept(by_edition_unless_watched)(views.country), name="country"),
    path("continents/<str:region>/", kept(by_edition)(views.continent), name="continent"),
    path("films/<int:movie_id>/", kept(by_film)(views.film), name="film"),
    path("people/<int:person_id>/", kept(by_edition)(views.person), name="person"),
    path("search/", kept(by_content)(views.search_page), name="search"),
    path("my-films/", kept(by_release)(views.my_films), name="my_films"),
    path("my-films/<int:year>/", kept(by_release)(views.my_year), name="my_year"),
    path("next/", kept(by_edition)(views.next_films), name="next"),
    path("next/films/", kept(by_content)(views.journey_films), name="journey_films"),
]
