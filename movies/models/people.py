"""The people of films: who directed them, and who plays in them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func

from movies.images import PROFILE_WIDTH, image_url

TMDB_PERSON = "https://www.themoviedb.org/person/{}"


class Person(models.Model):
    """A person by TMDB's number, the name folded for search as titles are."""

    id = models.IntegerField(primary_key=True)
    name = models.TextField()
    profile_path = models.TextField(null=True)
    key = models.TextField(db_collation="C")
    words = ArrayField(models.TextField(db_collation="C"))
    # That of the best known of the films: see movies.derived.person_weights.
    weight = models.SmallIntegerField()

    class Meta:
        db_table = "person"
        verbose_name_plural = "people"
        indexes = [
            # As a tsvector, because that finds unfinished words as well.
            GinIndex(Func(F("words"), function="array_to_tsvector"), name="person_words"),
        ]

    @property
    def profile_url(self) -> str | None:
        """The portrait at TMDB's, 185 pixels wide."""
        return image_url(self.profile_path, PROFILE_WIDTH)

    @property
    def tmdb_url(self) -> str:
        return TMDB_PERSON.format(self.id)


class Credit(models.Model):
    """What a person is to a film: its director, or one of the first of its cast."""

    class Job(models.TextChoices):
        DIRECTOR = "director"
        ACTOR = "actor"

    pk = models.CompositePrimaryKey("movie", "job", "position")
    movie = models.ForeignKey(
        "Movie", on_delete=models.CASCADE, related_name="credits", db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, related_name="credits", db_index=False
    )
    job = models.TextField(choices=Job)
    # From 0, in the order in which TMDB names them.
    position = models.SmallIntegerField()
    # Whom an actor plays; empty where that is not known.
    character = models.TextField()

    class Meta:
        db_table = "credit"
        indexes = [models.Index("person", name="credit_person")]


class PersonWord(models.Model):
    """A word of any person's name, with its one-letter deletions as `Word` has those of titles."""

    word = models.TextField(primary_key=True, db_collation="C")
    # How many have it.
    people = models.IntegerField()
    deletes = ArrayField(models.TextField(db_collation="C"))

    class Meta:
        db_table = "person_word"
        indexes = [
            GinIndex("deletes", name="person_word_deletes"),
            # For two errors in a long word.
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="person_word_trigrams"),
        ]
