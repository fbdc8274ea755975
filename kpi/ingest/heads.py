"""What the names of columns tell: the column of measures, periods, and units in brackets."""

from collections.abc import Sequence

from kpi.ingest.resolve import folded

# What sources call the column whose labels are measures.
_MEASURES = frozenset(
    map(
        folded,
        (
            "måling", "målinger", "måltal", "measure", "measures", "metric", "contents",
            "contentscode", "content", "indhold", "oplysning", "tabelindhold",
            "statistikvariabel", "enhed", "unit", "tal",
        ),
    )
)  # fmt: skip


def is_measure_name(name: str) -> bool:
    """Whether a column of that name, with words in it, names measures."""
    return folded(name) in _MEASURES


def measure_column(columns: Sequence[str]) -> int | None:
    """The place of the first column that names measures, the last one (the figures) left out."""
    return next((at for at, name in enumerate(columns[:-1]) if is_measure_name(name)), None)
