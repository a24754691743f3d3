"""The catalogue that the exports are held against, and answers as they leave the service."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.streaming import stream_json
from movies.models import Lens
from movies.watched.files import NamedFile
from movies.watched.upload import classify_upload
from tests.movies.watched.world import fill_catalogue

FIXTURES = Path(__file__).parent / "fixtures"

Ask = Callable[..., Any]


@pytest.fixture
def ask(db: None) -> Ask:
    """Asks about files, by their names and bytes, and gives the answer."""
    fill_catalogue()
    return answered


def answered(by: Lens = Lens.ORIGIN, *, lists_are_seen: bool = False, **files: bytes | str) -> Any:
    named = [NamedFile(file_name(name), as_bytes(content)) for name, content in files.items()]
    watched = classify_upload(named, by, lists_are_seen=lists_are_seen)
    return json.loads(b"".join(stream_json(watched)))


def file_name(argument: str) -> str:
    """`ratings_csv` stands for ratings.csv."""
    return argument.replace("_csv", ".csv").replace("_zip", ".zip")


def as_bytes(content: bytes | str) -> bytes:
    return content if isinstance(content, bytes) else content.encode()
