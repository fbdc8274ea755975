"""How a new indicator will look: its card and chart, drawn from the values of the current file."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures, Municipal
from kpi.domain.model import Indicator, Observation, Theme
from kpi.domain.period import Period, parse_period
from kpi.domain.series_break import breaks_of
from kpi.domain.units import unit_of
from kpi.domain.vocabulary import Benchmark, Direction, Kind
from kpi.domain.wording import listing
from kpi.exhibits import Exhibit
from kpi.store.new_facts import NEW_ID, NewFacts
from kpi.tables.spec import Row
from kpi.views.beside import is_judged_by_median
from kpi.views.cards import Card, card
from kpi.views.drawn import drawn_exhibit
from kpi.views.focus import areas_in_focus, areas_to_compare, focus_row

_NO_THEME = Theme("", "Tema ikke valgt", "Tema ikke valgt", None, 0, "")
_MOST_AREAS = 12
# Shares written as 0-1 in a file of percentages.
_LARGEST_FRACTION = 1


@dataclass(frozen=True)
class Seen:
    """What Spor has looked at in the file's values: in order, or something to mend first."""

    is_good: bool
    text: str


@dataclass(frozen=True)
class Preview:
    """The card and the chart; None where the file's values cannot be drawn yet."""

    card: Card | None
    exhibit: Exhibit | None
    seen: tuple[Seen, ...]


def indicator_of(row: Row, catalog: Catalog) -> Indicator:
    """The indicator that a row being filled in would be; what is missing has a default."""
    decimals = row.get("decimals", "")
    group_id = row.get("default_group", "")
    return Indicator(
        NEW_ID,
        row["theme_id"] if row.get("theme_id") in catalog.themes else "",
        row.get("name", "").strip() or "Nyt nøgletal",
        row.get("short_name", "").strip() or row.get("name", "").strip() or "Nyt nøgletal",
        cast(Kind, row.get("kind") or "proportion"),
        unit_of(row.get("unit", "")) or "percent",
        cast(Direction, row.get("direction") or "neutral"),
        int(decimals) if decimals.isdigit() else 0,
        False,
        group_id if group_id in catalog.groups else next(iter(catalog.groups), ""),
        row.get("definition", "").strip() or "Definitionen kommer til at stå her",
        row.get("source_note", "").strip(),
        cast(Benchmark, row.get("benchmark", "")),
        breaks=breaks_of(row.get("breaks", "")),
    )


def preview_catalog(indicator: Indicator, catalog: Catalog) -> Catalog:
    """The catalog with the new indicator in it."""
    theme = catalog.themes.get(indicator.theme_id, _NO_THEME)
    return replace(
        catalog,
        themes={**catalog.themes, theme.theme_id: theme},
        indicators={**catalog.indicators, NEW_ID: indicator},
    )


def of_source(facts: NewFacts, source_id: str) -> NewFacts:
    """The facts with all figures of one source, where a person has chosen one."""
    if not source_id:
        return facts
    rows = tuple(row._replace(source_id=source_id) for row in facts.observations)
    return replace(facts, observations=rows)


def new_preview(row: Row, facts: NewFacts, catalog: Catalog, home_id: str) -> Preview:
    """The card and chart of the indicator that a row would be, seen from the pages' own area.

    `catalog` has the groups and sources that the file uses. Where the file has nothing of that
    area, the first area of the file is used instead.
    """
    indicator = indicator_of(row, catalog)
    known = preview_catalog(indicator, catalog)
    rows = [observation for observation in facts.observations if observation.area_id in known.areas]
    seen = (*seen_in(facts, indicator), *_hidden_later(rows, indicator, known))
    if not rows or any(not remark.is_good for remark in seen if remark.text.startswith("Vælg")):
        return Preview(None, None, seen)
    figures = Figures(rows, _municipal(rows, known))
    group_id = _group_shown(rows, indicator)
    own = focus_row(indicator, [home_id], figures, group_id) or figures.newest(
        indicator.indicator_id, rows[-1].area_id, group_id
    )
    if own is None:
        return Preview(None, None, seen)
    return Preview(
        card(own, figures, figures, known),
        _exhibit(own, figures, known, facts, home_id),
        seen,
    )


