"""Records of a Parquet file, in the same shape as those of CSV."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.lines import Batch, Progress, Table, ignore_progress, open_bytes

_ROWS_PER_BATCH = 2**16


class ParquetTable(Table):
    """The rows of a Parquet file, counted from 1 where CSV counts lines; made by `open_parquet`."""

    def __init__(self, file: pq.ParquetFile, path: Path, progress: Progress) -> None:
        self.path = path
        self.header = tuple(name.strip() for name in file.schema_arrow.names)
        self._file = file
        self._progress = progress

    def batches(self) -> Iterator[Batch]:
        """Give all rows once, every value as text, an absent one as no text."""
        done = 0
        for batch in filter(len, self._read()):
            columns = [
                _spell(self.path, name, column)
                for name, column in zip(self.header, batch.columns, strict=True)
            ]
            yield Batch(range(done + 1, done + batch.num_rows + 1), columns)
            done += batch.num_rows
            self._progress(self.path.name, done, self._file.metadata.num_rows)

    def require_end(self, last_fields: Collection[str] = ()) -> None:
        """Accept: a Parquet file ends with its own description and is never read in part."""

    def _read(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._file.iter_batches(batch_size=_ROWS_PER_BATCH, use_threads=False)
        except (pa.ArrowException, OSError) as error:
            raise refuse_damaged(self.path) from error


def refuse_damaged(path: Path) -> InputError:
    """Make the refusal of what is not, or no longer, a Parquet file."""
    return InputError("This is not a whole Parquet file: it was cut off or damaged.", path=path)


def _spell(path: Path, name: str, column: pa.Array) -> list[str]:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_temporal(column.type):
        column = column.cast(pa.int64() if column.type.bit_width == 64 else pa.int32())
    try:
        texts: list[str] = pc.fill_null(column.cast(pa.string()), "").to_pylist()
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise InputError(
            "The column {column} holds values of type {type}, which cannot be read as text.",
            path=path,
            column=name,
            type=column.type,
        ) from error
    return texts


@contextmanager
def open_parquet(path: Path, progress: Progress = ignore_progress) -> Iterator[ParquetTable]:
    """Open a Parquet file; one that is damaged is an InputError, here or in its batches."""
    with open_bytes(path, ignore_progress):
        pass
    try:
        file = pq.ParquetFile(path, memory_map=False, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise refuse_damaged(path) from error
    with file:
        table = ParquetTable(file, path, progress)
        table.require_unique(table.header)
        yield table
