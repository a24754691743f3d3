"""Searches for a year read its titles from an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("movies", "0016_changes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="title", index=models.Index(fields=["year"], name="title_year")
        ),
    ]
