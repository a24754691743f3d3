import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0005_title_year'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='movie',
            index=models.Index('release_date', name='movie_release_date'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=django.contrib.postgres.indexes.GinIndex('origin_countries', 'production_countries', name='movie_countries'),
        ),
    ]
