"""Which of several measures of a file is meant: by a person, or by the indicator's unit."""

from collections.abc import Sequence

from kpi.cpr.messages import without_personal_numbers
from kpi.domain import format as fmt
from kpi.domain.errors import Problem, choices_hint
from kpi.domain.model import Indicator
from kpi.domain.units import unit_name
from kpi.domain.wording import first_listed
from kpi.ingest.mapping.column_mapping import Measure, chosen_measure
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.share_of_counts import contradicted_share
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.turning.column_texts import ColumnTexts
from kpi.ingest.words.telling_words import telling_words
from kpi.ingest.words.units import COUNT, PERCENT, is_own_unit, unit_kind, unit_of_name

# `Andel` and `Antal ledige` are no units, but leave no doubt of them.
_UNITS_BY_MEANING = {"andel": PERCENT, "antal": COUNT}
_MOST_NAMED = 6


def measure_of_unit(names: Sequence[str], indicator: Indicator) -> str:
    """The only measure of these in the indicator's unit; empty where none or several may be.

    `Antal` and `Pct.` with an indicator in percent: the second. Each of them must say its unit.
    """
    units = {name: _unit(name) for name in names}
    fitting = [name for name, unit in units.items() if is_own_unit(unit, indicator)]
    return fitting[0] if all(units.values()) and len(fitting) == 1 else ""


def chosen_by_unit(measure: str, others: Sequence[str], indicator: Indicator) -> Problem:
    """A warning that names the measure that was chosen, why, and those that were not."""
    names = [f"»{name.removeprefix(TYPED)}«" for name in others]
    return Problem(
        "read_by_content", "", None, None, measure,
        f"Filen har flere mål. »{measure}« læses, fordi {indicator.name} er i "
        f"{unit_name(indicator.unit)}, og {first_listed(names, _MOST_NAMED)} læses ikke.",
        "Er det et andet mål, så vælg det: --measure NAVN.",
    )  # fmt: skip


def counts_contradict(table: RawTable, names: Sequence[str]) -> list[Problem]:
    """A warning where the share among these columns of figures is not that of the counts there."""
    contradiction = contradicted_share(table, names)
    if contradiction is None:
        return []
    columns = contradiction.columns
    return [
        Problem(
            "value_mismatch", "", contradiction.line, columns.value, None,
            f"»{columns.value}« passer ikke med »{columns.numerator}« og »{columns.denominator}«: "
            f"{fmt.number(contradiction.part, 0)} af {fmt.number(contradiction.whole, 0)} er "
            f"{fmt.percent(100 * contradiction.part / contradiction.whole, 1)}, og der står "
            f"{fmt.percent(contradiction.share, 1)}.",
            "Kontrollér, hvilken af kolonnerne der er forkert, før du vælger en af dem.",
            reported_as="warning",
        )
    ]  # fmt: skip


def named_measure(table: RawTable, name: str, columns: Sequence[ColumnTexts]) -> Measure | None:
    """What a person means by a measure: a label of the column of measures, else a column."""
    place = table.measure_column
    if place is not None:
        label = chosen_measure(name, columns[place].filled)
        if label is not None:
            return Measure(place, label)
    column = chosen_measure(name, table.columns)
    return Measure(table.columns.index(column)) if column is not None else None


def is_used(measure: str, proposal: Proposal) -> bool:
    """Whether a measure that a person chose is a column or a label that the rows are read by."""
    kept = [label for texts in proposal.keep.values() for label in texts]
    names = (proposal.value, *kept, *proposal.labels.values())
    return chosen_measure(measure, names) is not None


def unknown_measure(table: RawTable, name: str, proposal: Proposal) -> Problem:
    """The problem of a measure that a person named and the file has not, with those it has."""
    of_rows = next((c.name for c in proposal.columns if chosen_measure(name, c.filled)), "")
    if of_rows and of_rows != proposal.value:
        return Problem(
            "several_measures", "", None, of_rows, without_personal_numbers(name),
            "Målet er en værdi i en kolonne, som rækkerne vælges efter.",
            "Slet de andre rækker, eller vælg rækkerne i en opskrift under [keep].",
        )  # fmt: skip
    names: Sequence[str] = proposal.measures or list(filter(None, (proposal.value,)))
    if table.measure_column is not None:
        names = proposal.columns[table.measure_column].filled
    return Problem("several_measures", "", None, None, without_personal_numbers(name),
                   "Filen har ikke det mål.", choices_hint(name, names))  # fmt: skip


def says_unit(name: str) -> bool:
    """Whether a label is a unit or leaves no doubt of it: `pct.`, `Andel`, `Antal ledige`."""
    return bool(_unit(name))


def _unit(name: str) -> str:
    unit = unit_of_name(name.removeprefix(TYPED))
    if unit_kind(unit):
        return unit
    said = {_UNITS_BY_MEANING.get(telling.meaning, "") for telling in telling_words(name)} - {""}
    return said.pop() if len(said) == 1 else ""
