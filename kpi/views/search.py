"""Search in one box: indicators, also in an area, areas, initiatives and pages, with figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.cpr.typed import typed_holds_number
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Indicator, Observation
from kpi.domain.plan import NO_STATUS
from kpi.domain.selection import Selection
from kpi.domain.wording import UNKNOWN, Badge, caution_badges, listing
from kpi.store import Store
from kpi.views.area_line import area_line
from kpi.views.focus import areas_in_focus, focus_row
from kpi.views.plan import state_badge
from kpi.views.row_words import dated_with_age
from kpi.views.search_comparisons import beside_similar, comparison_hits
from kpi.views.search_figures import groups_of, pair_hits, year_hits, year_in
from kpi.views.search_hits import Hit, HitGroup, marked
from kpi.views.search_index import Entry, SearchIndex, best_place
from kpi.views.search_matching import (
    MOST_LETTERS,
    MOST_MATCHES,
    TITLES,
    Match,
    Matches,
    MatchGroup,
    Word,
    matches_of,
    matches_of_words,
    words_of,
)
from kpi.views.search_pages import page_hits

_COMPARISONS = "Sammenligninger"
PERSONAL = "Der kan ikke søges efter et CPR-nummer."


@dataclass(frozen=True)
class SearchView:
    """What a query found; `note` says what it did not find, and `suggestion` is a nearer query."""

    groups: tuple[HitGroup, ...] = ()
    note: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class _Known:
    """What hits are described by: the figures are those of the home area.

    `by_group` are hits of indicators whose usual group the home area has no figure of. `placed` are
    indicators as they stand under the theme that has the home area's figures.
    """

    index: SearchIndex
    catalog: Catalog
    home_ids: tuple[str, ...]
    figures: Figures
    by_group: Mapping[str, Hit]
    placed: Mapping[str, Indicator]


def search(
    query: str, index: SearchIndex, store: Store, catalog: Catalog, home_id: str
) -> SearchView:
    """What a query finds, at most five hits under a heading, with the figures of the home area.

    An indicator and an area (`fravær gellerup`) are one hit with the area's own figure, where there
    is one. An indicator and a set, or two areas, are a comparison, which comes first. What comes
    after the first 80 letters is not read.
    """
    query = query[:MOST_LETTERS]
    if typed_holds_number(query):
        return SearchView(note=PERSONAL)
    matches = matches_of(query, index)
    shown = {
        match.entry.row_id: match
        for group in (*matches.groups, *matches.alone)
        for match in group.matches[:MOST_MATCHES]
        if match.entry.kind == "indicator"
    }
    home_ids = areas_in_focus(home_id, catalog)
    figures = Figures(store.newest([*shown], home_ids, []) if shown else [])
    placed = {
        row_id: indicator
        for row_id in shown
        if (indicator := _as_placed(row_id, figures, home_id, catalog))
    }
    of_groups = [
        match
        for match in shown.values()
        if match.entry.row_id not in placed
        and _is_of_another_group(match.entry, figures, home_id, catalog)
    ]
    by_group = {
        hit.selection.noegletal: hit for hit in pair_hits(of_groups, store, catalog, [home_id])
    }
    known = _Known(index, catalog, home_ids, figures, by_group, placed)
    pairs = pair_hits(matches.pairs, store, catalog, home_ids)
    groups = _with_pairs([_group(group, known) for group in matches.groups], pairs)
    groups = _with_pages(groups, page_hits(matches, pairs, index, catalog))
    year = year_in(words_of(query))
    of_year = _of_year(year, query, known, store) if year else ()
    if year and of_year:
        groups.insert(0, HitGroup(f"Tal i {year.folded}", of_year[:MOST_MATCHES], len(of_year)))
    compared = comparison_hits(matches, index, store, catalog, home_id)
    if compared:
        groups.insert(0, HitGroup(_COMPARISONS, compared[:MOST_MATCHES], len(compared)))
    elif beside := _of_first_indicator(matches, known, home_id):
        groups.insert(1, HitGroup(_COMPARISONS, beside, len(beside)))
    groups += [_group(group, known) for group in matches.alone]
    unknown = [word for word in matches.unknown if not (of_year and word == year)]
    note = _note(unknown if groups or unknown else words_of(query))
    return SearchView(tuple(groups), note, matches.suggestion)


def _of_first_indicator(matches: Matches, known: _Known, home_id: str) -> tuple[Hit, ...]:
    """The indicator that all words name best, among similar municipalities.

    A query of the name alone mostly asks how the municipality does beside others.
    """
    group = next((each for each in matches.groups if each.title == TITLES["indicator"]), None)
    if group is None or matches.pairs:
        return ()
    return beside_similar(group.matches[0], known.index, known.catalog, home_id)


def _of_year(year: Word, query: str, known: _Known, store: Store) -> tuple[Hit, ...]:
    """The figures of a year of what the query's other words found."""
    others = [word for word in words_of(query) if word != year]
    matches = matches_of_words(others, known.index)
    return tuple(year_hits(year, matches, known.index, store, known.catalog, known.home_ids))


