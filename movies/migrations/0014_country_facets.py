"""What the pages of countries count; filled by the next ranking, which is due."""

import django.db.models.deletion
from django.db import migrations, models


def reference(to):
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        to=to,
    )


def key(*columns):
    return models.CompositePrimaryKey(
        *columns, blank=True, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0013_word_titles'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountryFacet',
            fields=[
                ('pk', key(
                    'country', 'decade', 'genre_id', 'is_home', 'is_origin', 'is_production'
                )),
                ('country', reference('movies.country')),
                ('decade', models.SmallIntegerField()),
                ('genre_id', models.IntegerField()),
                ('is_home', models.BooleanField()),
                ('is_origin', models.BooleanField()),
                ('is_production', models.BooleanField()),
                ('rated', models.IntegerField()),
                ('listed', models.IntegerField()),
            ],
            options={'db_table': 'country_facet'},
        ),
        migrations.CreateModel(
            name='CountryDirector',
            fields=[
                ('pk', key('country', 'position')),
                ('country', reference('movies.country')),
                ('position', models.SmallIntegerField()),
                ('person', reference('movies.person')),
                ('films', models.IntegerField()),
            ],
            options={'db_table': 'country_director'},
        ),
        migrations.RunSQL(
            "UPDATE catalogue SET is_outdated = true", migrations.RunSQL.noop
        ),
    ]
