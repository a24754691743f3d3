"""Whose film it is and which have too few votes: until the next ranking, which is then due, those
of origin count as those at home."""

import django.contrib.postgres.indexes
from django.db import migrations, models

LENSES = [('home', 'Home'), ('origin', 'Origin'), ('production', 'Production')]

# Seconds for a million places in lists, whose indexes are made after it.
FILL = """
UPDATE standing SET is_home = is_origin, few_votes = votes < 50;
INSERT INTO country_total (by, country_id, movies, rated, listed, films_by_decade)
SELECT 'home', country_id, movies, rated, listed, films_by_decade
FROM country_total WHERE by = 'origin';
UPDATE catalogue SET is_outdated = true;
"""
UNFILL = "DELETE FROM country_total WHERE by = 'home'"


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0010_details'),
    ]

    operations = [
        migrations.AddField(
            model_name='rankingstate',
            name='min_listed',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='rankingstate',
            name='home',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='countrytotal',
            name='films_by_decade',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='countrytotal',
            name='by',
            field=models.CharField(choices=LENSES, max_length=10),
        ),
        migrations.CreateModel(
            name='ContinentTotal',
            fields=[
                ('pk', models.CompositePrimaryKey('by', 'continent', blank=True, editable=False, primary_key=True, serialize=False)),
                ('by', models.CharField(choices=LENSES, max_length=10)),
                ('continent', models.TextField()),
                ('rated', models.IntegerField()),
            ],
            options={
                'db_table': 'continent_total',
            },
        ),
        migrations.RemoveIndex(
            model_name='standing',
            name='standing_origin',
        ),
        migrations.RemoveIndex(
            model_name='standing',
            name='standing_production',
        ),
        migrations.AddField(
            model_name='standing',
            name='is_home',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='standing',
            name='few_votes',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, UNFILL),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['country', 'few_votes', '-weighted_rating', '-votes', 'movie'], include=('rating', 'is_short', 'is_home', 'is_origin', 'is_production'), name='standing_list'),
        ),
        migrations.RemoveIndex(
            model_name='movie',
            name='movie_countries',
        ),
        migrations.AddIndex(
            model_name='movie',
            index=django.contrib.postgres.indexes.GinIndex('home_countries', 'origin_countries', 'production_countries', name='movie_countries'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index('id', name='movie_without_home', condition=models.Q(('home_countries__isnull', True))),
        ),
    ]
