"""The service's addresses: the page, the API, the back office."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

handler400 = "api.errors.bad_request"
handler404 = "api.errors.not_found"
handler500 = "api.errors.server_error"

urlpatterns = [
    path("", include("pages.urls")),
    path("", include("pages.sharing.urls")),
    # Browsers ask for it where no page names one, as in /admin.
    path("favicon.ico", RedirectView.as_view(url=static("pages/icon.svg"))),
    path("movies/", include("ghibli.urls")),
    path("", include("api.urls")),
    path("", include("caching.urls")),
    path("", include("operations.urls")),
    path("admin/", admin.site.urls),
]
