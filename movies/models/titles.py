"""The titles of films, and the words of them: what a search looks at."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F
from django.db.models.functions import Reverse


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
    # Its film's, through whichever lens: with a word, an index finds the few titles of both.
    countries = ArrayField(models.TextField(db_collation="C"), default=list)
    is_own = models.BooleanField()
    # ISO 639-1, of the translation that has this name; null for own and alternative titles.
    language = models.TextField(null=True)

    class Meta:
        db_table = "title"
        indexes = [
            GinIndex(fields=["words", "countries"], name="title_words"),
            # Together with the words, where a search is for a year.
            models.Index(fields=["year"], name="title_year"),
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
    # How many have it.
    titles = models.IntegerField()
    deletes = ArrayField(models.TextField(db_collation="C"))

    class Meta:
        db_table = "word"
        indexes = [
            GinIndex("deletes", name="word_deletes"),
            # For two errors in a long word.
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_trigrams"),
        ]


class JoinedName(models.Model):
    """A title without spaces, or another name that people give its film, findable from either
    end: with one error in it, one half is as it should be.

    By its length first, so that few others begin or end like it.
    """

    pk = models.CompositePrimaryKey("length", "joined", "title_id")
    length = models.SmallIntegerField()
    joined = models.TextField(db_collation="C")
    # No foreign key: a title that has gone since is found no more.
    title_id = models.BigIntegerField()
    weight = models.SmallIntegerField()

    class Meta:
        db_table = "joined_name"
        indexes = [
            models.Index(F("length"), Reverse("joined"), name="joined_name_reversed"),
        ]
