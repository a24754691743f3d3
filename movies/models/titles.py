"""The titles of films, and the words of them: what a search looks at."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Title(models.Model):
    """One of a film's titles, each name once, folded for search by `movies.folding`."""

    movie = models.ForeignKey(
        "Movie", on_delete=models.CASCADE, related_name="titles", db_index=False
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
    # ISO 639-1, of the translation that has this name; null for own and alternative titles.
    language = models.TextField(null=True)

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


class Word(models.Model):
    """A word of any title, with its one-letter deletions to find it in spite of a typing error."""

    word = models.TextField(primary_key=True, db_collation="C")
    # Films that have it in a title.
    films = models.IntegerField()
    deletes = ArrayField(models.TextField(db_collation="C"))

    class Meta:
        db_table = "word"
        indexes = [GinIndex("deletes", name="word_deletes")]
