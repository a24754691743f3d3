"""What a film that is searched has to be beside its name."""

from dataclasses import dataclass

from psycopg import sql

from movies.models import Lens, Movie

# As a value that is looked up for one title at a time: a join could be planned the other way
# round, from all films of a country.
OF_ITS_FILM = sql.SQL("(SELECT {} FROM movie WHERE id = title.movie_id)")
IN_YEAR = sql.SQL("coalesce(extract(year FROM release_date) = {}, false)")
MADE_IN = sql.SQL("{} = ANY (production_countries)")
FROM = sql.SQL("CASE WHEN origin_countries = '{{}}' THEN {} ELSE {} = ANY (origin_countries) END")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The year of its release, and a country that is the film's under the lens."""

    by: Lens
    year: int | None = None
    country: str | None = None

    @property
    def is_any(self) -> bool:
        return self.year is not None or self.country is not None

    def has(self, movie: Movie) -> bool:
        """Whether the film is all of this."""
        is_of_year = self.year is None or movie.year == self.year
        return is_of_year and (
            self.country is None or self.country in movie.country_codes(self.by)
        )

    def condition(self) -> sql.Composable:
        """For a query over titles."""
        tests = []
        if self.year is not None:
            tests.append(IN_YEAR.format(self.year))
        if self.country is not None:
            made_in = MADE_IN.format(self.country)
            from_there = FROM.format(made_in, self.country)
            tests.append(from_there if self.by == Lens.ORIGIN else made_in)
        if not tests:
            return sql.SQL("true")
        return OF_ITS_FILM.format(sql.SQL(" AND ").join(tests))
