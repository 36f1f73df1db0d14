"""Immutable Parquet segments named by their SHA-256: a file's joined incidents. Knows columns, no catalogue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.ingest.distinct import arrow_texts, coded_texts
from geodata.tables import INCIDENT_ID, ROW
from geodata.warehouse import durable
from geodata.warehouse.keys import CASE, CONTENT

FOLDER = "segments"
DIFFERENT = (ROW, INCIDENT_ID, CASE, CONTENT)  # columns whose values nearly all are
MARK = b"PAR1"  # what a Parquet file begins and ends with


def write_table(folder: Path, table: pa.Table, different: Collection[str] = ()) -> str:
    """Store a table and return its SHA-256. On return it is safe on disk, and referred to by nobody yet.

    No dictionary is tried for the columns whose values are all ``different``: that saves a third of the time.
    """
    buffer = pa.BufferOutputStream()
    pq.write_table(
        table,
        buffer,
        compression="lz4",
        store_schema=False,
        use_dictionary=[name for name in table.column_names if name not in different],
        write_statistics=False,  # of columns: no reader asks for some rows only
    )
    content = memoryview(buffer.getvalue())
    sha256 = durable.digest(content)
    durable.put(folder, file_name(sha256), content)
    return sha256


def read_table(folder: Path, sha256: str, columns: Sequence[str] | None = None, coded: Sequence[str] = ()) -> pa.Table:
    """A stored table, or some of its columns, those in ``coded`` as dictionaries. Raises StoreError if damaged."""
    content = durable.get(folder, file_name(sha256), sha256)
    file = pq.ParquetFile(pa.BufferReader(_outside_python(content)), read_dictionary=list(coded))
    return file.read() if columns is None else file.read(list(columns)).select(list(columns))


def _outside_python(content: bytes) -> pa.Buffer:
    """The bytes in Arrow's own memory.

    A thread of Arrow's may let go of them after the table is read; bytes of Python's would make it wait for the
    interpreter, and where that ends just then the whole process aborts (one command in forty did).
    """
    buffer = pa.allocate_buffer(len(content))
    np.frombuffer(buffer, dtype=np.uint8)[:] = np.frombuffer(content, dtype=np.uint8)
    return buffer


def check_ends(folder: Path, sha256: str) -> None:
    """Raise StoreError where a stored table is missing or cut off, without reading it through."""
    if durable.ends(folder, file_name(sha256), len(MARK)) != (MARK, MARK):
        raise durable.damaged(folder / file_name(sha256))


def write_incidents(workspace: Path, frame: pd.DataFrame) -> str:
    """Store a frame of joined incidents as a segment.

    Its texts are made dictionaries here: they become the same bytes as if Parquet's writer did, and sooner.
    """
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata()
    for at, field in enumerate(table.schema):
        if pa.types.is_large_string(field.type) and field.name not in DIFFERENT and not table[at].null_count:
            table = table.set_column(at, field.name, coded_texts(arrow_texts(frame[field.name])))
    return write_table(workspace / FOLDER, table, DIFFERENT)


def read_incidents(workspace: Path, sha256: str) -> pd.DataFrame:
    """A segment whole, as it was stored."""
    frame: pd.DataFrame = read_table(workspace / FOLDER, sha256).to_pandas()
    return frame


def file_name(sha256: str) -> str:
    """The name of a stored table's file."""
    return f"{sha256}.parquet"
