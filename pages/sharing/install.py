"""The site as an app: its manifest, its service worker, and the page that is there offline."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DAY = 24 * 3600
# What the offline page needs: its styles, its module and all that this imports.
OFFLINE_FILES = (
    "pages/css/base.css",
    "pages/css/offline.css",
    "pages/icon.svg",
    "pages/js/offline/page.js",
    "pages/js/shell/content.js",
    "pages/js/shell/site.js",
    "pages/js/store/collection.js",
    "pages/js/store/decisions.js",
    "pages/js/store/film.js",
    "pages/js/store/format.js",
    "pages/js/store/store.js",
    "pages/js/store/upload.js",
)


@require_safe
@cache_control(max_age=DAY, public=True)
def manifest(request: HttpRequest) -> HttpResponse:
    """https://www.w3.org/TR/appmanifest/"""
    sizes = (("192", "any"), ("512", "any"), ("512", "maskable"))
    icons = [
        {
            "src": static(f"pages/icons/{'maskable-' if purpose != 'any' else ''}{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in sizes
    ]
    return JsonResponse(
        {
            "id": "/",
            "name": "World in Movies",
            "short_name": "Movies",
            "description": "Where in the world films come from: the best of every country.",
            "lang": "en-GB",
            "start_url": reverse("home"),
            "scope": reverse("home"),
            "display": "standalone",
            "background_color": "#fdfcf8",
            "theme_color": "#1d5c4b",
            "icons": icons,
            "shortcuts": [
                {"name": "My films", "url": reverse("my_films")},
                {"name": "Next", "url": reverse("next")},
            ],
        },
        content_type="application/manifest+json",
    )


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Its text changes with any of its files, so that browsers fetch them anew."""
    offline = reverse("offline")
    files = [offline, *map(static, OFFLINE_FILES)]
    edition = hashlib.sha256(json.dumps([files, settings.RELEASE]).encode()).hexdigest()[:12]
    # What pages are made of beside themselves.
    parts = [settings.STATIC_URL, reverse("api:countries"), reverse("api:best")]
    context = {
        "files": json.dumps(files),
        "offline": json.dumps(offline),
        "parts": json.dumps(parts),
        "edition": edition,
    }
    return render(request, "pages/sharing/service-worker.js", context, "text/javascript")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Complete by itself, with what OFFLINE_FILES has."""
    return render(request, "pages/sharing/offline.html")
