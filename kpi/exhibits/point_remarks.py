"""What papers say of single figures: the letters at their points, and the words under the chart."""

from collections.abc import Sequence
from string import ascii_lowercase

from kpi.charts.marks import NO_FIGURES, Line, NoteMark
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation
from kpi.domain.period_words import period_name
from kpi.domain.plan import Remark

_ONE, _SEVERAL = "Bemærkning", "Bemærkninger"


def is_point_remark(remark: str) -> bool:
    """Whether a remark under a chart is that of its points."""
    return remark.startswith((f"{_ONE}: ", f"{_SEVERAL}: "))


def remarks_of(rows: Sequence[Observation], catalog: Catalog) -> list[tuple[Observation, Remark]]:
    """The remarks on any of the rows, oldest period first; of one figure as they were entered."""
    if not catalog.remarks:
        return []
    by_key = {(row.indicator_id, row.area_id, row.group_id, row.period.text): row for row in rows}
    said = [
        (row, remark)
        for remark in catalog.remarks
        if (
            row := by_key.get((remark.indicator_id, remark.area_id, remark.group_id, remark.period))
        )
    ]
    return sorted(said, key=lambda pair: pair[0].period.order)


def point_remark(rows: Sequence[Observation], catalog: Catalog, *, lettered: bool = False) -> str:
    """`Bemærkninger: a Aarhus, 2015: … (Statusnotat, registreret 3. marts 2026).`; empty for none.

    `lettered`: where the letters stand in the chart. A figure that is not drawn has none there.
    Where it is, and who says it, is left out where all rows are of one area and period, and where
    the figure's own source says it: both stand beside the remark already.
    """
    said = remarks_of(rows, catalog)
    if not said:
        return ""
    is_of_all = len({(row.area_id, row.period.text) for row in rows}) == 1
    sources = {row.source_id for row in rows}
    listed = []
    for letter, (row, remark) in zip(letters(len(said)), said, strict=True):
        name = f"{letter} " if lettered else ""
        where = "" if is_of_all else f"{_where(row, catalog)}: "
        given = (
            "" if sources == {remark.source_id} and not remark.entered else _given(remark, catalog)
        )
        listed.append(f"{name}{where}{remark.text.rstrip('.')}{given}")
    heading = _ONE if len(said) == 1 else _SEVERAL
    return f"{heading}: {'; '.join(listed)}."


def _given(remark: Remark, catalog: Catalog) -> str:
    """` (Statusnotat, bilag 1, registreret 3. marts 2026)`: no brackets within these."""
    source = catalog.sources[remark.source_id].title.replace(" (", ", ").replace(")", "")
    entered = f", registreret {fmt.long_date(remark.entered)}" if remark.entered else ""
    return f" ({source}{entered})"


def _where(row: Observation, catalog: Catalog) -> str:
    indicator = catalog.indicators[row.indicator_id]
    return f"{catalog.areas[row.area_id].name}, {period_name(row.period, indicator, catalog)}"


def letters(count: int) -> list[str]:
    """`a` to `z`, then `aa`, `ab`, …"""
    names = [*ascii_lowercase, *(f + s for f in ascii_lowercase for s in ascii_lowercase)]
    return names[:count]


def note_marks(
    lines: Sequence[Line], rows: Sequence[Observation], catalog: Catalog
) -> tuple[NoteMark, ...]:
    """The letters at the points of the lines, by the names of their areas; several at one point."""
    points = {
        (line.name, point.period): point
        for line in lines
        if line.role not in NO_FIGURES
        for point in line.points
    }
    at: dict[tuple[str, str], list[str]] = {}
    said = remarks_of(rows, catalog)
    for letter, (row, _) in zip(letters(len(said)), said, strict=True):
        at.setdefault((catalog.areas[row.area_id].name, row.period.text), []).append(letter)
    marks = []
    for (name, period), point in points.items():
        if own := at.get((name, period.text)):
            others = [other.value for (each, when), other in points.items()
                      if when == period and each != name]  # fmt: skip
            is_over = not others or point.value >= max(others)
            marks.append(NoteMark(", ".join(own), point, is_over))
    return tuple(marks)
