"""Makes the secrets of the containers in a folder, once: Django's, and PostgreSQL's password.

What `.env` says counts, and is kept: SECRET_KEY, POSTGRES_PASSWORD. A password that is changed
there later is refused with words, because PostgreSQL has kept the first.
"""

import os
import secrets
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else "/run/secrets/world-in-movies")
SHORTEST_SECRET = 32


def keep(name: str, given: str, mode: int) -> str:
    """The secret that is kept under this name; a new one where there is none."""
    path = FOLDER / name
    if not path.exists():
        unfinished = path.with_suffix(".new")
        unfinished.touch(mode)
        unfinished.write_text(given or secrets.token_urlsafe(50))
        unfinished.chmod(mode)
        unfinished.rename(path)
        sys.stdout.write(f"{name} is {'the one of .env' if given else 'made'}, and kept\n")
    return path.read_text()


def main() -> int:
    # PostgreSQL's account reads it too, by another number; the other one is ours alone.
    given = os.environ.get("POSTGRES_PASSWORD", "")
    password = keep("database_password", given, 0o644)
    if given and given != password:
        sys.stderr.write(
            "POSTGRES_PASSWORD is not the one that the database began with. Change it there "
            "first (docs/operations.md, The database's password), or take it out of .env.\n"
        )
        return 1
    key = os.environ.get("SECRET_KEY", "")
    kept = keep("secret_key", key, 0o600)
    if key and key != kept:
        (FOLDER / "secret_key").write_text(key)
    return 0


if __name__ == "__main__":
    sys.exit(main())
