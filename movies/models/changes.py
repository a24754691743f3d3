"""Which films came, changed or left, in the order in which that was committed."""

from django.db import models


class ChangeSet(models.Model):
    """What one transaction has changed in the catalogue: see movies.changes.recording.

    The numbers have no gaps, and whoever sees one sees all before it.
    """

    number = models.BigIntegerField(primary_key=True)
    # Random, so that a cursor of another database, or of one that was put back, is told apart.
    token = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "change_set"


class MovieChange(models.Model):
    """The last change of a film; of one that has left it is the tombstone."""

    class Kind(models.TextChoices):
        CAME = "came"
        CHANGED = "changed"
        LEFT = "left"

    # No foreign key: it outlasts the film.
    movie_id = models.IntegerField(primary_key=True)
    kind = models.TextField(choices=Kind)
    change_set = models.ForeignKey(
        ChangeSet, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )

    class Meta:
        db_table = "movie_change"
        indexes = [models.Index("change_set", "movie_id", name="movie_change_order")]
