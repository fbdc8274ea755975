"""What a paper says of an indicator beside its definition, and of a figure beside its value."""

from collections.abc import Sequence

from kpi.catalog import Catalog
from kpi.model import Indicator, Observation
from kpi.wording import people

DIRECTION_NAMES = {
    "higher_is_better": "højere er bedre", "lower_is_better": "lavere er bedre",
    "neutral": "hverken højere eller lavere er bedre",
}  # fmt: skip
STATUS_NAMES = {
    "final": "endelig", "preliminary": "foreløbig", "approximate": "cirka",
    "at_least": "mindst", "at_most": "højst", "range": "interval",
    "suppressed": "skjult", "missing": "ikke oplyst", "not_applicable": "ikke relevant",
}  # fmt: skip
# How a figure belongs to its period.
MEASURED_NAMES = {
    "over": "over perioden", "at": "ved periodens slutning",
    "since": "i alt til periodens slutning", "reported": "opgørelsesdag ikke oplyst",
}  # fmt: skip
_COUNTRY, _MEDIAN = "hele landet", "medianen af de andre kommuner"
_NAMES = {"country": _COUNTRY, "median": _MEDIAN, "peers": "gennemsnittet af de andre kommuner"}
_PROGRAMME, _NONE = "de andre boligområder", "intet"


def benchmark_name(indicator: Indicator, rows: Sequence[Observation], catalog: Catalog) -> str:
    """What the drawn figures are held against: as the indicator says, else as the rows allow."""
    if indicator.benchmark:
        return _NAMES[indicator.benchmark]
    levels = {row.area_id: catalog.areas[row.area_id].level for row in rows}
    if "country" in levels.values():
        return _COUNTRY
    if len(levels) > 1:
        neighbours = all(level == "programme_area" for level in levels.values())
        return _PROGRAMME if neighbours else _MEDIAN
    groups = {row.group_id for row in rows}
    held = {catalog.groups[group].reference_group_id for group in groups} & groups
    return (
        ", ".join(people(catalog.groups[group].name) for group in sorted(filter(None, held)))
        or _NONE
    )


def about_source(indicator: Indicator) -> str:
    """`Om kilden: ...`, or empty."""
    return f"Om kilden: {indicator.source_note}" if indicator.source_note else ""
