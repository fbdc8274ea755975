"""Checks of single observations: each row of text becomes a checked value or a reported problem."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kpi.domain import format as fmt
from kpi.domain.errors import KpiError, Problem, choices_hint
from kpi.domain.period import Period, last_day, parse_period
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.vocabulary import BOUNDS, MEASURED, STATUSES, Severity

PERIOD_HINT = "Skriv for eksempel 2022, 2024H1, 2024K1, 2024M05, 2024M05D31 eller 2024/2025."
_NOT_NEGATIVE = ("proportion", "count")
_VALUELESS = ("suppressed", "missing", "not_applicable")


@dataclass(frozen=True)
class KnownKeys:
    """What a row may refer to. `claimed` are the keys whose value a claim already questions."""

    kinds: dict[str, str]
    areas: set[str]
    groups: set[str]
    sources: set[str]
    claimed: set[tuple[str, str, str, str]]


@dataclass(frozen=True)
class ObservationRow:
    """One checked row, ready for the table `observation`."""

    indicator_id: str
    area_id: str
    group_id: str
    period: Period
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    decimals: int | None
    as_published: str | None
    note: str | None
    source_id: str
    low: float | None = None
    high: float | None = None
    measured: str = "over"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What the value is of: indicator, area, group and period."""
        return self.indicator_id, self.area_id, self.group_id, self.period.text


def as_number(text: str) -> float | None:
    """The number that `text` writes with a decimal point, or None where it is no finite number."""
    try:
        number = float(text)
    except ValueError:
        return None
    plain = text.lstrip("-").replace(".", "", 1)
    return number if math.isfinite(number) and plain.isascii() and plain.isdigit() else None


def typed_number(written: str) -> str:
    """A number as a person types it (`−25,4 %`, `800.000`), as the tables write it.

    A point before three digits divides thousands, as in all Danish writing; any other text than a
    number comes back as it is.
    """
    plain = re.sub(r"\s|%$", "", written.strip()).replace("−", "-")
    if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", plain):
        plain = plain.replace(".", "")
    number = plain.replace(",", ".")
    return number if as_number(number) is not None else written.strip()


def as_period(text: str) -> Period | None:
    """The period that `text` writes, or None."""
    try:
        return parse_period(text)
    except KpiError:
        return None


def is_date(text: str) -> bool:
    """Whether `text` is a date of the tables: a day, a month or a year."""
    try:
        last_day(text)
    except ValueError:
        return False
    return True


def observation_rows(
    file: str, numbered: Sequence[tuple[int, dict[str, str]]], known: KnownKeys
) -> tuple[list[ObservationRow], list[Problem]]:
    """The valid rows of a file, and all problems of the others.

    `numbered` are (line in the file, row by column name); missing cells are empty text.
    """
    rows: list[ObservationRow] = []
    problems: list[Problem] = []
    first_line: dict[tuple[str, str, str, str], int] = {}
    for line, cells in numbered:
        checked_row = _Row(file, line, cells, known)
        row = checked_row.checked()
        problems += checked_row.problems
        if row is None:
            continue
        if row.key in first_line:
            earlier = first_line[row.key]
            checked_row.report("duplicate_key", "period", f"Samme nøgle står i linje {earlier}.",
                       "Behold én af rækkerne.")  # fmt: skip
            problems.append(checked_row.problems[-1])
            continue
        first_line[row.key] = line
        rows.append(row)
    return rows, problems


