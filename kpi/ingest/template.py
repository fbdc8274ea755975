"""The columns of Spor's own template, under all the names they may be written with."""

from collections.abc import Sequence

from kpi.ingest.footnote_marks import unmarked
from kpi.ingest.resolve import folded

# column of the table `observation`: its names in a file, compared without case and spaces.
NAMES: dict[str, tuple[str, ...]] = {
    "indicator_id": ("indicator_id", "indicator", "nøgletal", "nøgletal_id"),
    "area_id": ("area_id", "area", "område", "område_id"),
    "group_id": ("group_id", "group", "gruppe", "gruppe_id"),
    "period": ("period", "periode"),
    "value": ("value", "værdi"),
    "numerator": ("numerator", "tæller"),
    "denominator": ("denominator", "nævner"),
    "low": ("low", "lav", "nedre grænse"),
    "high": ("high", "høj", "øvre grænse"),
    "status": ("status",),
    "measured": ("measured", "opgjort"),
    "as_published": ("as_published", "som udgivet", "kildens ord"),
    "note": ("note", "noter", "bemærkning"),
    "source_id": ("source_id", "source", "kilde", "kilde_id"),
}
REQUIRED = ("indicator_id", "area_id", "period", "value")
_BY_NAME = {folded(name): column for column, names in NAMES.items() for name in names}


def template_columns(header: Sequence[str]) -> dict[str, int]:
    """Which template column stands where in a header (column to place, from 0); the first counts.

    Names that are not the template's are left out.
    """
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        column = _BY_NAME.get(folded(unmarked(name)))
        if column is not None:
            found.setdefault(column, place)
    return found


def is_template(header: Sequence[str]) -> bool:
    """Whether a header holds every required column of the template."""
    return set(REQUIRED) <= set(template_columns(header))