def visited_hits(visits: Iterable[Selection], index: SearchIndex) -> tuple[Hit, ...]:
    """The views that a person has looked at, as hits: each called by its indicator, area or theme.

    What is no longer there is left out.
    """
    by_row = {(entry.kind, entry.row_id): entry for entry in index.entries}
    hits = []
    for visit in visits:
        page = by_row.get(("page", f"/{visit.page}"))
        if visit.noegletal and visit.page in ("tema", "sammenlign"):
            subject = by_row.get(("indicator", visit.noegletal))
        elif visit.page == "omraade":
            subject = by_row.get(("area", visit.omraade))
        else:
            subject = by_row.get(("page", Selection(visit.page, tema=visit.tema).path()), page)
        if page is None or subject is None:
            continue
        under = subject.under if subject.kind == "page" else page.name.source
        hits.append(Hit(subject.kind, ((subject.name.source, False),), under, visit))
    return tuple(hits)


def _group(group: MatchGroup, known: _Known) -> HitGroup:
    hits = tuple(_hit(match, known) for match in group.matches[:MOST_MATCHES])
    return HitGroup(group.title, hits, len(group.matches))


def _with_pairs(groups: Sequence[HitGroup], pairs: Sequence[Hit]) -> list[HitGroup]:
    """Indicators in an area come after those whose names hold all the words alone."""
    if not pairs:
        return [*groups]
    title = TITLES["indicator"]
    alone = next((group for group in groups if group.title == title), HitGroup(title, (), 0))
    hits = (*alone.hits, *pairs)[:MOST_MATCHES]
    together = HitGroup(title, hits, alone.count + len(pairs))
    return [together, *(group for group in groups if group is not alone)]


def _with_pages(groups: Sequence[HitGroup], pages: Sequence[Hit]) -> list[HitGroup]:
    """Pages about what was asked for come before those whose names hold the words."""
    if not pages:
        return [*groups]
    title = TITLES["page"]
    named = next((group for group in groups if group.title == title), HitGroup(title, (), 0))
    hits = (*pages, *named.hits)[:MOST_MATCHES]
    together = HitGroup(title, hits, named.count + len(pages))
    return [*(group for group in groups if group is not named), together]


def _note(unknown: Sequence[Word]) -> str:
    if not unknown:
        return ""
    return f"Intet fundet på {listing([f'»{word.written}«' for word in unknown])}."


def _hit(match: Match, known: _Known) -> Hit:
    entry = match.entry
    if entry.kind == "indicator" and entry.row_id in known.by_group:
        return known.by_group[entry.row_id]
    under = _under(entry, known)
    if entry.kind != "page" and (other := _other_name(entry, match.words)):
        under = f"{other} · {under}"
    value, badges = _at_the_right(entry, known)
    selection = entry.selection
    if entry.kind == "indicator" and entry.row_id in known.placed:
        selection = replace(selection, tema=known.placed[entry.row_id].theme_id)
    return Hit(entry.kind, marked(entry.name, match.words), under, selection, value, badges)


