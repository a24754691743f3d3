"""Static files under names with their content's hash, so that browsers keep them for good."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

HASHED_NAME = re.compile(r"\.[0-9a-f]{12}\.[^/]+$")
COMPRESSED = (".gz", ".br")


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names in pages, in stylesheets and in the modules' imports.

    A file that has not been collected keeps its plain name: in a checkout none is, and an upgrade
    may have begun before they are.
    """

    support_js_module_import_aggregation = True
    # A module's hash is final one pass after those of the modules that it imports.
    max_post_process_passes = 20

    def stored_name(self, name: str) -> str:
        hashed: str = super().stored_name(name) if name in self.hashed_files else name
        return hashed

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Collect an edition; of those before it only the last stays, for pages that are open."""
        last = set(self.hashed_files.values())
        yield from super().post_process(paths, dry_run=dry_run, **options)
        current = set(self.hashed_files.values())
        if not dry_run and current != last:
            self._delete_hashed(keep=current | last | set(paths))

    def _delete_hashed(self, keep: set[str]) -> None:
        root = Path(self.location)
        for path in root.rglob("*.*"):
            name = path.relative_to(root).as_posix()
            for suffix in COMPRESSED:
                name = name.removesuffix(suffix)
            if HASHED_NAME.search(name) and name not in keep:
                path.unlink()
