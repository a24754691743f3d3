"""Words count titles; they are counted by the next ranking, which is due."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("movies", "0012_search_tables"),
    ]

    operations = [
        migrations.RenameField("word", "films", "titles"),
        migrations.RunSQL(
            "UPDATE catalogue SET is_outdated = true", migrations.RunSQL.noop
        ),
    ]
