"""The takeaway of several areas beside each other with no benchmark: how many, and their range."""

from collections.abc import Sequence

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.measure import compares_in_percent, share
from kpi.domain.model import Indicator, Observation
from kpi.domain.vocabulary import LEVEL_NOUNS
from kpi.domain.wording import capital
from kpi.exhibits.parts import drawn_value, inside
from kpi.exhibits.titles import other_group


def several_areas_title(
    own: Observation, others: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> str:
    """`Familier: 75 i Gellerup mod 23-44 i de to andre områder`.

    The `others`, two or more of the area's own level, speak together: a title that named one of
    them would leave out those that may lie on the other side. Rough, doubted and limited figures
    have no place in a range; with any of them the title is of the area alone, and says of how many.
    """
    name = capital(indicator.short_name)
    name += other_group(own.area_id, own.group_id, indicator, catalog)
    ours, where = fmt.display(own, indicator), inside(catalog.areas[own.area_id].name)
    subject = f"{name}: {ours} {where}"
    noun = LEVEL_NOUNS[catalog.areas[own.area_id].level]
    if any(_is_vague(row, catalog) for row in (own, *others)):
        return f"{subject}, ét af {fmt.count_word(len(others) + 1)} {noun} med tal"
    spans = _span(others, indicator)
    return f"{subject} mod {spans} i de {fmt.count_word(len(others))} andre {noun}"


def _is_vague(row: Observation, catalog: Catalog) -> bool:
    return row.is_bound or row.is_approximate or catalog.is_implausible(row)


def _span(rows: Sequence[Observation], indicator: Indicator) -> str:
    """`23-44`, `12-18 %`, `1,5-2,0`; of equal figures the one that they are."""
    values = [value for row in rows if (value := drawn_value(row, indicator)) is not None]
    low, high = min(values), max(values)
    is_counted = any(share(row, indicator) for row in rows)
    decimals = 0 if is_counted else rows[0].decimals
    decimals = indicator.decimals if decimals is None else decimals
    if is_counted or compares_in_percent(rows[0], indicator):
        ends = fmt.percent(low, decimals), fmt.percent(high, decimals)
    else:
        ends = fmt.amount(low, indicator, decimals), fmt.amount(high, indicator, decimals)
    return ends[0] if ends[0] == ends[1] else f"{fmt.number(low, decimals)}-{ends[1]}"
