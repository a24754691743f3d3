"""The catalogue's tables: facts as TMDB and IMDb give them, and what is derived from them.

Answers read the derived tables (`Standing`, `CountryTotal`, `Word`), which are built whole and
swapped in by `movies.derived`; a daily import does not rewrite them.
"""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from movies.imdb_ids import imdb_title_url

POSTER_URL = "https://image.tmdb.org/t/p/w500"
TMDB_PAGE = "https://www.themoviedb.org/movie/{}"


class Lens(models.TextChoices):
    """Which films are a country's: by TMDB's origin, or by any production country."""

    ORIGIN = "origin"
    PRODUCTION = "production"


# PostgreSQL sorts by code points where it has no locales: Réunion would come after Rwanda.
ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüý"
UNACCENTED = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuy"
BY_NAME = Func("name", Value(ACCENTED), Value(UNACCENTED), function="translate")


class CountryQuerySet(models.QuerySet["Country"]):
    def with_totals(self, by: Lens) -> "CountryQuerySet":
        """Each with how many `movies` it has under this lens, and how many of them are `rated`."""
        total = CountryTotal.objects.filter(country=OuterRef("pk"), by=by)
        totals: dict[str, Any] = {
            name: Coalesce(Subquery(total.values(name)), 0) for name in ("movies", "rated")
        }
        return self.annotate(**totals)


class Country(models.Model):
    """A country or former state by its ISO 3166 code, as TMDB uses them."""

    code = models.CharField(primary_key=True, max_length=2)
    name = models.TextField()
    continent = models.TextField(default="", blank=True)
    is_current = models.BooleanField(default=True)
    # Codes of the countries that a former state became.
    successors = ArrayField(models.CharField(max_length=2), default=list, blank=True)

    # What `with_totals` adds.
    movies: int
    rated: int

    objects = CountryQuerySet.as_manager()

    class Meta:
        db_table = "country"
        ordering = (BY_NAME, "name")
        verbose_name_plural = "countries"


class Genre(models.Model):
    """A genre by TMDB's number."""

    id = models.IntegerField(primary_key=True)
    name = models.TextField()

    class Meta:
        db_table = "genre"


class Language(models.Model):
    """A language by its ISO 639-1 code, TMDB's own codes (xx, cn) among them."""

    code = models.CharField(primary_key=True, max_length=8)
    name = models.TextField()

    class Meta:
        db_table = "language"


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

    # What some queries add: all votes pooled, see movies.pooled_votes, and a list's own weighting.
    rating: float | None
    votes: int
    weighted_rating: float

    class Meta:
        db_table = "movie"
        indexes = [
            models.Index("imdb_id", name="movie_imdb_id", condition=Q(imdb_id__isnull=False)),
            # What a search is narrowed by.
            models.Index("release_date", name="movie_release_date"),
            GinIndex("origin_countries", "production_countries", name="movie_countries"),
        ]

    @property
    def year(self) -> int | None:
        return self.release_date.year if self.release_date else None

    @property
    def poster_url(self) -> str | None:
        """The poster at TMDB's, 500 pixels wide."""
        return POSTER_URL + self.poster_path if self.poster_path else None

    @property
    def tmdb_url(self) -> str:
        return TMDB_PAGE.format(self.id)

    @property
    def imdb_url(self) -> str | None:
        return imdb_title_url(self.imdb_id) if self.imdb_id else None

    def country_codes(self, by: Lens) -> list[str]:
        """Where it is from: TMDB's origin, or all who produced it; these as well without one."""
        if by == Lens.ORIGIN and self.origin_countries:
            return self.origin_countries
        return self.production_countries


class ImdbRating(models.Model):
    """IMDb's rating of a title, from its daily dataset; swapped in whole."""

    imdb_id = models.TextField(primary_key=True, db_collation="C")
    rating = models.FloatField()
    votes = models.IntegerField()

    class Meta:
        db_table = "imdb_rating"


class Title(models.Model):
    """One of a film's titles, folded for search by `movies.folding`."""

    movie = models.ForeignKey(
        Movie, on_delete=models.CASCADE, related_name="titles", db_index=False
    )
    name = models.TextField()
    key = models.TextField(db_collation="C")
    words = ArrayField(models.TextField(db_collation="C"))
    # What orders titles that match alike: see movies.derived.title_weights.
    weight = models.SmallIntegerField()
    # Of its film's release, and whether it is the film's title or original title: a row of an
    # export, which has a name and a year, is matched without looking at the films of that name.
    year = models.SmallIntegerField(null=True)
    is_own = models.BooleanField()

    class Meta:
        db_table = "title"
        indexes = [
            GinIndex("words", name="title_words"),
            # With the C collation a plain index serves prefixes too.
            models.Index(
                fields=["key", "-weight"], include=["movie", "year", "is_own"], name="title_key"
            ),
            # All that a walk down from the best known title reads.
            models.Index(fields=["-weight"], include=["id", "movie", "key"], name="title_weight"),
            models.Index("movie", name="title_movie"),
        ]


