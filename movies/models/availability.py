"""Where films can be watched: JustWatch's data, which TMDB passes on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from movies.images import LOGO_WIDTH, image_url


class Provider(models.Model):
    """A service that shows films, by TMDB's number."""

    id = models.IntegerField(primary_key=True)
    name = models.TextField()
    logo_path = models.TextField(null=True)

    class Meta:
        db_table = "provider"

    @property
    def logo_url(self) -> str | None:
        return image_url(self.logo_path, LOGO_WIDTH)


class Availability(models.Model):
    """By which services a film can be watched in one region, in one way."""

    class Kind(models.TextChoices):
        FLATRATE = "flatrate"
        FREE = "free"
        ADS = "ads"
        RENT = "rent"
        BUY = "buy"

    pk = models.CompositePrimaryKey("movie", "region", "kind")
    movie = models.ForeignKey(
        "Movie", on_delete=models.CASCADE, related_name="availability", db_index=False
    )
    # ISO 3166-1.
    region = models.TextField()
    kind = models.TextField(choices=Kind)
    # Ids of Provider, in the order in which TMDB shows them.
    providers = ArrayField(models.IntegerField())

    class Meta:
        db_table = "availability"
        verbose_name_plural = "availability"
        indexes = [models.Index(fields=["region", "kind"], name="availability_region")]
