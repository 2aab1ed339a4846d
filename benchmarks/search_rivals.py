"""What the search is measured against, on the same rows."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db import connection, connections

from benchmarks.search_queries import Query
from registry.values import phonetics

Ask = Callable[[Query], list[int]]
_CHUNK: Final = 20_000


def scan(query: Query) -> list[int]:
    """A LIKE for each word."""
    words = f"{query.name} {query.mother}".split()
    conditions = ["names || ' ' || mothers LIKE %s" for _ in words]
    values: list[Any] = [f"%{word}%" for word in words]
    return _answer("SELECT person_id FROM registry_personsearch WHERE", conditions, values, query, "names, person_id")


def full_text(query: Query) -> list[int]:
    """Full-text search: tsvector 'simple' under GIN, ts_rank."""
    source = "SELECT person_id FROM registry_personsearch, plainto_tsquery('simple', %s) AS asked WHERE"
    values: list[Any] = [f"{query.name} {query.mother}"]
    return _answer(source, ["words @@ asked"], values, query, "ts_rank(words, asked) DESC, person_id")


def trigrams() -> Ask | None:
    """pg_trgm under GIN, the nearest by similarity; None where PostgreSQL came without contrib."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if cursor.fetchone() is None:
            print("pg_trgm left out: this PostgreSQL has no contrib extensions", file=sys.stderr)
            return None
        cursor.execute("CREATE EXTENSION pg_trgm")
        cursor.execute("CREATE INDEX ON registry_personsearch USING gin (names gin_trgm_ops)")
    return _trigrams


def tantivy(people: int) -> Ask:
    """tantivy in memory: each word as typed, one letter off, or by phonetic key; BM25."""
    from tantivy import Document, Index, Occur, SchemaBuilder
    from tantivy import Query as Asked

    builder = SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    for name in ("names", "sounds", "mothers"):
        builder.add_text_field(name, tokenizer_name="whitespace")
    schema = builder.build()
    index = Index(schema)
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for pk, names, mothers, year in _documents():
        names = names.replace("|", " ")
        sounds = " ".join(map(phonetics.key, names.split()))
        writer.add_document(Document(id=pk, year=year, names=names, sounds=sounds, mothers=mothers))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(query: Query) -> list[int]:
        parts: list[Any] = []
        for word in query.name.split():
            parts.append((Occur.Should, Asked.term_query(schema, "names", word)))
            parts.append((Occur.Should, Asked.term_query(schema, "sounds", phonetics.key(word))))
            if len(word) > 3:
                parts.append((Occur.Should, Asked.fuzzy_term_query(schema, "names", word, distance=1)))
        parts += [(Occur.Should, Asked.term_query(schema, "mothers", word)) for word in query.mother.split()]
        whole = Asked.boolean_query(parts)
        if query.year:
            of_year = Asked.term_query(schema, "year", query.year)
            whole = Asked.boolean_query([(Occur.Must, whole), (Occur.Must, of_year)])
        hits = searcher.search(whole, 10).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return ask


def _documents() -> Any:
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT person_id, names, mothers, extract(year FROM births[1])::int FROM registry_personsearch")
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def _trigrams(query: Query) -> list[int]:
    source = "SELECT person_id FROM registry_personsearch WHERE"
    values: list[Any] = [query.name]
    return _answer(source, ["names %% %s"], values, query, "similarity(names, %s) DESC, person_id", [query.name])


def _answer(
    source: str, conditions: list[str], values: list[Any], query: Query, order: str, ordering: Sequence[Any] = ()
) -> list[int]:
    if query.year:
        conditions, values = [*conditions, "extract(year FROM births[1]) = %s"], [*values, query.year]
    with connection.cursor() as cursor:
        cursor.execute(f"{source} {' AND '.join(conditions)} ORDER BY {order} LIMIT 10", [*values, *ordering])
        return [row[0] for row in cursor.fetchall()]
