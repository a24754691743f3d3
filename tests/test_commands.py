"""Every command of manage.py has a test that runs it."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

TESTS = Path(__file__).parent
CHECKOUT = TESTS.parent


def own_commands() -> set[str]:
    files = CHECKOUT.glob("*/management/commands/*.py")
    return {path.stem for path in files if path.parts[-4] != ".venv" and path.stem[0] != "_"}


def commands_run(tree: ast.Module) -> Iterator[str]:
    """What follows `manage.py` in a command line, and what is given to call_command()."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="call_command"), args=[ast.Constant(value=str(name)), *_]
            ):
                yield name
            case ast.List(elts=words) | ast.Tuple(elts=words):
                for word, name in pairwise(map(ast.unparse, words)):
                    if word == "'manage.py'":
                        yield name.strip("'")


def test_every_command_is_run_by_a_test() -> None:
    tested = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in commands_run(ast.parse(path.read_text()))
    }

    assert "run_import" in own_commands()
    assert own_commands() <= tested
