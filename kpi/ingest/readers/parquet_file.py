"""The columns of a Parquet file, read by a child process that a bad file may bring down."""

import json
import logging
from typing import IO, Any

import numpy as np
import pyarrow as arrow

from kpi.domain.personal import PersonalNumber
from kpi.ingest.containers.sandbox import DiedError, sandboxed
from kpi.ingest.gate.gate import refuse_personal
from kpi.ingest.table.dictionary import Rows, spelled
from kpi.ingest.table.raw import RefusedError, Upload

TIMEOUT_SECONDS = 120.0
# The column that pandas adds to a table: the numbers of its rows.
ROW_NUMBERS = "__index_level_0__"
_SPLIT = "Del filen op, eller gem tabellen som CSV."

_log = logging.getLogger(__name__)


def read_parquet(upload: Upload) -> tuple[tuple[str, ...], Rows]:
    """The names of a Parquet file's columns, and its rows, numbered from 1.

    ROW_NUMBERS may be among them. A file with CPR numbers in its metadata is refused.

    Cells are text as `RawTable` describes it; a date or midnight is a day period, a missing value
    empty text. Raises RefusedError: `not_a_table` for a broken, encrypted or nested file,
    `too_large` past the limits of `kpi.ingest.table.raw`. A fault of the program in the child
    raises FaultyProgramError.
    """
    try:
        with sandboxed(
            "kpi.ingest.readers.parquet_process", content=upload.content, seconds=TIMEOUT_SECONDS
        ) as written:
            return _read(written)
    except DiedError as died:
        _log.info("Parquet of %d bytes: exit %d", len(upload.content), died.exit_code)
        raise _died(died) from died


def _read(written: IO[bytes]) -> tuple[tuple[str, ...], Rows]:
    head = _line(written)
    if head.get("personal"):
        refuse_personal([PersonalNumber(None, "", "det, filen fortæller om sig selv")])
    columns = []
    while _line(written):
        try:
            with arrow.ipc.open_stream(written) as stream:
                columns.append(stream.read_all().column(0))
        except (arrow.ArrowInvalid, OSError):
            break  # the child died while writing, and its exit code says why
    lines = np.arange(1, head.get("rows", 0) + 1, dtype="int32")
    return tuple(head.get("columns", ())), spelled(arrow.chunked_array([lines]), columns)


def _line(written: IO[bytes]) -> dict[str, Any]:
    """The next line of JSON; empty where the child wrote no more."""
    line = written.readline()
    if not line.endswith(b"\n"):
        return {}
    message: dict[str, Any] = json.loads(line)
    if "refused" in message:
        raise RefusedError(*message["refused"])
    return message


def _died(died: DiedError) -> RefusedError:
    if died.was_late:
        return RefusedError("too_large", "Parquet-filen tog for lang tid at læse.", _SPLIT)
    return RefusedError(
        "too_large", "Parquet-filen kræver mere hukommelse, end der er afsat til én fil.", _SPLIT
    )
