"""Rows with a label and nothing else of an observation: headings and sums within a table."""

from collections.abc import Callable, Mapping

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.labels import is_total

# The key of an observation; the label is in the first of these columns that the file has.
KEYS = ("indicator_id", "area_id", "period")
_MOST_NAMED = 3
_MOST_CHARACTERS = 60

RowsWhere = Callable[[int, Callable[[str], bool]], duckdb.Expression | None]


def label_rows(
    table: RawTable, plan: Plan, where: RowsWhere, says_more: Callable[[str], bool]
) -> duckdb.Expression | None:
    """Which rows have a label in place of an observation; None where none can.

    All parts of its key but the first are blank. A heading (`Region Midtjylland`) has no value
    either; a sum (`Region Midtjylland i alt`) may have one. A heading that says what the rows
    below it are of (`says_more`: a group, an indicator) is not to be ignored. `where` gives the
    rows whose text in a column fits; None where no text of it does.
    """
    keys = [plan.columns[role] for role in KEYS if role in plan.columns]
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
    is_label = [alternative for alternative in (no_value, is_sum) if alternative is not None]
    if not is_label:
        return None
    has_label = where(keys[0], lambda text: not (_is_blank(text) or says_more(text)))
    if has_label is None:
        return None
    chosen = is_label[0] if len(is_label) == 1 else is_label[0] | is_label[1]
    return is_alone & has_label & chosen


def label_problems(
    rows: duckdb.DuckDBPyRelation,
    table: RawTable,
    plan: Plan,
    texts: Mapping[int, str],
    is_place: Callable[[str], bool],
) -> list[Problem]:
    """One warning for the labels of places and sums, and one that names the others.

    `texts` are those of the column of labels, by spelling.
    """
    first = next(plan.columns[role] for role in KEYS if role in plan.columns)
    spelling = duckdb.ColumnExpression(f"c{first}")
    lines = rows.aggregate(
        [
            spelling,
            duckdb.FunctionExpression("min", duckdb.ColumnExpression("line")),
            duckdb.FunctionExpression("count", duckdb.ColumnExpression("line")),
        ]
    ).fetchall()
    labels = sorted((line, count, texts[spelling_id].strip()) for spelling_id, line, count in lines)
    unusual = [label for label in labels if not (is_total(label[2]) or is_place(label[2]))]
    problems = []
    if usual := [label for label in labels if label not in unusual]:
        counted = fmt.counted(sum(count for _, count, _ in usual), "række", "rækker")
        problems.append(
            Problem(
                "ignored_row", "", usual[0][0], table.columns[first], None,
                f"{counted} har kun en overskrift eller en sum og springes over.",
                "Det kræver ingen handling.",
            )
        )  # fmt: skip
    if unusual:
        counted = fmt.counted(sum(count for _, count, _ in unusual), "række", "rækker")
        names = [f"»{text[:_MOST_CHARACTERS]}«" for _, _, text in unusual]
        problems.append(
            Problem(
                "head_words", "", unusual[0][0], table.columns[first], unusual[0][2],
                f"{counted} har kun en overskrift og springes over: "
                f"{first_listed(names, _MOST_NAMED)}.",
                "Kontrollér, at rækkerne under den er tal for det samme som de andre.",
                reported_as="warning",
            )
        )  # fmt: skip
    return problems


def _is_blank(text: str) -> bool:
    return not text.strip(" \t\u00a0")
