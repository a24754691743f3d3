"""The API's addresses, below /api/v1/."""

from django.urls import path

from api import views

urlpatterns = [
    path("best/", views.Best.as_view(), name="best"),
    path("movies/", views.Movies.as_view(), name="movies"),
    path("status/", views.Status.as_view(), name="status"),
]
