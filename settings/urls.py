"""The service's addresses: the page, the API, the back office."""

from django.contrib import admin
from django.urls import include, path

handler404 = "api.errors.not_found"
handler500 = "api.errors.server_error"

urlpatterns = [
    path("", include("movies.urls")),
    path("movies/", include("ghibli.urls")),
    path("api/v1/", include("api.urls")),
    path("admin/", admin.site.urls),
]
