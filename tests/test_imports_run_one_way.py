"""Dependencies run one way: read from the syntax trees, so that lazy imports count as well."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

# Which parts of the project each part may import, beside itself. What is no part (manage.py,
# gunicorn.config.py) may import none of them, and nothing imports what tries the others out.
PARTS = {
    "settings": {"tools"},
    "movies": set(),
    "ghibli": set(),
    "importer": {"movies"},
    "api": {"settings", "movies", "ghibli", "importer"},
    "pages": {"settings", "movies"},
    "tools": {"settings", "movies", "importer"},
    "tests": {"settings", "movies", "ghibli", "importer", "api", "pages", "tools"},
}
# Where one part may import only some modules of another.
DOORS = {
    ("api", "importer"): {"importer.models"},
    ("api", "settings"): {"settings.throttling"},
    ("pages", "settings"): {"settings.throttling"},
    # The embedded PostgreSQL of a checkout that is developed.
    ("settings", "tools"): {"tools.postgres"},
}

# The modules of importer: each may import from the rows below its own.
LAYERS = [
    {"admin", "management"},
    {"schedule"},
    {"runs.lifecycle"},
    {"registry", "runs.notify"},
    {"steps"},
    {"runs.context", "store", "files.export", "files.imdb", "tmdb.fetch"},
    {"files.download", "files.downloaded_file", "files.staging_table"},
    {"figures", "files.line_parsers", "runs.progress", "tmdb.client"},
    {"tmdb.parse"},
    {"apps", "due", "errors", "tmdb.rate_limit", "runs.lock", "models", "tmdb.redaction",
     "runs.signals", "retry", "files", "runs", "tmdb"},
]  # fmt: skip

# All that these modules may import beside the standard library.
PURE = {
    "importer.tmdb.parse": {"msgspec", "importer.errors"},
    "ghibli.parse": {"msgspec", "ghibli.errors"},
    "importer.due": set(),
    "importer.errors": set(),
    "importer.tmdb.rate_limit": set(),
    "movies.geography": set(),
    "movies.folding": set(),
    "movies.names": {"babel"},
    "movies.watched.columns": set(),
    "movies.watched.errors": set(),
    "movies.watched.files": {"movies.watched.errors"},
    "movies.watched.records": {"movies.watched.errors", "movies.watched.files"},
    "movies.watched.rows": {
        "msgspec",
        "movies.watched.columns",
        "movies.watched.errors",
        "movies.watched.files",
        "movies.watched.records",
    },
}
# What these modules import, and what that imports in turn, is neither a model nor a database.
WITHOUT_DATABASE = {"importer.tmdb.client", "importer.tmdb.fetch"}
DATABASE = ("django.db", "psycopg")

# Who may write what: by the model, and by its table in SQL.
WRITERS = {
    "importer.store.catalogue": {"Country", "Genre", "Language", "Movie", "Title"},
    "importer.store.export_merge": {"TmdbMovie"},
    "importer.store.ledger": {"TmdbChanges", "TmdbMovie"},
    "importer.store.imdb_ratings": {"ImdbRating"},
    "movies.derived.ranking": {"RankingState", "CountryTotal", "Standing"},
    "movies.derived.title_folding": {"RankingState", "Title"},
    "movies.derived.vocabulary": {"Word"},
    "movies.derived.title_weights": {"Title"},
}
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create",
          "update", "bulk_update", "save", "delete"}  # fmt: skip
SQL_WRITES = re.compile(
    r"\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|COPY|TRUNCATE(?: TABLE)?)\s+(\w+)", re.I
)

ROOT = Path(__file__).parent.parent
NOT_OURS = {"var", "staticfiles"}


def modules() -> dict[str, ast.Module]:
    """The syntax trees of all modules of ours, by dotted name."""
    tops = [path for path in ROOT.iterdir() if path.name[0] != "." and path.name not in NOT_OURS]
    paths = [path for top in tops for path in top.rglob("*.py") if "migrations" not in path.parts]
    found = {}
    for path in [*ROOT.glob("*.py"), *paths]:
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = modules()


def imports(tree: ast.AST) -> Iterator[str]:
    """The dotted names of everything imported, `from a import b` as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports are not followed here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported(module: str) -> set[str]:
    """The modules that it imports; of foreign ones whatever name it imports."""
    return {module_of(name) for name in imports(MODULES[module])} - {module}


