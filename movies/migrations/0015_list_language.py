"""The language that lists can be narrowed to; filled by the next ranking, which is due."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('movies', '0014_country_facets'),
    ]

    operations = [
        migrations.AddField(
            model_name='standing',
            name='language',
            field=models.TextField(db_default='', default=''),
        ),
        migrations.RunSQL(
            "UPDATE catalogue SET is_outdated = true", migrations.RunSQL.noop
        ),
    ]
