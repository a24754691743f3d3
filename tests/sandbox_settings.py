"""The settings that lead the service, here or in a process of its own, to a sandbox."""

import os
from pathlib import Path

from tools.sandbox.server import Sandbox


def sandbox_settings(sandbox: Sandbox, export_dir: Path) -> dict[str, str | Path]:
    """Django's settings by their names."""
    return {
        "TMDB_API_URL": sandbox.tmdb_url,
        "TMDB_FILES_URL": sandbox.files_url,
        "IMDB_DATASETS_URL": sandbox.imdb_url,
        "TMDB_API_KEY": "sandbox",
        "TMDB_API_TOKEN": "",
        "EXPORT_DIR": export_dir,
    }


def sandbox_environment(sandbox: Sandbox, database_url: str, export_dir: Path) -> dict[str, str]:
    """The same for a process, with its database."""
    settings = {name: str(value) for name, value in sandbox_settings(sandbox, export_dir).items()}
    return os.environ | settings | {"DEBUG": "1", "DATABASE_URL": database_url}
