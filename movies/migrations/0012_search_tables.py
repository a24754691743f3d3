"""What finds names in spite of errors; filled by the next ranking, which is due."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import CreateExtension, TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Reverse


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0011_home_and_floor'),
    ]

    operations = [
        # Both are trusted: they take the right to create in this database, as schemas do.
        TrigramExtension(),
        CreateExtension('fuzzystrmatch'),
        migrations.CreateModel(
            name='JoinedName',
            fields=[
                ('pk', models.CompositePrimaryKey(
                    'length', 'joined', 'title_id',
                    blank=True, editable=False, primary_key=True, serialize=False,
                )),
                ('length', models.SmallIntegerField()),
                ('joined', models.TextField(db_collation='C')),
                ('title_id', models.BigIntegerField()),
                ('weight', models.SmallIntegerField()),
            ],
            options={
                'db_table': 'joined_name',
            },
        ),
        migrations.AddIndex(
            model_name='word',
            index=django.contrib.postgres.indexes.GinIndex(
                fields=['word'], name='word_trigrams', opclasses=['gin_trgm_ops']
            ),
        ),
        migrations.AddIndex(
            model_name='joinedname',
            index=models.Index(
                models.F('length'), Reverse('joined'), name='joined_name_reversed'
            ),
        ),
        migrations.RunSQL(
            "UPDATE catalogue SET is_outdated = true", migrations.RunSQL.noop
        ),
    ]
