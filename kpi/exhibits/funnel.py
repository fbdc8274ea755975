"""The exhibit of the funnel plot: which areas certainly differ, given their size."""

from collections.abc import Sequence
from typing import NamedTuple

from kpi.charts.funnel import axis_start, size_axis
from kpi.charts.marks import FOCUS, PEER, FunnelDot, FunnelLimit, FunnelMarks, Scale
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.measure import share
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import period_name
from kpi.domain.selection import Selection
from kpi.domain.statistics import funnel_limits
from kpi.domain.vocabulary import LEVEL_NOUNS, SAME, VERDICT_NAMES
from kpi.domain.wording import capital, listing, sentences, share_of, subtitle
from kpi.exhibits.caveats import axis_remark, caveats, sources_of
from kpi.exhibits.parts import Exhibit, Table, whose
from kpi.exhibits.titles import other_group

FEWEST = 3
_STEPS = 64
_LIMITS = (("95 %", 0.95, False), ("99,8 %", 0.998, True))


class _Counted(NamedTuple):
    """An area's row with the persons counted and those they are counted among."""

    row: Observation
    part: float
    denominator: float


def funnel_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    marked_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
) -> Exhibit | None:
    """Areas of one level by size and share, with limits at 95 and 99.8 %.

    `rows` are one indicator, group and period. The centre is the share of all the areas together,
    without those whose figures cannot be believed: these are drawn, and not judged. None with fewer
    than three areas whose counts are known and believed.
    """
    if not can_be_funnel(rows, marked_ids, indicator, catalog):
        return None
    level = level_of(marked_ids, catalog)
    counted = with_counts(rows, level, indicator, catalog)
    believed = [area for area in counted if not catalog.is_implausible(area.row)]
    centre = sum(area.part for area in believed) / sum(area.denominator for area in believed)
    dots, table = _dots(counted, centre, marked_ids, catalog)
    # Of many areas some lie outside 95 % by chance alone.
    outside = [name for name, *_, word in table if word == _FAR]
    noun = LEVEL_NOUNS.get(level, "områder")
    of_group = other_group(rows[0].area_id, rows[0].group_id, indicator, catalog)
    title = f"{capital(indicator.short_name)}{of_group}: {_finding(outside, len(believed), noun)}"
    when = period_name(rows[0].period, indicator, catalog)
    under = subtitle(indicator, whose(indicator, rows[0].group_id, catalog), when, when)
    common = f"Fælles andel {fmt.percent(100 * centre)}"
    drawn = tuple(area.row for area in counted)
    limits = tuple(_curves(centre, dots))
    scale = Scale(f"{fmt.NO_BREAK_SPACE}%", 0, top=100)
    return Exhibit(
        f"tragt-{indicator.indicator_id}-{rows[0].group_id}", title, f"{under} · {common}",
        FunnelMarks(dots, limits, 100 * centre, scale),
        sentences("Tragtdiagram", title, under, common,
                  "; ".join(f"{name}: {counts}, {value}, {word}"
                            for name, counts, value, word in table)),
        Table(("Område", "Antal", "Andel", "I forhold til den fælles andel"), table),
        drawn, sources_of(drawn, catalog),
        tuple(filter(None, [
            _expected_outside(len(believed)),
            axis_remark(axis_start(dots), scale),
            *(
                [f"Når de fleste ligger udenfor, udpeger grænserne ikke enkelte {noun}."]
                if _is_overdispersed(outside, len(believed))
                else []
            ),
            f"Små {noun} svinger mest.",
            *caveats(drawn, indicator, catalog),
        ])),
        selection,
    )  # fmt: skip


def can_be_funnel(
    rows: Sequence[Observation], marked_ids: Sequence[str], indicator: Indicator, catalog: Catalog
) -> bool:
    """Whether the counts of enough areas are known and believed."""
    counted = with_counts(rows, level_of(marked_ids, catalog), indicator, catalog)
    return sum(not catalog.is_implausible(area.row) for area in counted) >= FEWEST


