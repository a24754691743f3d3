"""Searches that are narrowed to a country find its titles by the index over words."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

COUNTRIES_OF = """
CREATE FUNCTION pg_temp.countries_of(film int) RETURNS text[] STABLE LANGUAGE sql AS $$
SELECT ARRAY(
    SELECT DISTINCT code COLLATE "C"
    FROM movie, unnest(origin_countries || production_countries) AS code
    WHERE movie.id = film ORDER BY 1
)
$$
"""
# Writes the table and its other indexes anew: an update would leave them twice as large.
FILL = """
ALTER TABLE title
ALTER COLUMN countries TYPE text[] COLLATE "C" USING pg_temp.countries_of(movie_id)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0018_person_words'),
    ]

    operations = [
        migrations.RemoveIndex('title', 'title_words'),
        migrations.AddField(
            'title', 'countries', django.contrib.postgres.fields.ArrayField(
                models.TextField(db_collation='C'), default=list, size=None
            ),
        ),
        migrations.RunSQL(COUNTRIES_OF, 'DROP FUNCTION IF EXISTS pg_temp.countries_of'),
        # Two minutes for four million titles.
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL('DROP FUNCTION pg_temp.countries_of', migrations.RunSQL.noop),
        migrations.AddIndex(
            'title', django.contrib.postgres.indexes.GinIndex(
                fields=['words', 'countries'], name='title_words'
            ),
        ),
    ]
