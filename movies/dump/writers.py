"""Writes a table's rows into a file: CSV, NDJSON, or Parquet where pyarrow is installed."""

import csv
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from movies.dump.tables import Kind, Row, Table

# Of a Parquet file's row group.
ROWS_IN_A_GROUP = 100_000
LINES_AT_A_TIME = 1_000

Writer = Callable[[Table, Iterable[Row], Path], None]


def write_csv(table: Table, rows: Iterable[Row], path: Path) -> None:
    """UTF-8 with a header; what a list has is separated by blanks, what is not known is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        writer.writerows(map(as_cells, rows))


def as_cells(row: Row) -> list[Any]:
    return [" ".join(map(str, value)) if isinstance(value, list) else value for value in row]


def write_ndjson(table: Table, rows: Iterable[Row], path: Path) -> None:
    """A line a row, each a JSON object."""
    encoder = msgspec.json.Encoder()
    names = list(table.columns)
    with path.open("wb") as file:
        for some in chunks(rows, LINES_AT_A_TIME):
            objects = [dict(zip(names, row, strict=True)) for row in some]
            file.write(encoder.encode_lines(objects))


def write_parquet(table: Table, rows: Iterable[Row], path: Path) -> None:
    """With the columns' types, compressed."""
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import parquet

    types = {
        Kind.TEXT: pyarrow.string(),
        Kind.INT: pyarrow.int64(),
        Kind.FLOAT: pyarrow.float64(),
        Kind.BOOL: pyarrow.bool_(),
        Kind.DATE: pyarrow.date32(),
        Kind.TEXTS: pyarrow.list_(pyarrow.string()),
        Kind.INTS: pyarrow.list_(pyarrow.int32()),
    }
    schema = pyarrow.schema([(name, types[kind]) for name, kind in table.columns.items()])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for some in chunks(rows, ROWS_IN_A_GROUP):
            columns = [list(column) for column in zip(*some, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays(columns, schema), schema=schema))


def arrays(columns: list[list[Any]], schema: Any) -> list[Any]:
    import pyarrow

    return [
        pyarrow.array(values, type=field.type)
        for values, field in zip(columns, schema, strict=True)
    ]


def chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def has_pyarrow() -> bool:
    return find_spec("pyarrow") is not None


WRITERS: dict[str, Writer] = {
    "csv": write_csv,
    "ndjson": write_ndjson,
    "parquet": write_parquet,
}
