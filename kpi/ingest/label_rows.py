"""Rows that hold a label and nothing else of an observation: headings and sums within a table."""

from collections.abc import Callable

import duckdb

from kpi import format as fmt
from kpi.errors import Problem
from kpi.ingest.labels import is_total
from kpi.ingest.plan import Plan
from kpi.ingest.raw import RawTable

# What an observation is known by; the label stands in the first of them that the file has.
_KEYS = ("indicator_id", "area_id", "period")

RowsWhere = Callable[[int, Callable[[str], bool]], duckdb.Expression | None]


def label_rows(
    table: RawTable, plan: Plan, where: RowsWhere, says_more: Callable[[str], bool]
) -> duckdb.Expression | None:
    """Which rows have a label in place of an observation; None where none can.

    All parts of its key but the first are blank. A heading (`Region Midtjylland`) has no value
    either; a sum (`Region Midtjylland i alt`) may have one. A heading that says what the rows
    below it are of (`says_more`: a group, an indicator) is none to pass over. `where` gives the
    rows whose text in a column fits; None where no text of it does.
    """
    keys = [plan.columns[role] for role in _KEYS if role in plan.columns]
    value = plan.columns.get("value")
    if len(keys) < 2 or value is None or table.is_wide:
        return None
    is_alone: duckdb.Expression | None = None
    for place in keys[1:]:
        is_blank = where(place, _is_blank)
        if is_blank is None:
            return None
        is_alone = is_blank if is_alone is None else is_alone & is_blank
    assert is_alone is not None, "there are two keys or more"
    no_value, is_sum = where(value, _is_blank), where(keys[0], is_total)
    is_label = [one for one in (no_value, is_sum) if one is not None]
    if not is_label:
        return None
    has_label = where(keys[0], lambda text: not (_is_blank(text) or says_more(text)))
    if has_label is None:
        return None
    chosen = is_label[0] if len(is_label) == 1 else is_label[0] | is_label[1]
    return is_alone & has_label & chosen


def told_labels(rows: duckdb.DuckDBPyRelation, table: RawTable, plan: Plan) -> list[Problem]:
    """One warning for all of them."""
    line, count = rows.aggregate("min(line), count(*)").fetchone() or (None, 0)
    if not count:
        return []
    first = next(plan.columns[role] for role in _KEYS if role in plan.columns)
    which = fmt.counted(count, "række", "rækker")
    return [
        Problem(
            "ignored_row", "warning", "", line, table.columns[first], None,
            f"{which} har kun en overskrift eller en sum og springes over.",
            "Det kræver ingen handling.",
        )
    ]  # fmt: skip


def _is_blank(text: str) -> bool:
    return not text.strip(" \t\u00a0")
