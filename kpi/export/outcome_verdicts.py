"""What is said of each outcome of a programme: its first area beside the second, neutrally."""

from kpi.charts.marks import LIES_NAMES, OutcomeMarks
from kpi.domain.model import Observation
from kpi.exhibits import Exhibit


def outcome_rows(exhibit: Exhibit) -> list[list[Observation]]:
    """The observations of each outcome, in its areas; none for another kind of exhibit."""
    if not isinstance(exhibit.marks, OutcomeMarks):
        return []
    rows = iter(exhibit.observations)
    return [[next(rows) for _ in line.dots] for line in exhibit.marks.rows]


def outcome_verdicts(exhibit: Exhibit) -> tuple[str, ...]:
    """`▲ højere`, `▼ lavere`, `= ingen sikker forskel` of each outcome; empty where not known."""
    if not isinstance(exhibit.marks, OutcomeMarks):
        return ()
    return tuple(LIES_NAMES[row.lies] for row in exhibit.marks.rows)
