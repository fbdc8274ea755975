"""Rows with a label and nothing else of an observation: headings and sums within a table."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import and_, or_

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.domain.wording import first_listed
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.labels import names_sum, sum_of

# The key of an observation; the label is in the first of these columns that the file has.
KEYS = ("indicator_id", "area_id", "period")
_MOST_NAMED = 3
_MOST_CHARACTERS = 60

RowsWhere = Callable[[int, Callable[[str], bool]], duckdb.Expression | None]


def label_rows(
    table: RawTable, plan: Plan, where: RowsWhere, says_more: Callable[[str], bool]
) -> duckdb.Expression | None:
    """Which rows have a label in place of an observation; None where none can.

    All parts of its key but one are blank. A heading (`Region Midtjylland`) is in the first and has
    no value either; a sum (`Region Midtjylland i alt`, `2024 Total`) may have one. A heading that
    says what the rows below it are of (`says_more`: a group, an indicator) is not to be ignored.
    `where` gives the rows whose text in a column fits; None where no text of it does.
    """
    keys = [plan.columns[role] for role in KEYS if role in plan.columns]
    value = plan.columns.get("value")
    if table.is_wide:  # the period is in the heads
        keys = [plan.columns[role] for role in ("area_id",) if role in plan.columns]
        sums = _without_key(table, plan, keys, where) if keys else []
        return reduce(or_, sums) if sums else None
    if len(keys) < 2 or value is None:
        return None
    no_value = where(value, _is_blank)
    heading = where(keys[0], lambda text: not (_is_blank(text) or says_more(text)))
    alternatives: list[duckdb.Expression] = []
    for place in keys:
        others = [where(other, _is_blank) for other in keys if other != place]
        are_blank = [is_blank for is_blank in others if is_blank is not None]
        if len(are_blank) < len(others):
            continue
        is_alone = reduce(and_, are_blank)
        # A bare `Total` of the periods is reported with its own word.
        is_sum = where(place, _fitting(names_sum if place == keys[0] else is_named_sum, says_more))
        if is_sum is not None:
            alternatives.append(is_alone & is_sum)
        if place == keys[0] and no_value is not None and heading is not None:
            alternatives.append(is_alone & no_value & heading)
    alternatives += _without_key(table, plan, keys, where)
    return reduce(or_, alternatives) if alternatives else None


def _fitting(
    fits: Callable[[str], bool], says_more: Callable[[str], bool]
) -> Callable[[str], bool]:
    return lambda text: fits(text) and not says_more(text)


def is_named_sum(label: str) -> bool:
    """Whether a label is of the sum of another: `2024 Total`, and not `Total`."""
    return bool(sum_of(label))


def _without_key(
    table: RawTable, plan: Plan, keys: Sequence[int], where: RowsWhere
) -> list[duckdb.Expression]:
    """Rows without any part of a key, whose label in another column is of a sum.

    So a pivot of region, municipality and year ends each region: `Region Midtjylland Total;;`.
    """
    are_blank = [is_blank for place in keys if (is_blank := where(place, _is_blank)) is not None]
    if len(are_blank) < len(keys):
        return []
    others = set(range(len(table.columns))) - {*plan.columns.values()}
    sums = (where(place, names_sum) for place in sorted(others))
    return [reduce(and_, [*are_blank, is_sum]) for is_sum in sums if is_sum is not None]


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
    # Where the first part of the key is blank, the label is a sum in another one.
    unusual = [
        label for label in labels if label[2] and not (names_sum(label[2]) or is_place(label[2]))
    ]
    problems = []
    if usual := [label for label in labels if label not in unusual]:
        counted = fmt.counted(sum(count for _, count, _ in usual), "række", "rækker")
        problems.append(
            Problem(
                "ignored_row", "", usual[0][0], table.columns[first], None,
                f"{counted} har kun en overskrift eller en sum og springes over.",
                NO_ACTION_NEEDED,
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
