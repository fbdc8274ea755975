"""CPR numbers in a Parquet file beside its cells: its own words, and what it no longer uses."""

import numpy as np
import pyarrow as arrow
from pyarrow import parquet

from kpi.ingest.unseen_bytes import holds_in_bytes


def is_personal(content: bytes) -> bool:
    """Whether a CPR number stands in what the file tells of itself, of its columns and of texts.

    A program that takes rows out may leave their texts in the dictionary of a column.
    """
    source = arrow.BufferReader(content)
    try:
        described = parquet.read_metadata(source)
        schema = parquet.read_schema(source)
        told = [described.metadata or {}, schema.metadata or {}]
        told += [field.metadata or {} for field in schema]
        texts = [text for each in told for pair in each.items() for text in pair]
        texts.append((described.created_by or "").encode())
        return any(map(holds_in_bytes, texts)) or _in_dictionaries(content, schema)
    except (arrow.ArrowException, UnicodeError, OSError, OverflowError):
        return False


def _in_dictionaries(content: bytes, schema: arrow.Schema) -> bool:
    """Whether a dictionary holds one in a text that no row has, or a row in letters of two bytes.

    A column and a group of rows at a time: no more than the reader of its cells holds.
    """
    names = [field.name for field in schema if _has_texts(field.type)]
    file = parquet.ParquetFile(arrow.BufferReader(content), read_dictionary=names)
    return any(
        _in_column(chunk)
        for name in names
        for group in range(file.num_row_groups)
        for column in file.read_row_group(group, columns=[name], use_threads=False).columns
        for chunk in column.chunks
    )


def _has_texts(kind: arrow.DataType) -> bool:
    kind = kind.value_type if arrow.types.is_dictionary(kind) else kind
    return bool(
        arrow.types.is_string(kind) or arrow.types.is_large_string(kind)
        or arrow.types.is_binary(kind) or arrow.types.is_large_binary(kind)
    )  # fmt: skip


def _in_column(chunk: arrow.Array) -> bool:
    if not arrow.types.is_dictionary(chunk.type):
        return False
    used = np.zeros(len(chunk.dictionary), dtype=bool)
    used[chunk.indices.drop_null().to_numpy()] = True
    texts = chunk.dictionary.cast(arrow.large_binary())
    unused = texts.filter(arrow.array(~used)).to_pylist()
    return any(map(holds_in_bytes, unused)) or any(
        b"\0" in text and holds_in_bytes(text) for text in texts.to_pylist()
    )
