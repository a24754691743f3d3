"""What is derived from the catalogue for its lists: see movies.derived.ranking."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from movies.prepared import prepared_cursor
from movies.remembered import Remembered


class Lens(models.TextChoices):
    """Which films are a country's: those that call it home, those that TMDB gives for their
    origin, or those that it had any part in producing."""

    HOME = "home"
    ORIGIN = "origin"
    PRODUCTION = "production"


class Standing(models.Model):
    """A voted film as an entry of the list of one of its countries: see movies.derived.ranking."""

    pk = models.CompositePrimaryKey("movie", "country")
    movie = models.ForeignKey(
        "Movie", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    country = models.ForeignKey(
        "Country", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    is_home = models.BooleanField()
    is_origin = models.BooleanField()
    is_production = models.BooleanField()
    is_short = models.BooleanField()
    # Fewer than the ranking's least number of votes to be listed: these come after all others.
    few_votes = models.BooleanField()
    # What a list can be narrowed by, so that narrowing it reads this table alone.
    year = models.SmallIntegerField(null=True)
    genre_ids = ArrayField(models.IntegerField())
    # The original one.
    language = models.TextField(default="", db_default="")
    # TMDB's and IMDb's rating pooled by votes, 1 to 10, and the sum of their votes.
    rating = models.FloatField()
    votes = models.IntegerField()
    weighted_rating = models.FloatField()

    class Meta:
        db_table = "standing"
        indexes = [
            # The lists as they are read, from the top, through any lens: one index, for most films
            # of a country are its own through all of them. With all that another m and C, or
            # another floor would need to put a country's films into another order without
            # touching the table.
            models.Index(
                fields=["country", "few_votes", "-weighted_rating", "-votes", "movie"],
                include=["rating", "is_short", "is_home", "is_origin", "is_production"],
                name="standing_list",
            ),
        ]


class CountryTotal(models.Model):
    """How many films a country has under one lens; derived together with `Standing`."""

    pk = models.CompositePrimaryKey("by", "country")
    by = models.CharField(max_length=10, choices=Lens)
    country = models.ForeignKey(
        "Country", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    # All films, those with votes, and of these the ones that are not shorts.
    movies = models.IntegerField()
    rated = models.IntegerField()
    listed = models.IntegerField()
    # How many of all films are of each decade, by its first year; in the order of time.
    films_by_decade = models.JSONField(default=dict)

    class Meta:
        db_table = "country_total"


class ContinentTotal(models.Model):
    """How many rated films a continent has under one lens, each of them counted once."""

    pk = models.CompositePrimaryKey("by", "continent")
    by = models.CharField(max_length=10, choices=Lens)
    # As `Country.part_of_the_world` has it.
    continent = models.TextField()
    rated = models.IntegerField()

    class Meta:
        db_table = "continent_total"


class CountryFacet(models.Model):
    """How many rated films of a country are of one decade and one genre, by whose they are: what
    its list can be narrowed by, and what is then left. Derived together with `Standing`."""

    pk = models.CompositePrimaryKey(
        "country", "decade", "genre_id", "is_home", "is_origin", "is_production"
    )
    country = models.ForeignKey(
        "Country", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    # Its first year; 0 for films whose year is not known.
    decade = models.SmallIntegerField()
    # 0 for films of all genres, each counted once.
    genre_id = models.IntegerField()
    is_home = models.BooleanField()
    is_origin = models.BooleanField()
    is_production = models.BooleanField()
    # Those with votes, and of these the ones that are not shorts.
    rated = models.IntegerField()
    listed = models.IntegerField()

    class Meta:
        db_table = "country_facet"


class CountryDirector(models.Model):
    """One of those who directed most of a country's own films; derived with `Standing`."""

    pk = models.CompositePrimaryKey("country", "position")
    country = models.ForeignKey(
        "Country", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    # From 1.
    position = models.SmallIntegerField()
    person = models.ForeignKey(
        "Person", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    # Of the country's own that are not shorts.
    films = models.IntegerField()

    class Meta:
        db_table = "country_director"


CURRENT_COLUMNS = """
catalogue.id, catalogue.version, catalogue.m, catalogue.c, catalogue.min_listed,
catalogue.ranked_at, catalogue.is_outdated, catalogue.folding, catalogue.home
"""
CURRENT_STATE = f"SELECT {CURRENT_COLUMNS} FROM catalogue"  # noqa: S608 - of constants only


class RankingState(models.Model):
    """The one row that says what the answers were made from."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    # Rises whenever an answer of the ranking may have changed; part of every list's ETag.
    version = models.BigIntegerField(default=0)
    # The ranking's parameters: votes that weigh as much as the mean, and that mean.
    m = models.FloatField(null=True)
    c = models.FloatField(null=True)
    # The least number of votes to be listed before those that have too few.
    min_listed = models.IntegerField(null=True)
    ranked_at = models.DateTimeField(null=True)
    # Set by a migration after which the derived tables lack something: a ranking is then due.
    is_outdated = models.BooleanField(default=False, db_default=False)
    # The folding.VERSION of the titles' keys and words; null when nobody has looked.
    folding = models.SmallIntegerField(null=True)
    # The home.VERSION by which the films' home countries were worked out, in the same way.
    home = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "catalogue"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_is_one_row")]

    @classmethod
    def current(cls) -> "RankingState":
        """The row, or before the first ranking one that says so; in `remembered`, read once.

        Every answer reads it: in plain SQL, which takes a third of the time.
        """
        if known := _read.get():
            return known
        with prepared_cursor() as cursor:
            cursor.execute(CURRENT_STATE)
            row = cursor.fetchone()
        state = cls(*row) if row else cls()
        _read.remember(state)
        return state

    @classmethod
    @contextmanager
    def remembered(cls) -> Iterator[None]:
        """In the block, the current one is read once at the most."""
        with _read.block():
            yield

    def remember(self) -> None:
        """In a block of `remembered`, be the current one: it has been read by another query."""
        _read.remember(self)

    @property
    def is_stale(self) -> bool:
        """Whether the lists are older than a daily import that works would leave them."""
        age = timezone.now() - self.ranked_at if self.ranked_at else datetime.timedelta(0)
        return age > settings.STALE_AFTER

    @cached_property
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

    @property
    def least_votes(self) -> int:
        """With which a film is listed before those that have fewer."""
        return settings.RATING_MIN_LISTED if self.min_listed is None else self.min_listed

    def has_few_votes(self, votes: int) -> bool:
        """Whether a film with so many is listed after those that have enough."""
        return votes < self.least_votes


# None outside of `remembered`, and empty in it until it is read.
_read: Remembered[RankingState] = Remembered("ranking_state")
