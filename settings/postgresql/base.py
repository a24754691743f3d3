"""The backend: every process refuses an older server when it connects, by Django's own check."""

import select
from typing import Any, cast

from django.core.checks import CheckMessage, Error
from django.db import Error as DatabaseError
from django.db import NotSupportedError
from django.db.backends.base.validation import BaseDatabaseValidation
from django.db.backends.postgresql import base, features, operations
from django.db.backends.utils import CursorWrapper


class DatabaseFeatures(features.DatabaseFeatures):
    # For MERGE. Django itself would take an older one.
    minimum_database_version = (15,)


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """A prepared statement, too, as it would be with its parameters in it."""
        server: Any = self
        said = super().last_executed_query(cursor, sql, params)
        return server.compose_sql(sql, params) if said is None else said


class DatabaseValidation(BaseDatabaseValidation):
    """Among the checks that `manage.py migrate` begins with: its refusal has no traceback."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        try:
            self.connection.ensure_connection()
        except NotSupportedError as error:
            return [Error(str(error), id="settings.E001")]
        except DatabaseError:
            pass  # it does not answer, which the command itself finds out
        return super().check(**kwargs)


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    validation_class = DatabaseValidation
    # Whether it is PostgreSQL itself that answers, and not a pooler before it.
    is_direct = False

    def init_connection_state(self) -> None:
        super().init_connection_state()
        server: Any = self.connection
        (process,) = server.execute("SELECT pg_backend_pid()").fetchone()
        # A pooler tells each client a number of its own, by which it is asked to cancel.
        self.is_direct = process == server.info.backend_pid
        server.prepare_threshold = 0 if self.is_direct else None

    def close_if_unusable_or_obsolete(self) -> None:
        """After a request that has failed the next one has another connection: a statement may be
        prepared for a table that a migration has changed."""
        if self.errors_occurred and not self.in_atomic_block:
            self.close()
        else:
            super().close_if_unusable_or_obsolete()

    def prepared_cursor(self) -> CursorWrapper:
        """A cursor for statements that are asked again and again, with the same words but for
        their parameters. By way of a pooler they are as any other: the next one may come to a
        process that has not prepared it."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        if not self.is_direct:
            return self.cursor()
        server: Any = self  # what Django's type stubs do not know of it
        with self.wrap_database_errors:
            cursor: CursorWrapper = server._prepare_cursor(
                cast("Any", base).ServerBindingCursor(self.connection)
            )
        return cursor

    def is_usable(self) -> bool:
        """Whether a connection that is kept can be used for another request.

        A server that goes, or ends it, is heard without asking: only then is a query sent. It
        would be half of what an answer costs that is kept.
        """
        return self.connection is not None and (not self._has_news() or super().is_usable())

    def _has_news(self) -> bool:
        if self.connection.closed:  # which has no socket any longer
            return True
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return bool(poll.poll(0))
