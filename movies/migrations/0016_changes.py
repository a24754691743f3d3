"""Which films came, changed or left; those that are there have come now."""

from django.db import migrations, models
import django.db.models.deletion

SEED = """
INSERT INTO change_set (number, token, at)
SELECT 1, (random() * 9e18)::bigint, now() WHERE EXISTS (SELECT FROM movie);
INSERT INTO movie_change (movie_id, kind, change_set_id) SELECT id, 'came', 1 FROM movie;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0015_list_language'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeSet',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('token', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'change_set',
            },
        ),
        migrations.CreateModel(
            name='MovieChange',
            fields=[
                ('movie_id', models.IntegerField(primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[
                    ('came', 'Came'), ('changed', 'Changed'), ('left', 'Left'),
                ])),
                ('change_set', models.ForeignKey(
                    db_constraint=False, db_index=False,
                    on_delete=django.db.models.deletion.DO_NOTHING, to='movies.changeset',
                )),
            ],
            options={
                'db_table': 'movie_change',
            },
        ),
        migrations.RunSQL(SEED, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='moviechange',
            index=models.Index(
                models.F('change_set'), models.F('movie_id'), name='movie_change_order'
            ),
        ),
    ]
