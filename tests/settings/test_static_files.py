"""Static files as they are collected: hashed names in files too, and of old editions only one."""

import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from settings.static_files import HashedStaticFilesStorage

BASE = "/static/"


@pytest.fixture
def sources(tmp_path: Path) -> FileSystemStorage:
    """An app's folder with three modules, in a chain."""
    folder = tmp_path / "sources"
    (folder / "parts").mkdir(parents=True)
    (folder / "main.js").write_text('import { a } from "./parts/a.js";\n')
    (folder / "parts" / "a.js").write_text('export const a = () => import("../b.js");\n')
    (folder / "b.js").write_text("export const b = 1;\n")
    return FileSystemStorage(folder)


def collect(sources: FileSystemStorage, root: Path) -> HashedStaticFilesStorage:
    """What collectstatic does; gives the storage of a site that is started afterwards."""
    names = ["main.js", "parts/a.js", "b.js"]
    storage = HashedStaticFilesStorage(root, BASE)
    for name in names:
        copy = root / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text(sources, name))
    outcomes = list(storage.post_process({name: (sources, name) for name in names}))
    assert not [outcome for outcome in outcomes if isinstance(outcome[2], Exception)]
    return HashedStaticFilesStorage(root, BASE)


def text(storage: FileSystemStorage, name: str) -> str:
    return Path(storage.path(name)).read_text()


def test_what_is_not_collected_keeps_its_name(sources: FileSystemStorage, tmp_path: Path) -> None:
    assert HashedStaticFilesStorage(tmp_path / "none", BASE).url("main.js") == "/static/main.js"

    storage = collect(sources, tmp_path / "static")
    assert storage.url("new.js") == "/static/new.js"
    assert re.fullmatch(r"/static/main\.[0-9a-f]{12}\.js", storage.url("main.js"))


def test_modules_import_one_another_by_their_hashed_names(
    sources: FileSystemStorage, tmp_path: Path
) -> None:
    storage = collect(sources, tmp_path / "static")

    main, a, b = (storage.stored_name(name) for name in ("main.js", "parts/a.js", "b.js"))
    assert text(storage, main) == f'import {{ a }} from "./{a}";\n'
    assert text(storage, a) == f'export const a = () => import("../{b}");\n'


def test_a_change_renames_what_imports_it_and_leaves_the_last_edition_alone(
    sources: FileSystemStorage, tmp_path: Path
) -> None:
    editions = []
    for number in (1, 2, 3):
        Path(sources.path("b.js")).write_text(f"export const b = {number};\n")
        storage = collect(sources, tmp_path / "static")
        editions.append({storage.stored_name(name) for name in ("main.js", "parts/a.js", "b.js")})
    collect(sources, tmp_path / "static")  # of nothing new: no edition

    first, second, third = editions
    assert not first & second
    assert not second & third
    root = tmp_path / "static"
    there = {path.relative_to(root).as_posix() for path in root.rglob("*.js")}
    assert there == {"main.js", "parts/a.js", "b.js"} | second | third
    assert not [path for path in root.rglob("*.gz") if not path.with_suffix("").exists()]
