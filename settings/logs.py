"""How the service's log is written: what can happen with every request is one line, and not each
time; a line that belongs to a request or to a run has its id."""

import copy
import datetime
import json
import logging
import threading

from django.db import InterfaceError, OperationalError

from settings.request_id import current_id

# A database that is down or cannot go on.
OUTAGES = OperationalError, InterfaceError
# A view's own word that it cannot answer now.
BUSY = 503
# Loggers of what Django does not trust, as a Host that is none of ALLOWED_HOSTS.
DISTRUST = "django.security."


def kind_of(record: logging.LogRecord) -> str | None:
    """What a record has in common with those that it is counted with; None for a mistake."""
    if record.name.startswith(DISTRUST):
        return record.name
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, OUTAGES):
        return f"{record.name} {type(error.__cause__ or error).__name__}"
    if error is None and getattr(record, "status_code", None) == BUSY:
        return f"{record.name} {BUSY}"
    return None


class BackOffFilter(logging.Filter):
    """Of records of one kind lets the first pass, then one in so many seconds, with the number of
    those that it has kept back."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self._lock = threading.Lock()
        self._passed_at: dict[str, float] = {}
        self._kept_back: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        kind = kind_of(record)
        if kind is None:
            return True
        with self._lock:
            passed_at = self._passed_at.get(kind)
            # A clock may be put back.
            if passed_at is not None and 0 <= record.created - passed_at < self.seconds:
                self._kept_back[kind] = self._kept_back.get(kind, 0) + 1
                return False
            self._passed_at[kind] = record.created
            record.kept_back = self._kept_back.pop(kind, 0)
            record.kept_back_since = passed_at
        return True


class OneLineFormatter(logging.Formatter):
    """Writes an outage and what is not trusted without a traceback; ends with the request's id."""

    def format(self, record: logging.LogRecord) -> str:
        if kind_of(record) is not None:
            record = as_one_line(record)
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        request_id = current_id()
        message = super().formatMessage(record)
        return f"{message} [{request_id}]" if request_id else message


class JsonFormatter(OneLineFormatter):
    """A line is an object of JSON, for what collects logs: `time`, `level`, `logger`, `message`,
    and where there are any `request_id`, `run_id` and `exception`."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return record.message

    def format(self, record: logging.LogRecord) -> str:
        if kind_of(record) is not None:
            record = as_one_line(record)
        line: dict[str, object] = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_id():
            line["request_id"] = request_id
        if run_id := getattr(record, "run_id", None):
            line["run_id"] = run_id
        if record.exc_info and record.exc_info[0]:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def as_one_line(record: logging.LogRecord) -> logging.LogRecord:
    """A copy that says its exception in its message: other handlers may want to show it whole."""
    words = [record.getMessage()]
    error = record.exc_info[1] if record.exc_info else None
    if error and str(error) not in words[0]:
        words.append(" ".join(str(error).split()))
    line = copy.copy(record)
    line.msg, line.args = ": ".join(words), ()
    if kept_back := getattr(record, "kept_back", 0):
        seconds = record.created - getattr(record, "kept_back_since", record.created)
        line.msg += f" (and {kept_back} more like it in the last {seconds:.0f} s)"
    line.exc_info = line.exc_text = line.stack_info = None
    return line