class _Row:
    """One row being checked; gathers its problems."""

    def __init__(self, file: str, line: int, cells: dict[str, str], known: KnownKeys) -> None:
        self.file, self.line, self.cells, self.known = file, line, cells, known
        self.problems: list[Problem] = []

    def report(
        self, code: ProblemCode, column: str, message: str, hint: str, severity: Severity = "error"
    ) -> None:
        self.problems.append(
            Problem(code, severity, self.file, self.line, column, self.cells[column], message, hint)
        )

    def checked(self) -> ObservationRow | None:
        cells = self.cells
        self._refers(
            "indicator_id", "unknown_indicator", "Nøgletallet kendes ikke.", self.known.kinds
        )
        self._refers("area_id", "unknown_area", "Området kendes ikke.", self.known.areas)
        self._refers("group_id", "unknown_group", "Gruppen kendes ikke.", self.known.groups)
        self._refers("source_id", "unknown_source", "Kilden kendes ikke.", self.known.sources)
        if cells["status"] not in STATUSES:
            self.report("unknown_status", "status", "Status kendes ikke.",
                      choices_hint(cells["status"], STATUSES))  # fmt: skip
        period = as_period(cells["period"])
        if period is not None and period.kind == "day" and cells["measured"] == "since":
            self.report("unknown_value", "measured", "En dag kan ikke være opgjort siden sig selv.",
                      "Skriv at, eller skriv hele perioden.")  # fmt: skip
        if period is None:
            self.report("unknown_period", "period", "Perioden kendes ikke.", PERIOD_HINT)
        if cells["measured"] and cells["measured"] not in MEASURED:
            self.report("unknown_value", "measured", "Opgørelsesmåden kendes ikke.",
                      choices_hint(cells["measured"], MEASURED))  # fmt: skip
        numbers: dict[str, Any] = {
            name: self._number(name)
            for name in ("value", "numerator", "denominator", "low", "high")
        }
        if not self.problems:
            low, high = numbers["low"], numbers["high"]
            most = high if high is not None else low
            self._fits(numbers["value"], numbers["numerator"], numbers["denominator"], most)
            self._has_limits(numbers["value"], low, high, numbers["numerator"])
        if any(problem.severity == "error" for problem in self.problems) or period is None:
            return None
        written = cells["value"]
        return ObservationRow(
            cells["indicator_id"],
            cells["area_id"],
            cells["group_id"],
            period,
            **numbers,
            status=cells["status"],
            decimals=len(written.partition(".")[2]) if written else None,
            as_published=cells["as_published"] or None,
            note=cells["note"] or None,
            source_id=cells["source_id"],
            measured=cells["measured"] or "over",
        )

    def _refers(
        self, column: str, code: ProblemCode, message: str, valid: dict[str, str] | set[str]
    ) -> None:
        # An empty table is reported by itself; without it the rows cannot be checked.
        if valid and self.cells[column] not in valid:
            self.report(code, column, message, choices_hint(self.cells[column], sorted(valid)))

    def _number(self, column: str) -> float | None:
        text = self.cells[column]
        if not text:
            return None
        number = as_number(text)
        if number is None:
            hint = "Skriv tallet med punktum og uden tusindtalstegn, for eksempel 9.7."
            self.report("not_a_number", column, "Feltet er ikke et tal.", hint)
        return number

    def _fits(
        self, value: float | None, numerator: float | None, denominator: float | None,
        most: float | None,
    ) -> None:  # fmt: skip
        cells = self.cells
        kind = self.known.kinds.get(cells["indicator_id"], "")
        if value is None and cells["status"] not in (*_VALUELESS, *BOUNDS):
            self.report("not_a_number", "value", "Værdien mangler.",
                      "Skriv tallet, eller sæt status til suppressed eller missing.")  # fmt: skip
        if value is not None and cells["status"] in _VALUELESS:
            self.report("unknown_status", "status",
                      "En værdi, der er skjult eller mangler, har intet tal.",
                      "Slet værdien, eller sæt status til final.")  # fmt: skip
        if numerator is not None and cells["status"] in _VALUELESS:
            self.report("unknown_status", "numerator", "En skjult værdi røbes af sin tæller.",
                      "Slet tælleren.")  # fmt: skip
        if value is not None and kind == "proportion" and not 0 <= value <= 100:
            self.report("out_of_range", "value", "En andel skal være 0-100 %.", "Ret tallet.")
        if value is not None and kind == "count" and value < 0:
            self.report("out_of_range", "value", "Et antal kan ikke være negativt.", "Ret tallet.")
        for column, number in (("numerator", numerator), ("denominator", denominator)):
            if number is not None and number < 0:
                self.report(
                    "out_of_range", column, "Et antal kan ikke være negativt.", "Ret tallet."
                )
        part = (most if value is None else value) if kind == "count" else numerator
        if part is not None and denominator is not None and kind != "mean" and part > denominator:
            self.report("numerator_exceeds_denominator", "denominator",
                      "Tælleren er større end nævneren.",
                      "Ret tallene, eller byt dem om.")  # fmt: skip
        if not self.problems and kind == "proportion":
            self._agrees_with_counts(value, numerator, denominator)

    def _has_limits(
        self, value: float | None, low: float | None, high: float | None, numerator: float | None
    ) -> None:
        """What the source's limits must be: its own with "mindst" and "højst", two with a range."""
        status = self.cells["status"]
        fits = {
            "at_least": high is None and value is not None and low in (None, value),
            "at_most": low is None and value is not None and high in (None, value),
            "range": value is None and low is not None and high is not None and low < high,
        }.get(status, low is None and high is None)
        if not fits:
            self.report("unknown_status", "status", "Status og grænser passer ikke sammen.",
                      "range har low under high og ingen value. at_least og at_most har kun "
                      "value. Andre tal har ingen grænser.")  # fmt: skip
        if status in BOUNDS and numerator is not None:
            self.report("unknown_status", "numerator", "En grænse har ingen tæller.",
                      "Slet tælleren.")  # fmt: skip
        kind = self.known.kinds.get(self.cells["indicator_id"], "")
        for column, number in (("low", low), ("high", high)):
            too_large = kind == "proportion" and number is not None and number > 100
            if number is not None and (too_large or (kind in _NOT_NEGATIVE and number < 0)):
                self.report("out_of_range", column, "Grænsen ligger uden for det mulige.",
                          "Ret tallet.")  # fmt: skip

    def _agrees_with_counts(
        self, value: float | None, numerator: float | None, denominator: float | None
    ) -> None:
        if value is None or numerator is None or not denominator:
            return
        share = 100 * numerator / denominator
        tolerance = 0.5 * 10.0 ** -len(self.cells["value"].partition(".")[2])
        if abs(share - value) <= tolerance + 1e-9:
            return
        key = tuple(self.cells[name] for name in ("indicator_id", "area_id", "group_id", "period"))
        self.report(
            "value_mismatch", "value",
            f"Værdien passer ikke med tæller og nævner: {fmt.number(numerator, 0)} af "
            f"{fmt.number(denominator, 0)} er {fmt.percent(share, 1)}.",
            "Ret tallet, eller registrér udsagnet i claim.csv.",
            severity="warning" if key in self.known.claimed else "error",
        )  # fmt: skip
