"""Where TMDB's pictures are: the addresses of posters, backdrops, portraits and logos.

https://developer.themoviedb.org/docs/image-basics
"""

from django.conf import settings

# Of TMDB's widths, those of the pictures that answers name; pages use others as well.
POSTER_WIDTH = 500
BACKDROP_WIDTH = 1280
PROFILE_WIDTH = 185
LOGO_WIDTH = 92


def image_url(path: str | None, width: int) -> str | None:
    """The picture of this path of TMDB's, so many pixels wide; None where there is no path."""
    return f"{image_folder(width)}{path}" if path else None


def image_folder(width: int) -> str:
    """What the paths of pictures of this width come after."""
    return f"{settings.TMDB_IMAGE_URL}/w{width}"
