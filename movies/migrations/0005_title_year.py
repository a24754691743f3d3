from django.db import migrations, models

FILL = """
UPDATE title
SET year = extract(year FROM movie.release_date),
    is_own = title.name IN (movie.title, movie.original_title)
FROM movie WHERE movie.id = title.movie_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0004_title_weight_covers'),
    ]

    operations = [
        migrations.AddField(
            model_name='title',
            name='year',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='title',
            name='is_own',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.RemoveIndex(
            model_name='title',
            name='title_key',
        ),
        # A minute for two million titles, whose other indexes it writes as well.
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='title',
            index=models.Index(fields=['key', '-weight'], include=('movie', 'year', 'is_own'), name='title_key'),
        ),
    ]
