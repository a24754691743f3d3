"""The service's addresses: the page, the API, the back office."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("movies.urls")),
    path("api/v1/", include("api.urls")),
    path("admin/", admin.site.urls),
]