def level_of(marked_ids: Sequence[str], catalog: Catalog) -> str:
    """The level of the first marked area that is not the country."""
    known = (catalog.areas[area_id] for area_id in marked_ids if area_id in catalog.areas)
    return next((area.level for area in known if area.level != "country"), "municipality")


def with_counts(
    rows: Sequence[Observation], level: str, indicator: Indicator, catalog: Catalog
) -> list[_Counted]:
    """The areas of a level whose counts are known."""
    return [
        _Counted(row, *part_and_denominator)
        for row in rows
        if catalog.areas[row.area_id].level == level
        and (part_and_denominator := share(row, indicator)) is not None
    ]


def _dots(
    counted: Sequence[_Counted], centre: float, marked_ids: Sequence[str], catalog: Catalog
) -> tuple[tuple[FunnelDot, ...], tuple[tuple[str, str, str, str], ...]]:
    """The areas, largest first, as dots and as rows of (name, counts, share, where it lies)."""
    area_ids = {area.row.area_id for area in counted}
    focus_id = next((marked_id for marked_id in marked_ids if marked_id in area_ids), "")
    dots, table = [], []
    for row, part, denominator in sorted(counted, key=lambda area: -area.denominator):
        name = catalog.areas[row.area_id].name
        is_doubted = catalog.is_implausible(row)
        word = _DOUBTED if is_doubted else _word(part / denominator, denominator, centre)
        percent = 100 * part / denominator
        counts, text = fmt.n_of_n(part, denominator), fmt.percent(percent)
        role = FOCUS if row.area_id == focus_id else PEER
        chosen = row.area_id in marked_ids
        dots.append(
            FunnelDot(
                name,
                role,
                denominator,
                percent,
                f"{counts} · {text}",
                chosen or word == _FAR,
                chosen,
                is_doubted,
            )
        )
        table.append((name, counts, text, word))
    return tuple(dots), tuple(table)


def _expected_outside(of: int) -> str:
    """What the title counts, and how many areas are expected outside the 95 % limits by chance."""
    title_counts = "Titlen tæller kun dem uden for 99,8 %-grænsen."
    expected = round(0.05 * of)
    if not expected:
        return title_counts
    return f"{title_counts} Uden for 95 %-grænsen ventes ca. {expected} af {of} ved et tilfælde."


def _finding(outside: Sequence[str], of: int, noun: str) -> str:
    """Who lies outside the outer limits: by name where they are few, else how many.

    Where most do, the limits do not describe how far areas spread (overdispersion, Spiegelhalter
    2005): then the spread is the finding, and no area stands out.
    """
    if _is_overdispersed(outside, of):
        return (
            f"{share_of(len(outside), of, noun)} ligger uden for 99,8 %-grænsen; "
            "forskellene er ikke tilfældige"
        )
    if not outside:
        return f"ingen {noun} afviger statistisk sikkert fra de øvrige"
    named = (
        listing(list(outside)) if len(outside) <= _MOST_LISTED else share_of(len(outside), of, noun)
    )
    return f"{named} afviger statistisk sikkert fra de øvrige"


def _is_overdispersed(outside: Sequence[str], of: int) -> bool:
    return 2 * len(outside) > of


_MOST_LISTED = 4
_WITHIN, _BEYOND, _FAR = (
    VERDICT_NAMES[SAME], "uden for 95 %-grænsen", "uden for 99,8 %-grænsen"
)  # fmt: skip
_DOUBTED = "ikke vurderet"


def _word(value: float, denominator: float, centre: float) -> str:
    """Where a share is relative to the control limits at its size."""
    for word, confidence in ((_FAR, 0.998), (_BEYOND, 0.95)):
        low, high = funnel_limits(centre, denominator, confidence)
        if not low <= value <= high:
            return word
    return _WITHIN


def _curves(centre: float, dots: Sequence[FunnelDot]) -> list[FunnelLimit]:
    last = max(dot.size for dot in dots) * 1.05
    along = size_axis(dots)
    first = 10**along.low if along.is_log else last / _STEPS
    # Closer together where the funnel is narrow: each size is the same share of the next.
    sizes = tuple(first * (last / first) ** (step / _STEPS) for step in range(_STEPS + 1))
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