class Standing(models.Model):
    """A voted film as an entry of the list of one of its countries: see movies.derived.ranking."""

    pk = models.CompositePrimaryKey("movie", "country")
    movie = models.ForeignKey(
        Movie, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    country = models.ForeignKey(
        Country, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    is_origin = models.BooleanField()
    is_production = models.BooleanField()
    is_short = models.BooleanField()
    # What a list can be narrowed by, so that narrowing it reads this table alone.
    year = models.SmallIntegerField(null=True)
    genre_ids = ArrayField(models.IntegerField())
    # TMDB's and IMDb's rating pooled by votes, 1 to 10, and the sum of their votes.
    rating = models.FloatField()
    votes = models.IntegerField()
    weighted_rating = models.FloatField()

    class Meta:
        db_table = "standing"
        indexes = [
            # The lists as they are read, from the top; with all that another m and C would
            # need to put a country's films into another order without touching the table.
            models.Index(
                fields=["country", "-weighted_rating", "-votes", "movie"],
                include=["rating", "is_short"],
                name="standing_origin",
                condition=Q(is_origin=True),
            ),
            models.Index(
                fields=["country", "-weighted_rating", "-votes", "movie"],
                include=["rating", "is_short"],
                name="standing_production",
                condition=Q(is_production=True),
            ),
        ]


class CountryTotal(models.Model):
    """How many films a country has under one lens; derived together with `Standing`."""

    pk = models.CompositePrimaryKey("by", "country")
    by = models.CharField(max_length=10, choices=Lens)
    country = models.ForeignKey(
        Country, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    # All films, those with votes, and of these the ones that are not shorts.
    movies = models.IntegerField()
    rated = models.IntegerField()
    listed = models.IntegerField()

    class Meta:
        db_table = "country_total"


class Word(models.Model):
    """A word of any title, with its one-letter deletions to find it in spite of a typing error."""

    word = models.TextField(primary_key=True, db_collation="C")
    # Films that have it in a title.
    films = models.IntegerField()
    deletes = ArrayField(models.TextField(db_collation="C"))

    class Meta:
        db_table = "word"
        indexes = [GinIndex("deletes", name="word_deletes")]


CURRENT_STATE = "SELECT id, version, m, c, ranked_at, is_outdated, folding FROM catalogue"


class RankingState(models.Model):
    """The one row that says what the answers were made from."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    # Rises whenever an answer of the ranking may have changed; part of every list's ETag.
    version = models.BigIntegerField(default=0)
    # The ranking's parameters: votes that weigh as much as the mean, and that mean.
    m = models.FloatField(null=True)
    c = models.FloatField(null=True)
    ranked_at = models.DateTimeField(null=True)
    # Set by a migration after which the derived tables lack something: a ranking is then due.
    is_outdated = models.BooleanField(default=False, db_default=False)
    # The folding.VERSION of the titles' keys and words; null when nobody has looked.
    folding = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "catalogue"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_is_one_row")]

    @classmethod
    def current(cls) -> "RankingState":
        """The row, or before the first ranking one that says so.

        Every answer reads it: in plain SQL, which takes a third of the time.
        """
        with connection.cursor() as cursor:
            cursor.execute(CURRENT_STATE)
            row = cursor.fetchone()
        return cls(*row) if row else cls()

    @property
    def is_stale(self) -> bool:
        """Whether the lists are older than a daily import that works would leave them."""
        age = timezone.now() - self.ranked_at if self.ranked_at else datetime.timedelta(0)
        return age > settings.STALE_AFTER

    @property
    def edition(self) -> str | None:
        """Of this version and no other, in any database; None before the first ranking."""
        ranked_at = self.ranked_at
        return None if ranked_at is None else f"{self.version}-{ranked_at:%Y%m%d%H%M%S%f}"

    @property
    def etag(self) -> str | None:
        """Of any answer that is made from this edition by this release; None without one."""
        return None if self.edition is None else f'W/"{self.edition}-{settings.RELEASE}"'

    def weighted_rating(self, rating: float | None, votes: int) -> float | None:
        """What the ranking makes of a film's pooled votes; None where nobody has voted."""
        if rating is None or self.m is None or self.c is None:
            return None
        return votes / (votes + self.m) * rating + self.m / (votes + self.m) * self.c
