"""The page's address, below /movies/."""

from django.urls import path

from ghibli import views

urlpatterns = [path("", views.films, name="ghibli")]
