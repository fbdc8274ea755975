"""Hits that are figures: an indicator in an area or of a group, and an indicator in a year."""

import re
from collections.abc import Sequence

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.folding import fold
from kpi.domain.model import Indicator
from kpi.domain.selection import Selection
from kpi.domain.wording import caution_badges, in_text
from kpi.store import Store
from kpi.views.focus import areas_in_focus, areas_to_compare, areas_to_draw
from kpi.views.row_words import dated_with_age
from kpi.views.search_hits import Hit, marked
from kpi.views.search_index import SearchIndex
from kpi.views.search_matching import Match, Matches, Word

# Areas of a chart of an indicator in an area.
_MOST_DRAWN = 8
# Indicators whose figures of a year are looked for.
_MOST_OF_YEAR = 40
_YEAR = re.compile("(19|20)[0-9]{2}")


def pair_hits(
    pairs: Sequence[Match], store: Store, catalog: Catalog, home_ids: Sequence[str]
) -> list[Hit]:
    """The indicators that have a figure of the area or group, each with the way to its chart.

    The address carries the group of the figure: of a programme area it is seldom the usual one.
    """
    if not pairs:
        return []
    named = dict.fromkeys(match.area.row_id for match in pairs if match.area)
    at_home = () if all(match.area for match in pairs) else home_ids
    near = {area_id: _near(area_id, catalog) for area_id in (*named, *at_home[:1])}
    others = {other for others in near.values() for other in others}
    rows = store.newest(
        [*{match.entry.row_id for match in pairs}], [*dict.fromkeys((*named, *at_home))], [*others]
    )
    return _hits(pairs, Figures(rows), catalog, home_ids)


def year_in(words: Sequence[Word]) -> Word | None:
    """The word that is a year: `fravær 2019`; None without one, and with several."""
    years = [word for word in words if _YEAR.fullmatch(word.folded)]
    return years[0] if len(years) == 1 else None


def year_hits(
    year: Word, matches: Matches, index: SearchIndex, store: Store, catalog: Catalog,
    home_ids: Sequence[str],
) -> list[Hit]:  # fmt: skip
    """The figures of a year of the indicators that the query's other words found.

    Without other words: of those that tell most of how the home area does. Of several periods that
    end in the year it is the newest, and the whole year where there is one.
    """
    pairs = [match for group in matches.groups for match in group.matches]
    pairs = [*(match for match in pairs if match.entry.kind == "indicator"), *matches.pairs]
    if not matches.words:
        pairs = [
            Match(entry, 0, (year,))
            for entry in index.entries
            if entry.kind == "indicator" and not entry.is_retired and entry.row_id in index.areas_of
        ]
        pairs.sort(key=lambda match: not catalog.indicators[match.entry.row_id].headline)
    if not pairs:
        return []
    asked = dict.fromkeys((*home_ids, *(match.area.row_id for match in pairs if match.area)))
    near = [other for area_id in asked for other in _near(area_id, catalog)]
    rows = store.series(
        [*{match.entry.row_id for match in pairs[:_MOST_OF_YEAR]}],
        [*dict.fromkeys((*asked, *near))],
    )
    of_year = [row for row in rows if row.period.end.year == int(year.folded)]
    whole = [row for row in of_year if row.period.kind == "year"]
    have_whole = {row[:3] for row in whole}
    figures = Figures([*whole, *(row for row in of_year if row[:3] not in have_whole)])
    return _hits(pairs, figures, catalog, home_ids, year)


def _hits(
    pairs: Sequence[Match], figures: Figures, catalog: Catalog, home_ids: Sequence[str],
    year: Word | None = None,
) -> list[Hit]:  # fmt: skip
    hits = (
        _pair_hit(match, [match.area.row_id] if match.area else home_ids, figures, catalog, year)
        for match in pairs
    )
    return [hit for hit in hits if hit is not None]


def _pair_hit(
    match: Match, area_ids: Sequence[str], figures: Figures, catalog: Catalog, year: Word | None
) -> Hit | None:
    """An indicator in the first of the areas that has a figure; None where none has.

    Of a year the address holds the figure's period.
    """
    indicator = catalog.indicators[match.entry.row_id]
    groups = [match.group.row_id] if match.group else groups_of(indicator, catalog)
    rows = (
        figures.newest(indicator.indicator_id, area_id, group_id)
        for area_id in area_ids
        for group_id in groups
    )
    own = next((row for row in rows if row is not None), None)
    if own is None:
        return None
    area, group = catalog.areas[own.area_id], catalog.groups[own.group_id]
    drawn = [
        area_id
        for area_id in areas_to_draw(
            (area.area_id, *_near(area.area_id, catalog)), indicator, catalog
        )
        if figures.newest(indicator.indicator_id, area_id, own.group_id)
    ]
    name = [indicator.name]
    name += [in_text(group.name)] if match.group else []
    name += [area.name] if match.area else []
    name += [year.folded] if year else []
    under = [] if match.area else [area.name]
    under += [] if match.group or own.group_id == "all" else [group.name]
    period = own.period.text if year else ""
    return Hit(
        "indicator",
        marked(fold(", ".join(name)), [*match.words, *([year] if year else [])]),
        " · ".join([*under, dated_with_age(own, indicator, catalog)]),
        Selection(
            "sammenlign",
            noegletal=indicator.indicator_id,
            omraader=tuple(drawn[:_MOST_DRAWN]),
            grupper=(own.group_id,),
            fra=period,
            til=period,
        ),
        fmt.display(own, indicator),
        caution_badges(own, catalog),
    )


def groups_of(indicator: Indicator, catalog: Catalog) -> list[str]:
    """The groups in which a figure is looked for: the indicator's own first."""
    return [indicator.default_group, *(group.group_id for group in catalog.offered_groups())]


def _near(area_id: str, catalog: Catalog) -> tuple[str, ...]:
    """What an area is drawn with: the programme areas within it, and those it is compared with."""
    return (*areas_in_focus(area_id, catalog)[1:], *areas_to_compare(area_id, catalog))
