#!/usr/bin/env python
"""Django's command line for this project: `manage.py migrate`, `manage.py run_import daily`."""

import os
import runpy
import sys
from pathlib import Path


def main() -> None:
    if sys.argv[1:] in (["version"], ["--version"]):
        # Ours: Django would print its own, before it looks for commands of the apps.
        sys.stdout.write(f"{read_version()}\n")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from environs import EnvError

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as error:
        # Whoever has set it needs its name, and not the way to it.
        sys.exit(f"settings: {error}")


def read_version() -> str:
    """The service's version; not by an import, which would want every setting to be right."""
    module = runpy.run_path(str(Path(__file__).with_name("settings") / "version.py"))
    return str(module["VERSION"])


if __name__ == "__main__":
    main()
