"""docs/settings.md names what can be set, all of it and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
READERS = [*(CHECKOUT / "settings").glob("*.py"), CHECKOUT / "gunicorn.config.py"]
READER = re.compile(r"(?:env|os\.environ)\.\w+|os\.getenv|\w+_setting")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+")
FIRST_COLUMN = re.compile(r"^\|([^|]*)\|", re.MULTILINE)


def variables_read(tree: ast.Module) -> Iterator[str]:
    """The first argument of `env.str("X")`, `os.environ.get("X")`, `url_setting("X")`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=function, args=[ast.Constant(value=str(name)), *_]):
                if READER.fullmatch(ast.unparse(function)):
                    yield name
            case ast.Subscript(value=mapping, slice=ast.Constant(value=str(name))):
                if ast.unparse(mapping) == "os.environ":
                    yield name


def test_every_variable_that_is_read_is_described_and_no_other() -> None:
    read = {name for path in READERS for name in variables_read(ast.parse(path.read_text()))}
    text = (CHECKOUT / "docs" / "settings.md").read_text()
    described = {
        name
        for cell in FIRST_COLUMN.findall(text)
        for name in re.findall(r"`([^`]+)`", cell)
        if VARIABLE.fullmatch(name)
    }

    # What wsgi.py and manage.py set for Django, which nobody else is to.
    assert read - {"DJANGO_SETTINGS_MODULE"} == described
