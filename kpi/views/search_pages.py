"""Pages about the area that a query means: its profile and its papers."""

from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.folding import fold
from kpi.domain.pages import PAGES
from kpi.domain.selection import Selection
from kpi.domain.wording import in_text
from kpi.views.search_hits import Hit, marked
from kpi.views.search_index import MOST_AT_BEGINNING, SearchIndex
from kpi.views.search_matching import TITLES, Matches

# A word that is shorter begins too many names to mean an area.
_SHORTEST = 3


def page_hits(
    matches: Matches, pairs: Sequence[Hit], index: SearchIndex, catalog: Catalog
) -> tuple[Hit, ...]:
    """The profile with the indicator open (of `pairs`, which have figures), and the papers.

    None where the words mean no area. Pages that are not shown are no entries of the index.
    """
    selections = _of_pair(matches, pairs, catalog) or _of_area(matches, catalog)
    shown = {entry.selection.page for entry in index.entries if entry.kind == "page"}
    return tuple(
        Hit("page", marked(fold(name), matches.words), under, selection)
        for selection, name, under in selections
        if selection.page in shown
    )


_Named = tuple[Selection, str, str]


def _of_pair(matches: Matches, pairs: Sequence[Hit], catalog: Catalog) -> list[_Named]:
    """Of the first indicator in an area that was asked for."""
    named = {match.area.row_id for match in matches.pairs if match.area}
    for hit in pairs:
        area_id, *_ = hit.selection.omraader
        if area_id in named:
            break
    else:
        return []
    (group_id,), area = hit.selection.grupper, catalog.areas[area_id]
    indicator = catalog.indicators[hit.selection.noegletal]
    opened = Selection("omraade", omraade=area_id, aaben=f"{indicator.indicator_id}/{group_id}")
    profile = (
        opened,
        f"{PAGES['omraade'].title}: {in_text(indicator.name)} i {area.name}",
        "Alle områdets nøgletal, med dette åbnet",
    )
    return [profile, _papers(area_id, catalog)]


def _of_area(matches: Matches, catalog: Catalog) -> list[_Named]:
    """Of the area that all words name best; its profile is a hit already."""
    group = next((each for each in matches.groups if each.title == TITLES["area"]), None)
    if group is None or max(len(word.folded) for word in matches.words) < _SHORTEST:
        return []
    best = group.matches[0]
    is_meant = best.cost <= MOST_AT_BEGINNING * len(matches.words) and not best.entry.is_retired
    return [_papers(best.entry.row_id, catalog)] if is_meant else []


def _papers(area_id: str, catalog: Catalog) -> _Named:
    page = PAGES["udvalg"]
    return (
        Selection("udvalg", omraade=area_id),
        f"{page.title}: figurer om {catalog.areas[area_id].name}",
        page.about,
    )
