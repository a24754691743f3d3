"""TMDB's reference lists: countries, genres, languages."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, Func, JSONField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from movies.models.ranking import CountryTotal, Lens

# PostgreSQL sorts by code points where it has no locales: Réunion would come after Rwanda.
ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüý"
UNACCENTED = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuy"
# The countries by continent, "" for none, and all former states together.
FORMER_STATES = "Former states"
PART_OF_THE_WORLD = f"CASE WHEN is_current THEN continent ELSE '{FORMER_STATES}' END"
BY_NAME = Func("name", Value(ACCENTED), Value(UNACCENTED), function="translate")


class CountryQuerySet(models.QuerySet["Country"]):
    def with_totals(self, by: Lens) -> "CountryQuerySet":
        """Each with how many `movies` it has under this lens, and how many of them are `rated`."""
        total = CountryTotal.objects.filter(country=OuterRef("pk"), by=by)
        totals: dict[str, Any] = {
            name: Coalesce(Subquery(total.values(name)), 0) for name in ("movies", "rated")
        }
        return self.annotate(**totals)

    def with_home_totals(self) -> "CountryQuerySet":
        """Each with how many films it calls its own: `home_movies`, and of them `home_rated`."""
        total = CountryTotal.objects.filter(country=OuterRef("pk"), by=Lens.HOME)
        totals: dict[str, Any] = {
            f"home_{name}": Coalesce(Subquery(total.values(name)), 0)
            for name in ("movies", "rated")
        }
        return self.annotate(**totals)

    def with_decades(self, by: Lens) -> "CountryQuerySet":
        """Each with how many of its films under this lens are of each decade."""
        total = CountryTotal.objects.filter(country=OuterRef("pk"), by=by)
        none = Value({}, output_field=JSONField())
        decades: dict[str, Any] = {
            "films_by_decade": Coalesce(Subquery(total.values("films_by_decade")), none)
        }
        return self.annotate(**decades)

    def with_part(self) -> "CountryQuerySet":
        """Each with whether it had a part in any rated film."""
        part = CountryTotal.objects.filter(country=OuterRef("pk"), rated__gt=0)
        had_part: dict[str, Any] = {"had_part": Exists(part)}
        return self.annotate(**had_part)


class Country(models.Model):
    """A country or former state by its ISO 3166 code, as TMDB uses them."""

    code = models.CharField(primary_key=True, max_length=2)
    name = models.TextField()
    continent = models.TextField(default="", blank=True)
    is_current = models.BooleanField(default=True)
    # Codes of the countries that a former state became.
    successors = ArrayField(models.CharField(max_length=2), default=list, blank=True)

    # What `with_totals`, `with_home_totals`, `with_decades` and `with_part` add.
    movies: int
    rated: int
    home_movies: int
    home_rated: int
    films_by_decade: dict[str, int]
    had_part: bool

    objects = CountryQuerySet.as_manager()

    class Meta:
        db_table = "country"
        ordering = (BY_NAME, "name")
        verbose_name_plural = "countries"

    @property
    def part_of_the_world(self) -> str:
        """Its continent, "" for none, or FORMER_STATES: PART_OF_THE_WORLD says it in SQL."""
        return self.continent if self.is_current else FORMER_STATES


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
