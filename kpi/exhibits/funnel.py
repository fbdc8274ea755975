"""The exhibit of the funnel: which areas differ by more than chance, given their size."""

from collections.abc import Sequence

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.charts.marks import FOCUS, PEER, FunnelDot, FunnelLimit, FunnelMarks, Scale
from kpi.exhibits.parts import Exhibit, Table, caveats, sources_of, whose
from kpi.measure import share
from kpi.model import Indicator, Observation
from kpi.selection import Selection
from kpi.statistics import funnel_limits
from kpi.wording import genitive, listing, period_name, sentences, share_of, subtitle

FEWEST = 3
_STEPS = 60
_LIMITS = (("95 %", 0.95, False), ("99,8 %", 0.998, True))


def funnel_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    marked_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
) -> Exhibit | None:
    """Areas of one level by size and share, with limits at 95 and 99.8 %.

    `rows` are one indicator, group and period. The centre is the share of all the areas together.
    None with fewer than three areas whose counts are known.
    """
    levels = [catalog.areas[one].level for one in marked_ids if one in catalog.areas]
    level = next((one for one in levels if one != "country"), "municipality")
    counted = [
        (row, *found)
        for row in rows
        if catalog.areas[row.area_id].level == level
        and (found := share(row, indicator)) is not None
    ]
    if len(counted) < FEWEST:
        return None
    centre = sum(part for _, part, _ in counted) / sum(whole for *_, whole in counted)
    focus_id = next((one for one in marked_ids if any(r.area_id == one for r, *_ in counted)), "")
    dots, table, outside = [], [], []
    for row, part, whole in sorted(counted, key=lambda one: -one[2]):
        name = catalog.areas[row.area_id].name
        word = _word(part / whole, whole, centre)
        outside += [name] if word != _WITHIN else []
        text = f"{fmt.n_of_n(part, whole)} · {fmt.percent(100 * part / whole)}"
        dots.append(
            FunnelDot(
                name, FOCUS if row.area_id == focus_id else PEER, whole, 100 * part / whole, text,
                row.area_id in marked_ids or word == _FAR,
            )
        )  # fmt: skip
        table.append((name, fmt.n_of_n(part, whole), fmt.percent(100 * part / whole), word))
    title = (
        f"{listing(outside[:4])} afviger mere, end tilfældet kan forklare"
        if 0 < len(outside) <= 4
        else f"{share_of(len(outside), len(counted), 'områder').capitalize()} afviger mere, end "
        "tilfældet kan forklare"
        if outside
        else "Ingen områder afviger mere, end tilfældet kan forklare"
    )
    when = period_name(rows[0].period, indicator, catalog)
    under = subtitle(indicator, whose(indicator, rows[0].group_id, catalog), when, when)
    common = f"Fælles andel {fmt.percent(100 * centre)}"
    drawn = tuple(row for row, *_ in counted)
    return Exhibit(
        f"tragt-{indicator.indicator_id}-{rows[0].group_id}", title, f"{under} · {common}",
        FunnelMarks(
            tuple(dots), tuple(_curves(centre, max(whole for *_, whole in counted))),
            100 * centre, Scale(f"{fmt.NO_BREAK_SPACE}%", 0, top=100),
        ),
        sentences("Tragtdiagram", title, under, common,
                  "; ".join(f"{name}: {counts}, {value}, {word}"
                            for name, counts, value, word in table)),
        Table(("Område", "Antal", "Andel", f"Mod {genitive('de andre')} fælles andel"),
              tuple(table)),
        drawn, sources_of(drawn, catalog),
        ("Inden for kurverne kan forskellen være tilfældig; små områder svinger mest.",
         *caveats(drawn, indicator, catalog)),
        selection,
    )  # fmt: skip


_WITHIN, _BEYOND, _FAR = "kan være tilfældig", "uden for 95 %", "uden for 99,8 %"


def _word(value: float, whole: float, centre: float) -> str:
    for word, confidence in ((_FAR, 0.998), (_BEYOND, 0.95)):
        low, high = funnel_limits(centre, whole, confidence)
        if not low <= value <= high:
            return word
    return _WITHIN


def _curves(centre: float, largest: float) -> list[FunnelLimit]:
    # Closer together where the funnel is narrow: sizes grow with the square of the step.
    sizes = tuple(largest * 1.05 * (step / _STEPS) ** 2 for step in range(4, _STEPS + 1))
    curves = []
    for name, confidence, is_outer in _LIMITS:
        reach = [funnel_limits(centre, size, confidence) for size in sizes]
        curves.append(
            FunnelLimit(
                name, is_outer, sizes, tuple(100 * low for low, _ in reach),
                tuple(100 * high for _, high in reach),
            )
        )  # fmt: skip
    return curves
