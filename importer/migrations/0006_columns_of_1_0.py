"""Columns that 0002 makes, but did not make when 1.0 came out: a database of that version has
applied it without them."""

from django.db import migrations

ADD_COLUMNS = """
ALTER TABLE import_failure ADD COLUMN IF NOT EXISTS told_at timestamp with time zone;
ALTER TABLE import_run ADD COLUMN IF NOT EXISTS stale_told_at timestamp with time zone;
ALTER TABLE tmdb_movie ADD COLUMN IF NOT EXISTS is_loss_accepted boolean DEFAULT false NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("importer", "0005_discover")]

    operations = [migrations.RunSQL(ADD_COLUMNS, migrations.RunSQL.noop)]
