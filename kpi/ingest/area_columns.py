"""Tables with areas as columns (`År;Aarhus;Odense`), turned so that each figure is a row."""

from collections.abc import Callable, Sequence

from kpi.ingest.heads import head_name
from kpi.ingest.numbers import NUMBER, understand
from kpi.ingest.resolve import folded
from kpi.ingest.wide import VALUE, Turning
from kpi.ingest.written_periods import is_period_name

AREA = "Område"
_OWN_VALUE = "Værdi"
_FEWEST_AREAS = 2
_AREAS = frozenset(("område", "kommune", "region", "area", "municipality", "bydel", "sogn", "by"))
_VALUES = frozenset(("værdi", "value", "indhold", "antal", "andel"))
_INDICATORS = frozenset(("nøgletal", "indikator", "indicator"))
_DIGITS = str.maketrans("0123456789", "9999999999")


def turning_areas(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], is_area: Callable[[str], bool]
) -> Turning | None:
    """How to turn a table whose heads name two areas or more; None where they do not.

    Each such column holds figures, none other is called an area or a value, and one holds periods.
    """
    areas = [
        place
        for place, name in enumerate(columns)
        if not name.strip().isdigit() and is_area(head_name(name)) and _has_figures(place, sample)
    ]
    kept = tuple(place for place in range(len(columns)) if place not in areas)
    names = {folded(columns[place]) for place in kept}
    if len(areas) < _FEWEST_AREAS or names & (_AREAS | _VALUES):
        return None
    if not any(_has_periods(place, sample) for place in kept):
        return None
    value = _OWN_VALUE if names & _INDICATORS else VALUE
    return Turning(
        kept,
        {place: (head_name(columns[place]), "") for place in areas},
        (*(head_name(columns[place]) for place in kept), AREA, value),
        has_measures=False,
        statuses={},
    )


def _has_figures(place: int, sample: Sequence[tuple[str, ...]]) -> bool:
    return any(understand(cells[place].translate(_DIGITS)).meaning == NUMBER for cells in sample)


def _has_periods(place: int, sample: Sequence[tuple[str, ...]]) -> bool:
    texts = {head_name(cells[place]) for cells in sample} - {""}
    return bool(texts) and all(map(is_period_name, texts))
