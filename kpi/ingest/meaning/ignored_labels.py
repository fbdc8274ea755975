"""Warnings for labels whose rows are ignored: by a recipe, or since Spor has no such group."""

import re
from collections.abc import Sequence

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.domain.wording import first_listed
from kpi.ingest.meaning.word import IGNORED_CODES, Word
from kpi.ingest.table.raw import TYPED

# Labels that a recipe ignores: more than so many of a column are reported together.
_MOST_ONE_BY_ONE = 3
# Those whose group nobody knows are no group to create.
_NOBODY = re.compile(r"\W*(?:u|ikke )(?:oplyst|kendt|specificeret|angivet)\w*", re.IGNORECASE)


def ignored_labels(
    connection: duckdb.DuckDBPyConnection, role: str, words: list[Word],
    spellings: dict[str, int], name: str, *, are_proposed: bool = False,
) -> list[Problem]:  # fmt: skip
    """A warning for each label that is ignored, at its first row; for many of a recipe one.

    Groups that nobody has said are to be ignored (`are_proposed`) are unknown ones.
    """
    ignored = {spellings[word.text]: word for word in words if word.code in IGNORED_CODES}
    if not ignored:
        return []
    column, line = duckdb.ColumnExpression(role), duckdb.ColumnExpression("line")
    accepted = map(duckdb.ConstantExpression, ignored)
    rows = connection.table("candidate").filter(column.isin(*accepted))
    counted = rows.aggregate(
        [column, duckdb.FunctionExpression("min", line), duckdb.FunctionExpression("count", line)]
    )
    rows_of_label = sorted(counted.fetchall(), key=lambda row: row[1])
    unknown: list[Problem] = []
    if are_proposed and role == "group_id":
        groups = [row for row in rows_of_label if not _NOBODY.match(ignored[row[0]].text)]
        unknown = _unknown_groups(groups, ignored, name)
        rows_of_label = [row for row in rows_of_label if row not in groups]
    # Nobody reads three quarters of each year one by one; of areas each is somebody.
    by_recipe = [
        row for row in rows_of_label
        if ignored[row[0]].code == "ignored_row" and not ignored[row[0]].message
    ]  # fmt: skip
    many = by_recipe if len(by_recipe) > _MOST_ONE_BY_ONE else []
    one_by_one = [row for row in rows_of_label if row not in many]
    return [
        Problem(
            ignored[spelling].code or "ignored_row", "", first, name,
            ignored[spelling].text,
            (ignored[spelling].message or "Hører ikke til tallene og springes over")
            + f" ({fmt.counted(count, 'række', 'rækker')}).",
            NO_ACTION_NEEDED,
        )
        for spelling, first, count in one_by_one
    ] + _together(many, ignored, name) + unknown  # fmt: skip


def _unknown_groups(
    rows_of_label: Sequence[tuple[int, int, int]], ignored: dict[int, Word], name: str
) -> list[Problem]:
    """One warning for all groups that Spor does not have: their figures are not published."""
    if not rows_of_label:
        return []
    labels = [ignored[spelling].text.removeprefix(TYPED) for spelling, _, _ in rows_of_label]
    named = first_listed([f"»{label}«" for label in labels], _MOST_ONE_BY_ONE)
    rows = sum(count for _, _, count in rows_of_label)
    are = "er ingen gruppe" if len(labels) == 1 else "er ingen grupper"
    return [
        Problem(
            "unknown_group", "", rows_of_label[0][1], name, labels[0],
            f"{named} {are} i Spor, og {fmt.counted(rows, 'række', 'rækker')} springes over.",
            "Skal tallene med, så opret gruppen: python -m kpi add group FIL.",
            reported_as="warning",
        )
    ]  # fmt: skip


def _together(
    many: list[tuple[int, int, int]], ignored: dict[int, Word], name: str
) -> list[Problem]:
    """One warning for all labels that the recipe ignores: spelling, first line, count of rows."""
    if not many:
        return []
    labels = [f"»{ignored[spelling].text.removeprefix(TYPED)}«" for spelling, _, _ in many]
    rows = sum(count for _, _, count in many)
    return [
        Problem(
            "ignored_row", "", many[0][1], name, None,
            f"{first_listed(labels, _MOST_ONE_BY_ONE)} hører ikke til tallene og springes over "
            f"({fmt.counted(rows, 'række', 'rækker')}).",
            NO_ACTION_NEEDED,
        )
    ]  # fmt: skip
