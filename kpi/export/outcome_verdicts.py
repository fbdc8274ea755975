"""What is said of each outcome of a programme: its first area beside the second, neutrally."""

from collections.abc import Sequence

from kpi.charts.marks import OutcomeMarks
from kpi.domain.catalog import Catalog
from kpi.domain.judgement import compare_areas
from kpi.domain.model import Observation
from kpi.domain.vocabulary import EQUAL, NO_COMPARISON, SAME, VERDICT_NAMES
from kpi.exhibits import Exhibit


def outcome_rows(exhibit: Exhibit) -> list[list[Observation]]:
    """The observations of each outcome, in its areas; none for another kind of exhibit."""
    if not isinstance(exhibit.marks, OutcomeMarks):
        return []
    rows = iter(exhibit.observations)
    return [[next(rows) for _ in line.dots] for line in exhibit.marks.rows]


def outcome_verdicts(exhibit: Exhibit, catalog: Catalog) -> tuple[str, ...]:
    """`▲ højere`, `▼ lavere`, `= ingen sikker forskel` of each outcome; empty where not known."""
    return tuple(_verdict(rows, catalog) for rows in outcome_rows(exhibit))


def _verdict(rows: Sequence[Observation], catalog: Catalog) -> str:
    if len(rows) < 2:
        return ""
    compared = compare_areas(rows[0], rows[1], catalog)
    if compared.verdict in (NO_COMPARISON, EQUAL) or not compared.is_judged:
        return ""
    if compared.verdict == SAME:
        return f"= {VERDICT_NAMES[SAME]}"
    return "▲ højere" if (compared.gap_points or 0) > 0 else "▼ lavere"
