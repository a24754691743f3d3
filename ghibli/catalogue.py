"""Which film of the catalogue each of Studio Ghibli's is."""

from django.db.models import ExpressionWrapper, F, OuterRef, SmallIntegerField, Subquery
from django.db.models.functions import Abs

from ghibli.models import FilmQuerySet
from movies.models import Title


def with_movie_id(films: FilmQuerySet) -> FilmQuerySet:
    """Each with the id of the catalogue's film of its title and year, as `movie_id`.

    The years may be one apart: one is that of the first night, the other that of the release. Of
    several films the one of the very year, then the best known.
    """
    years = F("year") - OuterRef("release_year")
    apart = Abs(ExpressionWrapper(years, output_field=SmallIntegerField()))
    namesakes = Title.objects.filter(key=OuterRef("title_key"), is_own=True).exclude(key="")
    nearest_first = namesakes.annotate(apart=apart).filter(apart__lte=1)
    found = nearest_first.order_by("apart", "-weight", "movie_id").values("movie_id")
    return films.annotate(movie_id=Subquery(found[:1]))