def module_of(name: str) -> str:
    """The module of ours that an imported name lies in; the name itself when it is not ours."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if (module := ".".join(parts[:length])) in MODULES:
            return module
    return name


def reached(module: str) -> set[str]:
    """All that a module imports, directly or through modules of ours."""
    found: set[str] = set()
    waiting = {module}
    while waiting:
        names = set().union(*(imported(name) for name in waiting if name in MODULES))
        waiting, found = names - found, found | names
    return found


def part_of(module: str) -> str:
    return module.split(".")[0]


def may_import(module: str, other: str) -> bool:
    part, other_part = part_of(module), part_of(other)
    if other_part == part or other_part not in PARTS:
        return True
    doors = DOORS.get((part, other_part), {other})
    return other_part in PARTS.get(part, set()) and other in doors


def layer_of(module: str) -> int:
    """The row of a module of importer, from the top; -1 without one."""
    name = subpart_of(module)
    return next((row for row, names in enumerate(LAYERS) if name in names), -1)


def subpart_of(module: str) -> str:
    """The module of importer, or its package of modules, that this is (part of)."""
    name = module.removeprefix("importer.")
    package = name.split(".")[0]
    return package if any(package in names for names in LAYERS[:-1]) else name


def models_written(tree: ast.Module) -> set[str]:
    """The models that a module imports, if it calls anything that writes."""
    calls = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    if not calls & WRITES:
        return set()
    names = {name.rpartition(".") for name in imports(tree)}
    return {model for module, _, model in names if module in {"movies.models", "importer.models"}}


def tables_written(tree: ast.Module) -> set[str]:
    """The tables that SQL in a module writes to."""
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {
        table.lower()
        for text in texts
        if isinstance(text, str)
        for table in SQL_WRITES.findall(text)
    }


def table_of(model: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model).lower()


def test_parts_import_only_what_they_may() -> None:
    wrong = [
        f"{module} imports {other}"
        for module in MODULES
        for other in imported(module)
        if not may_import(module, other)
    ]
    assert not wrong


def test_every_module_of_the_importer_has_its_layer() -> None:
    there = {subpart_of(name) for name in MODULES if name.startswith("importer.")}
    listed = [name for layer in LAYERS for name in layer]
    assert sorted(listed) == sorted(there)


def test_inside_the_importer_imports_run_downwards() -> None:
    wrong = [
        f"{module} imports {other}"
        for module in MODULES
        if module.startswith("importer.")
        for other in imported(module)
        if other.startswith("importer.")
        and subpart_of(other) != subpart_of(module)
        and layer_of(other) <= layer_of(module)
    ]
    assert not wrong


def test_pure_modules_need_neither_network_nor_database() -> None:
    for module, allowed in PURE.items():
        foreign = {
            name for name in imported(module) if part_of(name) not in sys.stdlib_module_names
        }
        named = {name if name in MODULES else part_of(name) for name in foreign}
        assert named <= allowed, module


def test_what_asks_tmdb_knows_neither_model_nor_database() -> None:
    for module in WITHOUT_DATABASE:
        names = reached(module)
        assert not [name for name in names if name.startswith(DATABASE)], module
        assert not [name for name in names if name.endswith(".models")], module


def test_every_table_is_written_by_its_writers_alone() -> None:
    guarded = set().union(*WRITERS.values())
    guarded_tables = {table_of(model) for model in guarded}
    for module, tree in MODULES.items():
        if part_of(module) in {"movies", "importer", "api", "pages", "ghibli"}:
            allowed = WRITERS.get(module, set())
            assert models_written(tree) & guarded <= allowed, module
            tables = tables_written(tree) & guarded_tables
            assert tables <= {table_of(model) for model in allowed}, module
