r"""Eurostat's own text format: the labels of a row in one cell, and what the other heads are.

`freq,unit,geo\TIME_PERIOD` over `A,PC,DK`: the names of the labels, parted by commas, and behind
the backslash what stands beside them. A flag stands behind the figure (`74.1 p`). Such a table
becomes what Eurostat gives as SDMX-CSV: a column for each label, the period, the figure, the flag.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from kpi.ingest.readers.delimited import Head
from kpi.ingest.table.dictionary import Rows, spelled_rows
from kpi.ingest.words.written_periods import is_period_name

_NAMES = re.compile(r"(?P<labels>[\w ]+(?:,[\w ]+)*)\\(?P<beside>\w+)")
_FLAGGED = re.compile(r"(?P<figure>-?\d[\d.,]*) ?(?P<flag>[a-z]{1,3})")
_FIGURE_AND_FLAG = ("OBS_VALUE", "OBS_FLAG")

Record = tuple[int | None, tuple[str, ...]]


def with_labels_apart(head: Head, rows: Rows) -> tuple[Head, Rows, tuple[str, ...]] | None:
    """The table with each label in a column of its own, and the columns that are not the file's.

    None where it is no such table.

    Beside the labels are periods, so that a row is one figure. A row of fewer or more labels than
    the names leaves the table as it is.
    """
    match = _NAMES.fullmatch(head.columns[0])
    if match is None or 0 in head.nameless:
        return None
    names = tuple(name.strip() for name in match["labels"].split(","))
    if not all(text.count(",") == len(names) - 1 for text in rows.columns[0].texts.to_pylist()):
        return None
    heads = tuple(name.strip() for name in head.columns[1:])
    if not all(map(is_period_name, heads)):
        return None
    columns = (*names, match["beside"], *_FIGURE_AND_FLAG)
    head = replace(head, columns=columns, nameless=frozenset(), least=0)
    return head, spelled_rows(_a_figure_each(rows, heads), len(columns)), columns[len(names) :]


def _a_figure_each(rows: Rows, periods: tuple[str, ...]) -> Iterator[Record]:
    for line, (labels, *cells) in rows.first(len(rows)):
        names = tuple(map(str.strip, labels.split(",")))
        for period, cell in zip(periods, cells, strict=True):
            match = _FLAGGED.fullmatch(cell.strip())
            figure, flag = (match["figure"], match["flag"]) if match else (cell.strip(), "")
            yield line, (*names, period, figure, flag)
