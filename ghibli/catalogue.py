"""Which film of the catalogue each of Studio Ghibli's is."""

from django.db.models import ExpressionWrapper, F, OuterRef, SmallIntegerField, Subquery
from django.db.models.functions import Abs, JSONObject

from ghibli.models import FilmQuerySet
from movies.models import Title


def with_catalogued(films: FilmQuerySet) -> FilmQuerySet:
    """Each with the catalogue's film of its title and year, as `catalogued`: {"id",
    "poster_path"}, or None.

    The years may be one apart: one is that of the first night, the other that of the release. Of
    several films the one of the very year, then the best known.
    """
    years = F("year") - OuterRef("release_year")
    apart = Abs(ExpressionWrapper(years, output_field=SmallIntegerField()))
    namesakes = Title.objects.filter(key=OuterRef("title_key"), is_own=True).exclude(key="")
    nearest_first = namesakes.annotate(apart=apart).filter(apart__lte=1)
    facts = JSONObject(id="movie_id", poster_path="movie__poster_path")
    found = nearest_first.order_by("apart", "-weight", "movie_id").values(facts=facts)
    return films.annotate(catalogued=Subquery(found[:1]))
