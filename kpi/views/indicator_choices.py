"""The indicators to choose from, by theme, with what they hold."""

import re
from collections.abc import Mapping

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator
from kpi.domain.period import Period, parse_period
from kpi.domain.period_words import period_name
from kpi.domain.wording import in_text, themes_of
from kpi.store import Store


def indicator_choices(store: Store, catalog: Catalog) -> Mapping[str, str]:
    """The name of every indicator with its theme, areas and newest period, theme by theme.

    `Fuldtidsledige i procent (ledighed) · Beskæftigelse · 98 områder · 2024`; by id. Retired ones
    are among them. What other pages call it stands in brackets, where the name does not say it.
    """
    reach = store.figures_per_indicator()
    newest: dict[str, Period] = {}
    for indicator_id, _, text, *_ in store.newest_periods():
        period = parse_period(text)
        if indicator_id not in newest or newest[indicator_id].order < period.order:
            newest[indicator_id] = period
    names = {}
    themes = sorted(catalog.themes.values(), key=lambda theme: theme.sort_order)
    places = {theme.theme_id: place for place, theme in enumerate(themes)}
    for indicator in sorted(catalog.indicators.values(), key=lambda each: places[each.theme_id]):
        parts = [_both_names(indicator), themes_of(indicator, catalog, short=True)]
        if indicator.indicator_id in newest:
            _, areas = reach.get(indicator.indicator_id, (0, 0))
            period = newest[indicator.indicator_id]
            parts += [
                fmt.counted(areas, "område", "områder"),
                period_name(period, indicator, catalog),
            ]
        else:
            parts.append("endnu ingen tal")
        parts += ["udgået"] if catalog.is_retired(indicator) else []
        names[indicator.indicator_id] = " · ".join(parts)
    return names


def _both_names(indicator: Indicator) -> str:
    name, short = indicator.name.casefold(), indicator.short_name
    words = [word for word in re.findall(r"\w+", short.casefold()) if len(word) > 3]
    is_said = not words or any(word in name for word in words)
    return indicator.name if is_said else f"{indicator.name} ({in_text(short)})"
