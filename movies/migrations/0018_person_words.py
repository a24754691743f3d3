"""The words of people's names, to find them misspelt; filled by the next ranking, which is due."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0017_title_year'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonWord',
            fields=[
                ('word', models.TextField(
                    db_collation='C', primary_key=True, serialize=False
                )),
                ('people', models.IntegerField()),
                ('deletes', django.contrib.postgres.fields.ArrayField(
                    base_field=models.TextField(db_collation='C'), size=None
                )),
            ],
            options={
                'db_table': 'person_word',
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(
                        models.F('deletes'), name='person_word_deletes'
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=['word'], name='person_word_trigrams', opclasses=['gin_trgm_ops']
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "UPDATE catalogue SET is_outdated = true", migrations.RunSQL.noop
        ),
    ]
