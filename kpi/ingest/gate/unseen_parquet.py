"""CPR numbers in a Parquet file beside its cells: in metadata and in texts no longer used."""

import numpy as np
import pyarrow as arrow
from pyarrow import parquet

from kpi.cpr.halves import second_halves
from kpi.cpr.prose import holds_in_prose
from kpi.cpr.spelling import holds_personal_number
from kpi.ingest.gate.unseen_bytes import holds_in_base64, holds_in_bytes, holds_within

# Arrow's copy of the names and metadata of columns, packed: these are looked at as they are.
_OWN_COPY = b"ARROW:schema"


def is_personal(content: bytes) -> bool:
    """Whether there is a CPR number in the metadata of the file, its columns or its dictionaries.

    A program that takes rows out may leave their texts in the dictionary of a column.
    """
    source = arrow.BufferReader(content)
    try:
        described = parquet.read_metadata(source)
        schema = parquet.read_schema(source)
        metadata = [described.metadata or {}, schema.metadata or {}]
        metadata += [field.metadata or {} for field in schema]
        for entries in metadata:
            entries.pop(_OWN_COPY, None)
        texts = [text for entries in metadata for text in entries.values()]
        texts += [key for entries in metadata for key in entries]
        texts += [key + b": " + text for entries in metadata for key, text in entries.items()]
        texts += [
            (described.created_by or "").encode(),
            *(str(field.type).encode() for field in schema),
        ]
        return (
            any(map(_in_text, texts))
            or bool(second_halves(text.decode("utf-8", "replace") for text in texts))
            or _in_statistics(content, described)
            or _in_dictionaries(content, schema)
        )
    except (arrow.ArrowException, UnicodeError, OSError, OverflowError):
        return False


def _in_text(text: bytes) -> bool:
    """Whether a text of the metadata contains one, among words or packed too."""
    return (
        holds_within(text)
        or holds_in_base64(text)
        or holds_in_prose(text.decode("utf-8", "replace"))
    )


def _in_dictionaries(content: bytes, schema: arrow.Schema) -> bool:
    """Whether one is in a dictionary's text that no row has, or in a row in letters of two bytes.

    A column and a group of rows at a time: no more in memory than the reader of its cells has.
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


def _in_statistics(content: bytes, described: parquet.FileMetaData) -> bool:
    """Whether the least or greatest value in a column's statistics is one, and no cell is.

    A cell's own number is judged where the cells are read.
    """
    file = parquet.ParquetFile(arrow.BufferReader(content))
    for group in range(described.num_row_groups):
        for place in range(described.num_columns):
            statistics = described.row_group(group).column(place).statistics
            if statistics is None or not statistics.has_min_max:
                continue
            ends = [end for end in (statistics.min, statistics.max) if _is_number(end)]
            if ends:
                name = described.row_group(group).column(place).path_in_schema
                cells = file.read_row_group(group, columns=[name], use_threads=False)
                if any(end not in cells.column(0).unique().to_pylist() for end in ends):
                    return True
    return False


def _is_number(value: object) -> bool:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    text = f"{value:.0f}" if isinstance(value, float) and value.is_integer() else text
    return holds_personal_number(text)


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
