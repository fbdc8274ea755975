"""An area's profile as a table to count with: a column for each number, and one for its unit."""

from collections.abc import Sequence

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.measure import comparable_value, share
from kpi.domain.period_words import row_period_name
from kpi.domain.units import unit_name
from kpi.domain.vocabulary import BOUNDS
from kpi.domain.wording import other_name
from kpi.views.profile import ProfileRow


def file_rows(rows: Sequence[ProfileRow], catalog: Catalog) -> list[dict[str, str]]:
    """What the lines say, a row each, in the order that they stand in.

    Numbers are written as they are shown, of a share of known counts its percentage; a hidden one
    is the word, and what is only a limit is in the source's words. Differences and changes are in
    the value's unit, between shares in percentage points.
    """
    return [_row(row, catalog) for row in rows]


def _row(row: ProfileRow, catalog: Catalog) -> dict[str, str]:
    own, lead, indicator = row.own, row.lead, catalog.indicators[row.key[0]]
    value = comparable_value(own, indicator)
    is_number = value is not None and own.status not in BOUNDS
    mark = "ca. " if own.is_approximate else ""
    counts = share(own, indicator)
    has_change = row.past.points is not None
    since = row.past.since.removeprefix("siden ") if has_change else ""
    # Where an area has no place, its cell says how many areas there are.
    has_place = row.place.rank.endswith(("lavest", "højest")) or "nr. " in row.place.rank
    place, _, among = row.place.rank.partition(" af ") if has_place else ("", "", "")
    if has_place and not among:
        among = row.place.rank_note.removeprefix("af ")
    against = gap = ""
    if lead is not None and lead.gap_points is not None:
        against = other_name(lead, catalog, catalog.areas[own.area_id])
        gap = fmt.number(lead.gap_points, fmt.gap_decimals(indicator, lead.approximate), sign=True)
    return {
        "Tema": catalog.themes[row.theme_id].name,
        "Nøgletal": indicator.name,
        "Gruppe": catalog.groups[own.group_id].name,
        "Område": catalog.areas[own.area_id].name,
        "Periode": row_period_name(own, indicator, catalog),
        "Værdi": mark + fmt.number(value, indicator.decimals) if is_number else row.value,
        "Enhed": unit_name(indicator.unit) if is_number else "",
        "Tæller": fmt.number(counts[0], 0) if counts else "",
        "Nævner": fmt.number(counts[1], 0) if counts else "",
        # A shared place is the same number; where neither end is better it says from which end.
        "Placering": place.removeprefix("delt ").removeprefix("nr. "),
        "Blandt": among,
        "Ændring": row.past.change if has_change else "",
        "Ændret siden": since,
        "Vurdering": row.verdict.text if row.verdict else "",
        "Sammenlignet med": against,
        "Deres værdi": fmt.number(lead.value, indicator.decimals) if gap and lead else "",
        "Forskel": gap,
        "Forbehold": "; ".join(badge.text for badge in row.cautions),
    }
