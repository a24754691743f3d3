"""Pages of a large table, whose rows are not counted for it."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db import connection

if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator

# More of a part of a table are not counted: nobody turns so many pages.
MOST_COUNTED = 10_000

ESTIMATED_ROWS = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass"


class EstimatingPaginator(AnyPaginator):
    """Takes PostgreSQL's estimate for how many rows a whole table has, and counts MOST_COUNTED
    of a part of it: counting takes too long."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if rows.query.where:
            return int(rows.order_by()[:MOST_COUNTED].count())
        with connection.cursor() as cursor:
            cursor.execute(ESTIMATED_ROWS, [rows.model._meta.db_table])
            (estimate,) = cursor.fetchone()
        return max(int(estimate), len(rows[: self.per_page]))
