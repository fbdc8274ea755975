"""Answers of checks that several tests show."""

from dataclasses import replace

from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.vocabulary import Severity
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices

COLUMNS = ("nøgletal", "område", "periode", "værdi")
READ = Checked(
    "tal.csv", "table_csv", 15, 14, (), new=3, changed=2, unchanged=9, columns=COLUMNS,
    encoding="utf-8-sig", delimiter=";", compared=True, label="CSV",
)  # fmt: skip
NONE = Choices()


def problem(
    code: ProblemCode,
    severity: Severity = "error",
    row: int | None = None,
    value: str | None = None,
) -> Problem:
    return Problem(code, "", row, "værdi", value, "Galt.", "Ret det.", reported_as=severity)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


ERROR, WARNING = problem("unknown_area", row=16), problem("big_change", "warning", 13)
REFUSED = Checked("x.csv", "", 0, 0, (problem("personal_data"),))
UNREAD = Checked("x.csv", "", 0, 0, (problem("not_a_table"),))


def several(part: str) -> Checked:
    """A file with several sheets or tables, as its reading words it."""
    hint = f"Vælg {part} med --sheet NAVN: »A« eller »B«."
    two = Problem("not_a_table", "", None, None, None, "Filen har 2.", hint)
    return replace(UNREAD, problems=(two,))


FOREIGN = Checked("x.csv", "statbank_csv", 9, 0, (problem("missing_column"),), columns=("A", "B"))
