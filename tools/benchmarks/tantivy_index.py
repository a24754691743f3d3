"""The titles in an index of tantivy's, to compare with: a search library in the process.

It is no part of the service: `pip install tantivy==0.27.0` in the environment of the benchmark.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

HEAP_BYTES = 100_000_000
# Two errors in words from so many letters on, as ours.
TWO_ERRORS_FROM = 7
# A name that matches as a whole before those that have its words; votes among those alike.
WHOLE, WEIGHT = 20.0, 0.05
FETCHED, FOUND = 50, 20
TITLES = "SELECT movie_id, key, weight FROM title"


@dataclass
class TantivyIndex:
    """Titles by their words and, without spaces, as a whole."""

    index: Any
    schema: Any
    seconds: float
    megabytes: float

    def find(self, name: str) -> list[int]:
        """Films by a word that a title has, with its typing errors, or by the whole name."""
        from movies import folding

        tantivy = import_module("tantivy")
        key = folding.key(name)
        if not key:
            return []
        terms = [(tantivy.Occur.Should, query) for query in self._queries(key)]
        searcher = self.index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(terms), FETCHED).hits
        films: dict[int, float] = {}
        for score, address in hits:
            title = searcher.doc(address)
            movie_id, weight = title["movie_id"][0], title["weight"][0]
            films[movie_id] = max(films.get(movie_id, 0), score + WEIGHT * weight)
        return sorted(films, key=lambda movie_id: -films[movie_id])[:FOUND]

    def _queries(self, key: str) -> Iterator[Any]:
        query = import_module("tantivy").Query
        for word in key.split():
            errors = 1 if len(word) < TWO_ERRORS_FROM else 2
            yield query.term_query(self.schema, "words", word)
            yield query.fuzzy_term_query(
                self.schema, "words", word, distance=errors, transposition_cost_one=True
            )
        whole = query.fuzzy_term_query(
            self.schema, "whole", key.replace(" ", ""), distance=2, transposition_cost_one=True
        )
        yield query.boost_query(whole, WHOLE)


@contextmanager
def tantivy_index() -> Iterator[TantivyIndex]:
    """Of all titles of DATABASE_URL, in a folder of its own for the length of the block."""
    tantivy = import_module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", stored=False, tokenizer_name="default")
    builder.add_text_field("whole", stored=False, tokenizer_name="raw")
    builder.add_integer_field("movie_id", stored=True)
    builder.add_integer_field("weight", stored=True)
    schema = builder.build()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        index = tantivy.Index(schema, folder)
        writer = index.writer(HEAP_BYTES)
        for movie_id, key, weight in titles():
            whole = key.replace(" ", "")
            writer.add_document(
                tantivy.Document(words=key, whole=whole, movie_id=movie_id, weight=weight)
            )
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        seconds = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        yield TantivyIndex(index, schema, seconds, size)


def titles() -> Iterator[tuple[int, str, int]]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(TITLES)
        yield from cursor
