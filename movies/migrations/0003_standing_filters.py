import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0002_catalogue_folding'),
    ]

    operations = [
        migrations.AddField(
            model_name='standing',
            name='year',
            field=models.SmallIntegerField(null=True),
        ),
        # What is there gets none: the next ranking fills the table anew.
        migrations.AddField(
            model_name='standing',
            name='genre_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None),
            preserve_default=False,
        ),
    ]
