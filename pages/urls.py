"""The pages' addresses."""

from django.urls import path

from pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("countries/<str:code>/", views.country, name="country"),
    path("films/<int:movie_id>/", views.film, name="film"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("search/", views.search_page, name="search"),
    path("my-films/", views.my_films, name="my_films"),
    path("my-films/<int:year>/", views.my_year, name="my_year"),
    path("next/", views.next_films, name="next"),
    path("next/films/", views.journey_films, name="journey_films"),
]
