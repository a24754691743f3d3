"""The backend: every process refuses an older server when it connects, by Django's own check."""

import select
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import Error as DatabaseError
from django.db import NotSupportedError
from django.db.backends.base.validation import BaseDatabaseValidation
from django.db.backends.postgresql import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    # For MERGE. Django itself would take an older one.
    minimum_database_version = (15,)


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
    validation_class = DatabaseValidation

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
