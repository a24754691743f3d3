"""The addresses of what others show, embed, install or crawl."""

from django.contrib.sitemaps import views
from django.urls import path

from pages.sharing import embed, install, pictures, sitemaps

urlpatterns = [
    path("share/world.png", pictures.world_picture, name="world_picture"),
    path("share/countries/<str:code>.png", pictures.country_picture, name="country_picture"),
    path("share/films/<int:movie_id>.png", pictures.film_picture, name="film_picture"),
    path("embed/", embed.embedded_map, name="embedded_map"),
    path("embed/countries/<str:code>/", embed.embedded_country, name="embedded_country"),
    path("manifest.webmanifest", install.manifest, name="manifest"),
    path("service-worker.js", install.service_worker, name="service_worker"),
    path("offline/", install.offline, name="offline"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path(
        "sitemap.xml",
        views.index,
        {"sitemaps": sitemaps.SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        views.sitemap,
        {"sitemaps": sitemaps.SITEMAPS},
        name="sitemap_section",
    ),
]
