"""The newest figures that a municipality has in common with those it is compared with.

A figure of 2025 that no other municipality has yet is compared with nothing: no verdict, no place,
no colour. Nor is October's, where all others have years. What is judged is then the figure before
it that they have too, of whatever kind of period, and the newer one is named beside it.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from kpi.domain.begun_period import is_begun
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Key
from kpi.domain.model import Observation
from kpi.store import Store

# With so many others a figure is compared.
_ENOUGH = 3
# The figure before is as new as one of a source that publishes once a year.
_LONGEST_BACK = timedelta(days=400)


class InCommon(NamedTuple):
    """The rows without the figures that are too new to be compared, and those figures by series."""

    rows: list[Observation]
    newer: dict[Key, Observation]


class _Lone(NamedTuple):
    """A figure of few areas, those before it (newest first), and how many others have its own."""

    own: Observation
    earlier: list[Observation]
    others: int


def in_common(
    store: Store,
    catalog: Catalog,
    rows: Sequence[Observation],
    focus_ids: Sequence[str],
    other_ids: Sequence[str],
) -> InCommon:
    """The rows of `Store.newest`, those of an area in focus that few others have left out.

    With the figures of the period before, which they are compared with instead.
    """
    lone = _lone(catalog, rows, focus_ids)
    if not lone:
        return InCommon(list(rows), {})
    known = store.at_periods(
        [*{each.own.indicator_id for each in lone}],
        [*{*focus_ids, *other_ids}],
        [*{text for each in lone for before in each.earlier for text in _periods(before)}],
    )
    added: dict[Observation, None] = {}
    newer: dict[Key, Observation] = {}
    for each in lone:
        own = each.own
        of_key = [row for row in known if row[0] == own[0] and row.group_id == own.group_id]
        beside = {
            before: [
                row for row in of_key if row.period == before.period and row.area_id != own.area_id
            ]
            for before in each.earlier
        }
        most = max(map(len, beside.values()))
        before = next(row for row in each.earlier if not is_begun(len(beside[row]), most))
        if is_begun(each.others, len(beside[before])):
            newer[own[:3]] = own
            texts = _periods(before)
            mine = [row for row in of_key if row[1] == own[1] and row.period.text in texts]
            added |= dict.fromkeys([*beside[before], *mine])
    if not newer:
        return InCommon(list(rows), {})
    left = [row for row in rows if not _is_left_out(row, newer, added)]
    return InCommon([*dict.fromkeys([*left, *added])], newer)


def _is_left_out(
    row: Observation, newer: dict[Key, Observation], shown: dict[Observation, None]
) -> bool:
    """Whether a row is as new as a figure that is left out, or newer than what is shown for it."""
    if (key := row[:3]) not in newer:
        return False
    newest = max(each.period.order for each in shown if each[:3] == key)
    return row.period.order > newest


def _lone(catalog: Catalog, rows: Sequence[Observation], focus_ids: Sequence[str]) -> list[_Lone]:
    """The municipalities' newest figures that hardly any other area has, with those before."""
    municipalities = {
        area_id for area_id in focus_ids if catalog.areas[area_id].level == "municipality"
    }
    series: dict[Key, list[Observation]] = {}
    areas = Counter((row.indicator_id, row.group_id, row.period.text) for row in rows)
    for row in rows:
        if row.area_id in municipalities and not catalog.indicators[row.indicator_id].is_total:
            series.setdefault(row[:3], []).append(row)
    lone = []
    for known in series.values():
        *earlier, own = sorted(known, key=lambda row: row.period.order)
        others = areas[own.indicator_id, own.group_id, own.period.text] - 1
        near = [row for row in earlier if own.period.end - row.period.end <= _LONGEST_BACK]
        if others < _ENOUGH and near:
            lone.append(_Lone(own, near[::-1], others))
    return lone


def _periods(row: Observation) -> tuple[str, str]:
    """The figure's period, and the one before it: what it has changed since."""
    return row.period.text, row.period.previous().text
