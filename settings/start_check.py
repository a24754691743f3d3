"""What is checked before the site is served: `manage.py check --deploy`, in a process of its own,
so that gunicorn's first process has loaded nothing that a reload would have to load anew."""

import json
import subprocess
import sys

from settings import LOG_FORMAT
from settings.environment import BASE_DIR

CHECK = ["-m", "django", "check", "--deploy", "--settings=settings"]


def refuse_careless_start() -> None:
    """Say what is doubtful; end the process where it is dangerous."""
    checked = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *CHECK], cwd=BASE_DIR, capture_output=True, text=True, check=False
    )
    said = checked.stderr.strip()
    if checked.returncode:
        sys.exit(said or "manage.py check --deploy has failed")
    if said:
        line = {"level": "WARNING", "logger": "check", "message": said}
        sys.stderr.write((json.dumps(line) if LOG_FORMAT == "json" else said) + "\n")
