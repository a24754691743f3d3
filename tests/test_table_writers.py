"""Who writes which table, read from the syntax trees; who imports whom is in pyproject.toml."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

# Who may write what: by the model, and by its table in SQL.
WRITERS = {
    "importer.store.catalogue": {
        "Availability",
        "Collection",
        "Country",
        "Credit",
        "Genre",
        "Language",
        "Movie",
        "Title",
    },
    "importer.store.people": {"Credit", "Person"},
    "importer.store.titles": {"Title"},
    "importer.store.export_merge": {"TmdbMovie"},
    "importer.store.ledger": {"TmdbChanges", "TmdbMovie", "TmdbSweep"},
    "importer.store.imdb_ratings": {"ImdbRating"},
    "movies.availability": {"Availability", "Movie", "Provider"},
    "movies.changes.recording": {"ChangeSet", "MovieChange"},
    "movies.derived.folded_names": {"RankingState", "Title", "Person"},
    "movies.derived.homes": {"Movie", "RankingState"},
    "movies.derived.country_facets": {"CountryDirector", "CountryFacet"},
    "movies.derived.ranking": {
        "ContinentTotal",
        "CountryDirector",
        "CountryFacet",
        "CountryTotal",
        "RankingState",
        "Standing",
    },
    "movies.derived.joined_names": {"JoinedName"},
    "movies.derived.person_words": {"PersonWord"},
    "movies.derived.vocabulary": {"Word"},
    "movies.derived.person_weights": {"Person"},
    "movies.derived.title_weights": {"Title"},
}
# As methods, and as functions of movies.rows.
WRITES = {"insert_rows", "insert_unknown_rows", "upsert_rows",
          "create", "bulk_create", "get_or_create", "update_or_create",
          "update", "bulk_update", "save", "delete"}  # fmt: skip
SQL_WRITES = re.compile(
    r"\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|COPY|TRUNCATE(?: TABLE)?)\s+(\w+)", re.I
)

ROOT = Path(__file__).parent.parent
PRODUCT = ("api", "ghibli", "importer", "movies", "pages", "watch_providers")


def read_modules() -> dict[str, ast.Module]:
    """The syntax trees of the product's modules, by dotted name."""
    paths = [path for part in PRODUCT for path in (ROOT / part).rglob("*.py")]
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(
            ".__init__"
        ): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
        if "migrations" not in path.parts
    }


MODULES = read_modules()


def imports(tree: ast.AST) -> Iterator[str]:
    """The dotted names of everything imported, `from a import b` as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports are not followed here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def models_written(tree: ast.Module) -> set[str]:
    """The models that a module imports, if it calls anything that writes."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls = {func.attr for func in called if isinstance(func, ast.Attribute)}
    calls |= {func.id for func in called if isinstance(func, ast.Name)}
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


def test_every_table_is_written_by_its_writers_alone() -> None:
    guarded = set().union(*WRITERS.values())
    guarded_tables = {table_of(model) for model in guarded}
    for module, tree in MODULES.items():
        allowed = WRITERS.get(module, set())
        assert models_written(tree) & guarded <= allowed, module
        tables = tables_written(tree) & guarded_tables
        assert tables <= {table_of(model) for model in allowed}, module


def test_every_writer_is_a_module_that_is_there() -> None:
    assert WRITERS.keys() <= MODULES.keys()


def test_what_asks_tmdb_does_not_ask_the_database() -> None:
    """What the contract in pyproject.toml cannot say of a part of Django."""
    for module, tree in MODULES.items():
        if module.startswith("importer.tmdb"):
            assert not [name for name in imports(tree) if name.startswith("django.db")], module