def _under(entry: Entry, known: _Known) -> str:
    """The grey line under a name; that it is retired is said there."""
    match entry.kind:
        case "indicator":
            parts = _about_indicator(entry, known)
        case "area":
            count = known.index.indicators_of.get(entry.row_id, 0)
            figures = f"{fmt.number(count, 0)} nøgletal" if count else "endnu ingen tal"
            parts = [area_line(known.catalog.areas[entry.row_id], known.catalog), figures]
        case "initiative":
            initiative = known.index.initiatives[entry.row_id]
            status = initiative.status_on(known.catalog.day)
            when = f"seneste status {fmt.partial_date(status.date)}" if status else ""
            parts = [initiative.responsible, when]
        case "page" | "group":
            parts = [entry.under]
    return " · ".join(filter(None, parts))


def _about_indicator(entry: Entry, known: _Known) -> list[str]:
    row, parts = _home_row(entry, known), []
    if row is not None:
        indicator = known.catalog.indicators[entry.row_id]
        area = known.catalog.areas[row.area_id].name
        is_placed = entry.row_id in known.placed
        group = [known.catalog.groups[row.group_id].name] if is_placed else []
        parts = [area, *group, dated_with_age(row, indicator, known.catalog)]
    count = known.index.areas_of.get(entry.row_id, 0)
    if not count:
        parts.append("endnu ingen tal")
    elif row is None or count > 1:
        parts.append(fmt.counted(count, "område", "områder"))
    return [*parts, *(["udgået"] if entry.is_retired else [])]


def _home_row(entry: Entry, known: _Known) -> Observation | None:
    indicator = known.placed.get(entry.row_id) or known.catalog.indicators[entry.row_id]
    return focus_row(indicator, known.home_ids, known.figures)


def _at_the_right(entry: Entry, known: _Known) -> tuple[str, tuple[Badge, ...]]:
    """The home area's figure with what a reader must know of it, or an initiative's status."""
    if entry.kind == "indicator" and (row := _home_row(entry, known)) is not None:
        indicator = known.catalog.indicators[entry.row_id]
        return fmt.display(row, indicator), caution_badges(row, known.catalog)
    if entry.kind == "initiative":
        status = known.index.initiatives[entry.row_id].status_on(known.catalog.day)
        return "", (state_badge(status) if status else Badge(UNKNOWN, NO_STATUS),)
    return "", ()


def _other_name(entry: Entry, words: Sequence[Word]) -> str:
    """The other name, or the theme, that a word is in where none is in the heading; empty else."""
    if any(best_place(word.folded, entry.name) for word in words):
        return ""
    others = [
        f"»{other.source}«"
        for word in words
        for other in entry.others
        if best_place(word.folded, other) is not None
    ]
    return others[0] if others else f"Tema: {entry.theme.source}" if entry.theme else ""


def _as_placed(
    indicator_id: str, figures: Figures, home_id: str, catalog: Catalog
) -> Indicator | None:
    """The indicator under the other theme that the home area's figures of it stand under.

    None where its own theme has one, or where no other theme has.
    """
    own, *others = catalog.by_theme(catalog.indicators[indicator_id])
    if figures.newest(indicator_id, home_id, own.default_group) is not None:
        return None
    return next(
        (
            each
            for each in others
            if figures.newest(indicator_id, home_id, each.default_group) is not None
        ),
        None,
    )


def _is_of_another_group(entry: Entry, figures: Figures, home_id: str, catalog: Catalog) -> bool:
    """Whether the home area has a figure of an indicator, but none of its usual group.

    That of an area within it (a programme area's pupils) would be read as the municipality's.
    """
    own, *others = groups_of(catalog.indicators[entry.row_id], catalog)
    if entry.is_retired or figures.newest(entry.row_id, home_id, own) is not None:
        return False
    return any(figures.newest(entry.row_id, home_id, group_id) for group_id in others)
