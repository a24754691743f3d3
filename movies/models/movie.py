"""A film of the catalogue: facts as TMDB and IMDb give them."""

from urllib.parse import quote

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from movies.images import BACKDROP_WIDTH, POSTER_WIDTH, image_url
from movies.imdb_ids import imdb_title_url
from movies.models.ranking import Lens

TMDB_PAGE = "https://www.themoviedb.org/movie/{}"
# By the name that TMDB gives the site.
TRAILER_PAGES = {
    "YouTube": "https://www.youtube.com/watch?v={}",
    "Vimeo": "https://vimeo.com/{}",
}


class Collection(models.Model):
    """Films that belong together by TMDB's number: a series and its sequels."""

    id = models.IntegerField(primary_key=True)
    name = models.TextField()

    class Meta:
        db_table = "collection"


class Movie(models.Model):
    """A living film with its details; what TMDB has deleted is not here."""

    id = models.IntegerField(primary_key=True)
    # Not unique: TMDB has the same id on two records at times; the one with most votes answers.
    imdb_id = models.TextField(null=True)
    title = models.TextField()
    original_title = models.TextField()
    original_language = models.TextField()
    release_date = models.DateField(null=True)
    status = models.TextField()
    # Minutes; null when TMDB does not know.
    runtime = models.IntegerField(null=True)
    poster_path = models.TextField(null=True)
    popularity = models.FloatField()
    # Null when nobody has voted: a rating of 0 is no rating.
    tmdb_rating = models.FloatField(null=True)
    tmdb_votes = models.IntegerField()
    origin_countries = ArrayField(models.TextField())
    production_countries = ArrayField(models.TextField())
    genre_ids = ArrayField(models.IntegerField())
    spoken_languages = ArrayField(models.TextField())
    # From here on null until the film is fetched with the parts that say it.
    overview = models.TextField(null=True)
    tagline = models.TextField(null=True)
    backdrop_path = models.TextField(null=True)
    collection = models.ForeignKey(
        "Collection", on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    # Of its production companies, one each, so that they can be counted.
    company_countries = ArrayField(models.TextField(), null=True)
    # Whose it is: see movies.home.
    home_countries = ArrayField(models.TextField(), null=True)
    trailer_site = models.TextField(null=True)
    # The trailer's id at that site.
    trailer_key = models.TextField(null=True)
    # When TMDB was last asked where the film can be watched.
    availability_at = models.DateTimeField(null=True)

    # What some queries add: all votes pooled, see movies.pooled_votes, and a list's own weighting.
    rating: float | None
    votes: int
    weighted_rating: float
    few_votes: bool
    # IMDb's, if they are this record's.
    imdb_rating: float | None
    imdb_votes: int | None

    class Meta:
        db_table = "movie"
        indexes = [
            models.Index("imdb_id", name="movie_imdb_id", condition=Q(imdb_id__isnull=False)),
            # What a search is narrowed by.
            models.Index("release_date", name="movie_release_date"),
            GinIndex(
                "home_countries",
                "origin_countries",
                "production_countries",
                name="movie_countries",
            ),
            # What the next ranking has to work out; hardly any.
            models.Index(
                "id", name="movie_without_home", condition=Q(home_countries__isnull=True)
            ),
        ]

    @property
    def is_fetched_whole(self) -> bool:
        """Whether the parts are known: its story, people, translations, and where to watch it."""
        return self.overview is not None

    @property
    def year(self) -> int | None:
        return self.release_date.year if self.release_date else None

    @property
    def poster_url(self) -> str | None:
        """The poster at TMDB's, 500 pixels wide."""
        return image_url(self.poster_path, POSTER_WIDTH)

    @property
    def backdrop_url(self) -> str | None:
        """The picture at TMDB's, 1280 pixels wide."""
        return image_url(self.backdrop_path, BACKDROP_WIDTH)

    @property
    def trailer_url(self) -> str | None:
        """Where the trailer is shown; None without one, and for sites that are not known here."""
        page = TRAILER_PAGES.get(self.trailer_site or "")
        return page.format(quote(self.trailer_key, safe="")) if page and self.trailer_key else None

    @property
    def tmdb_url(self) -> str:
        return TMDB_PAGE.format(self.id)

    @property
    def imdb_url(self) -> str | None:
        return imdb_title_url(self.imdb_id) if self.imdb_id else None

    def country_codes(self, by: Lens) -> list[str]:
        """Its countries through the lens, which `movies.lenses` says in SQL.

        By origin those of its production where TMDB names none of origin; by home, while nobody
        has worked that out, those by origin.
        """
        if by == Lens.HOME and self.home_countries is not None:
            return self.home_countries
        if by == Lens.PRODUCTION:
            return self.production_countries
        return self.origin_countries or self.production_countries

    def co_production_codes(self, by: Lens) -> list[str]:
        """Countries that had a part in it, and are none of its own through the lens."""
        codes = self.country_codes(by)
        parts = dict.fromkeys([*self.origin_countries, *self.production_countries])
        return [code for code in parts if code not in codes]


class ImdbRating(models.Model):
    """IMDb's rating of a title, from its daily dataset; swapped in whole."""

    imdb_id = models.TextField(primary_key=True, db_collation="C")
    rating = models.FloatField()
    votes = models.IntegerField()

    class Meta:
        db_table = "imdb_rating"
