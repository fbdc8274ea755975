"""Labels whose rows a recipe passes by, with how many rows they have.

`[keep]`, `[sum]` and `[share]` name the rows to use, and the others are left out. What was left out
of the file that a recipe was made from is meant; a label that is new since then may be a part of
what is read (`Ukrainere` split from `Ikke-vestlige`), and one that nobody has added to a sum may be
lacking in it.
"""

from collections.abc import Mapping, Sequence

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.wording import first_listed
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.proposed_recipe import OWN_COLUMNS
from kpi.ingest.mapping.unread import plain
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.labels import names_sum
from kpi.ingest.words.lookup import folded

_NAMES_SHOWN = 5
_BLANK = "tomme celler"
_NARROWER = (
    "Kontrollér, at tallene stadig er for de samme. Skal rækkerne med, så skriv værdien under "
    "[keep] eller [group] i opskriften, ellers under [made_from.left_out]."
)
_OUTSIDE_SUM = (
    "Er de en del af tallet, så skriv værdien med de andre under [sum] eller [share] i opskriften, "
    "ellers under [made_from.left_out]."
)
_MEANT = "Det kræver ingen handling, hvis de ikke skal med. Ellers ret [keep] i opskriften."


def labels_left_out(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """A warning for each column whose rows a recipe chooses, where the file has others.

    What is left out is for the record, but for labels that the file of the recipe did not have, and
    for those outside a sum that nobody has left out of it. Nothing is said of what the program
    itself has chosen of a file without a recipe.
    """
    if plan.recipe is None or plan.recipe.name == OWN_COLUMNS:
        return []
    chosen = {folded(name) for name in (*plan.recipe.keep, *plan.recipe.added_up())}
    problems: list[Problem] = []
    for place, labels in plan.keep.items():
        if folded(table.columns[place]) in chosen:
            rows = _rows_left_out(connection, table, plan, place, labels)
            problems += _of_column(table.columns[place], labels, rows, plan, place)
    return problems


def _rows_left_out(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    place: int,
    labels: Sequence[str],
) -> dict[str, int]:
    """The labels of a column that are not kept, in the file's order, with their rows."""
    kept, codes = {folded(label) for label in labels}, table.codes.get(place, {})
    texts = dict(connection.table(f"spelled_c{place}").fetchall())
    others = {
        spelling: plain(text) or _BLANK
        for spelling, text in texts.items()
        if not {folded(name) for name in (plain(text), unmarked(plain(text)), codes.get(text, ""))}
        & kept
    }
    if not others:
        return {}
    # A blank cell beside a blank value is a heading, or a line between.
    filled = f"c{plan.columns['value']} IN (FROM filled)" if "value" in plan.columns else "true"
    if "value" in plan.columns:
        value = connection.table(f"spelled_c{plan.columns['value']}")
        value.filter("trim(text) <> ''").project("spelling").create_view("filled", replace=True)
    sql = _COUNTED.format(label=f"c{place}", filled=filled)
    rows = connection.execute(sql, {"others": list(others)}).fetchall()
    counts: dict[str, int] = {}
    for spelling, count in rows:
        counts[others[spelling]] = counts.get(others[spelling], 0) + int(count)
    return counts


def _of_column(
    name: str, labels: Sequence[str], rows: Mapping[str, int], plan: Plan, place: int
) -> list[Problem]:
    known = _known(plan, name)
    is_added = place in plan.added_up
    new = {
        label: count
        for label, count in rows.items()
        if (is_added or known is not None)
        and folded(label) not in (known or ())
        and not names_sum(label)
    }
    old = {label: count for label, count in rows.items() if label not in new}
    kept = first_listed([f"»{label}«" for label in labels], _NAMES_SHOWN)
    problems = []
    if new and is_added and known is None:
        problems.append(
            _problem("left_out_label", name, new,
                     f"{_rows_words(new)} i »{name}« er ikke med i summen: opskriften lægger "
                     f"{kept} sammen.", _OUTSIDE_SUM)
        )  # fmt: skip
    elif new:
        problems.append(
            _problem("left_out_label", name, new,
                     f"{_rows_words(new)} springes over. Det var der ikke i »{name}« i den fil, "
                     f"opskriften er lavet til; den beholder {kept}.",
                     _OUTSIDE_SUM if is_added else _NARROWER)
        )  # fmt: skip
    if old and known is None:
        problems.append(
            _problem("ignored_row", name, old,
                     f"{_rows_words(old)} springes over: opskriften beholder {kept} i »{name}«.",
                     _MEANT)
        )  # fmt: skip
    return problems


def _problem(
    code: ProblemCode, name: str, rows: Mapping[str, int], message: str, hint: str
) -> Problem:
    label = next(iter(rows))
    value = None if label == _BLANK else label
    return Problem(code, "", None, name, value, message, hint, weight=sum(rows.values()))


def _rows_words(rows: Mapping[str, int]) -> str:
    """`24 rækker med »Mænd« og »Kvinder«`: the labels with most rows first."""
    labels = [
        label if label == _BLANK else f"»{label}«"
        for label in sorted(rows, key=lambda label: -rows[label])
    ]
    count = fmt.counted(sum(rows.values()), "række", "rækker")
    return f"{count} med {first_listed(labels, _NAMES_SHOWN)}"


def _known(plan: Plan, name: str) -> frozenset[str] | None:
    """The labels of a column that the recipe's own file had beside those kept; None: not known."""
    if plan.recipe is None or plan.recipe.made_from is None:
        return None
    for column, labels in plan.recipe.made_from.left_out.items():
        if folded(column) == folded(name):
            return frozenset(map(folded, labels))
    return None


# Rows of the file by a label that is not kept, in the order of the file.
_COUNTED = """
SELECT {label}, count(DISTINCT coalesce(line, record))
FROM raw
WHERE list_contains($others::INTEGER[], {label})
    AND ({filled} OR {label} NOT IN (SELECT spelling FROM spelled_{label} WHERE trim(text) = ''))
GROUP BY {label}
ORDER BY min(record)
"""
