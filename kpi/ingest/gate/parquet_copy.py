"""Rewrites a Parquet file with nothing but its cells, in a process of its own.

`python -m kpi.ingest.gate.parquet_copy` takes the bytes on standard input and writes the copy: the
same names, types and cells. It leaves out what no row has: texts and numbers left in a dictionary,
statistics, metadata, bytes between the pages.
"""

import sys
from io import BytesIO

import pyarrow as arrow
from pyarrow import parquet

from kpi.ingest.containers.sandbox import OUT_OF_MEMORY, limit_memory
from kpi.system.no_pandas import leave_out_pandas


def main() -> None:
    """Read standard input, write to standard output."""
    leave_out_pandas()
    limit_memory()
    try:
        sys.stdout.buffer.write(copied(sys.stdin.buffer.read()))
    except (MemoryError, arrow.ArrowMemoryError):
        sys.exit(OUT_OF_MEMORY)


def copied(content: bytes) -> bytes:
    """The copy of a Parquet file, a group of rows at a time."""
    file = parquet.ParquetFile(arrow.BufferReader(content))
    schema = arrow.schema(
        [arrow.field(field.name, _plain(field.type)) for field in file.schema_arrow]
    )
    out = BytesIO()
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group, use_threads=False)
            columns = [
                column.cast(field.type) for column, field in zip(rows.columns, schema, strict=True)
            ]
            writer.write_table(arrow.table(columns, schema=schema))
    return out.getvalue()


def _plain(kind: arrow.DataType) -> arrow.DataType:
    """A type without a dictionary or a program's own name for it."""
    if isinstance(kind, arrow.BaseExtensionType):
        return _plain(kind.storage_type)
    return kind.value_type if arrow.types.is_dictionary(kind) else kind


if __name__ == "__main__":
    main()
