"""The columns of Spor's own template, under all the names they may be written with."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.words.heads import period_head, split_unit
from kpi.ingest.words.lookup import folded

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
    "note": (
        "note",
        "noter",
        "bemærkning",
        "bemærkninger",
        "kommentar",
        "kommentarer",
        "bem.",
        "anm.",
        "anmærkning",
        "anmærkninger",
        "fodnote",
        "fodnoter",
    ),
    "source_id": ("source_id", "source", "kilde", "kilde_id"),
}
# What an export of ours says of the breaks in a series, for its readers: never read back.
SERIES_BREAK = "series_break"
REQUIRED = ("indicator_id", "area_id", "period", "value")
_NUMBERS = ("value", "numerator", "denominator", "low", "high")
# What people call the column of values when they name what it counts: `antal personer`, `pct.`.
_VALUE_LIKE = re.compile(r"(?:antal|andel|procent|pct|percent|beløb|amount|kr|kroner|dkk)\b.*|%.*")
# No name of a column of ours, its unit and marks beside it, is longer.
_MOST_CHARACTERS = 200
_BY_NAME = {folded(name): column for column, names in NAMES.items() for name in names}


def template_columns(header: Sequence[str]) -> dict[str, int]:
    """The place (from 0) of each template column in a header; of several the first counts.

    Names that are not the template's are left out. A column of numbers may have its unit beside
    its name (`værdi (pct.)`); and where all but the value are there, the only column called by
    what it counts (`antal personer`) is the value.
    """
    places: dict[str, int] = {}
    unknown_places: list[int] = []
    for place, name in enumerate(header):
        column = _column_of(name) if len(name) <= _MOST_CHARACTERS else None
        if column is None:
            unknown_places.append(place)
        else:
            places.setdefault(column, place)
    if "value" not in places and set(REQUIRED) - {"value"} <= set(places):
        counts = [
            at for at in unknown_places if _VALUE_LIKE.fullmatch(header[at].strip().casefold())
        ]
        if len(counts) == 1:
            places["value"] = counts[0]
    return places


@lru_cache(maxsize=4096)
def _column_of(name: str) -> str | None:
    """The template column that a name means; the same names are asked for many times a file."""
    plain = unmarked(name)
    return _BY_NAME.get(folded(plain)) or _number_with_unit(plain)


def _number_with_unit(name: str) -> str | None:
    base, unit = split_unit(name)
    column = _BY_NAME.get(folded(base)) if unit else None
    return column if column in _NUMBERS else None


def is_template(header: Sequence[str]) -> bool:
    """Whether a header has every required column of the template."""
    return set(REQUIRED) <= set(template_columns(header))


def is_wide_template(header: Sequence[str]) -> bool:
    """Whether a header is the template's with periods as columns in place of period and value."""
    known = template_columns(header)
    return (
        {"indicator_id", "area_id"} <= set(known)
        and not {"period", "value"} & set(known)
        and any(period_head(name) for name in header)
    )