def _hidden_later(
    rows: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> tuple[Seen, ...]:
    """That small numbers, which the preview shows, are hidden once they are published."""
    least = max((catalog.sources[row.source_id].shown_from for row in rows), default=0)
    counts = [
        count
        for row in rows
        for count in (row.numerator, row.value if indicator.is_total else None)
    ]
    if not any(count is not None and 0 < count < least for count in counts):
        return ()
    return (Seen(True, f"Antal under {least} skjules, når tallene udgives."),)


def _group_shown(rows: Sequence[Observation], indicator: Indicator) -> str:
    """The indicator's own group, or the file's first where it has nothing of that."""
    groups = list(dict.fromkeys(row.group_id for row in rows))
    return indicator.default_group if indicator.default_group in groups else groups[0]


def _municipal(rows: Sequence[Observation], catalog: Catalog) -> Municipal:
    values: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    for row in rows:
        if row.value is not None and catalog.areas[row.area_id].level == "municipality":
            key = row.indicator_id, row.group_id, row.period.text
            values[key][row.area_id] = row.value
    return values


def _medians(
    own: Observation, figures: Figures, catalog: Catalog, facts: NewFacts
) -> dict[Period, float]:
    """The other municipalities' medians, where they are the benchmark, as on the page."""
    if not is_judged_by_median(own, figures, catalog):
        return {}
    return {
        parse_period(period): value
        for (group_id, period), value in facts.medians.items()
        if group_id == own.group_id
    }


def _exhibit(
    own: Observation, figures: Figures, catalog: Catalog, facts: NewFacts, home_id: str
) -> Exhibit | None:
    """The chart that the page of its theme will draw; of other areas only, those of the file."""
    area_ids = [*areas_in_focus(home_id, catalog), *areas_to_compare(home_id, catalog)]
    if own.area_id not in area_ids:
        others = [*areas_to_compare(own.area_id, catalog), *(area_id for _, area_id, _ in figures)]
        area_ids = list(dict.fromkeys([own.area_id, *others]))[:_MOST_AREAS]
    return drawn_exhibit(
        catalog.indicators[own.indicator_id], [own.group_id], area_ids, figures, catalog,
        lambda newest: _medians(newest, figures, catalog, facts),
    )  # fmt: skip


def seen_in(facts: NewFacts, indicator: Indicator) -> tuple[Seen, ...]:
    """What the file's values say against the indicator's kind, or that they fit it."""
    low, high = facts.lowest, facts.highest
    if low is None or high is None:
        return (Seen(False, "Filen har ingen tal, der kan læses som dette nøgletal endnu."),)
    findings = [Seen(False, text) for text in _misfits(facts, indicator, low, high)]
    blank = _blank(facts)
    outside = " og ingen tal over 100 %" if indicator.is_proportion and high <= 100 else ""
    ends = [fmt.amount(value, indicator, indicator.decimals) for value in (low, high)]
    findings.append(Seen(not findings, f"{blank}{outside}. Laveste {ends[0]}, højeste {ends[1]}."))
    return tuple(findings)


def _misfits(facts: NewFacts, indicator: Indicator, low: float, high: float) -> Iterator[str]:
    """What of the values cannot be, or is not shown, with what to do."""
    is_outside = low < 0 or high > 100
    if indicator.is_proportion and is_outside:
        value = fmt.number(low if low < 0 else high, facts.decimals)
        yield f"Vælg en anden slags: En andel er 0-100 %, men filen har {value}."
    elif indicator.is_proportion and 0 < high <= _LARGEST_FRACTION and not facts.is_whole:
        yield "Alle tal er højst 1: Er de andele (0-1), skal de ganges med 100."
    if indicator.is_total and low < 0:
        yield "Vælg en anden slags: Et antal kan ikke være negativt."
    elif indicator.is_total and not facts.is_whole:
        yield "Vælg en anden slags: Et antal er et helt tal, men filen har decimaler."
    if indicator.decimals < facts.decimals:
        written, shown = _decimals(facts.decimals), _decimals(indicator.decimals)
        yield f"Filens tal har {written}; de vises med {shown}."


def _blank(facts: NewFacts) -> str:
    parts = []
    if facts.empty:
        parts.append(fmt.counted(facts.empty, "tomt felt", "tomme felter"))
    if facts.hidden:
        parts.append(fmt.counted(facts.hidden, "skjult eller ikke oplyst tal",
                                 "skjulte eller ikke oplyste tal"))  # fmt: skip
    return listing(parts) if parts else "Ingen tomme felter"


def _decimals(count: int) -> str:
    return "ingen decimaler" if not count else fmt.counted(count, "decimal", "decimaler")
