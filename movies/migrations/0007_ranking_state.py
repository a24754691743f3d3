"""The model `Catalogue` is called RankingState; its table keeps its name, so nothing is touched."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("movies", "0006_movie_narrowed")]

    operations = [migrations.RenameModel("Catalogue", "RankingState")]
