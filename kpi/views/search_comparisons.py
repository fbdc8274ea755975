"""Comparisons that a query asks for: an indicator among a set of areas, or two areas."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from kpi.domain import format as fmt
from kpi.domain.area_presets import municipality_for, preset_name
from kpi.domain.catalog import SIMILAR, Catalog
from kpi.domain.figures import Figures
from kpi.domain.folding import fold
from kpi.domain.pages import PAGES
from kpi.domain.selection import Selection
from kpi.domain.wording import caution_badges
from kpi.store import Store
from kpi.views.comparison_change import groups_of_areas
from kpi.views.row_words import dated_with_age
from kpi.views.search_hits import Hit, marked
from kpi.views.search_index import MOST_AT_BEGINNING, Entry, SearchIndex
from kpi.views.search_matching import MOST_MATCHES, Match, Matches, Word
from kpi.views.search_views import SET_WORDS
from kpi.views.set_comparison import are_compared, in_set

# How a word begins that says no more than that areas are compared.
_DIFFERENCE = "forskel"
# A word that is shorter begins too many names to mean a set or an area.
_SHORTEST = 3
# Of more areas that the words may mean, no pairs are made.
_MOST_MEANT = 12


def comparison_hits(
    matches: Matches, index: SearchIndex, store: Store, catalog: Catalog, home_id: str
) -> tuple[Hit, ...]:
    """The comparisons, nearest first: none where a word is in no name, or is there alone."""
    if matches.unknown or len(matches.words) < 2:
        return ()
    in_sets = _in_sets(matches.words, index, catalog, home_id)
    hits = _with_figures(in_sets, matches.words, store, catalog, home_id)
    return hits or _two_areas(matches.words, index, catalog)


def beside_similar(
    match: Match, index: SearchIndex, catalog: Catalog, home_id: str
) -> tuple[Hit, ...]:
    """An indicator among the municipalities like the home area's; empty where it has no figures.

    The home area's own stands with the indicator already.
    """
    indicator_id = match.entry.row_id
    selection = in_set(indicator_id, SIMILAR, home_id, index.known, catalog)
    if selection is None or match.entry.is_retired:
        return ()
    own = municipality_for(selection.omraader, home_id, catalog)
    name = f"{catalog.indicators[indicator_id].name}, {preset_name(SIMILAR, own, catalog)}"
    title = PAGES[selection.page].title
    return (Hit("indicator", marked(fold(name), match.words), title, selection),)


def _in_sets(
    words: Sequence[Word], index: SearchIndex, catalog: Catalog, home_id: str
) -> list[Selection]:
    """Sammenlign with an indicator and a set, also that of another municipality.

    `fravær som aarhus`, `ledighed 6-byerne`, `fravær som odense`. A word must mean the set and
    nothing of the indicator, and another one the indicator alone.
    """
    selections: list[tuple[int, Selection]] = []
    sets = [
        (entry, meaning)
        for entry in index.entries
        if entry.kind == "page" and entry.selection.page == "sammenlign"
        for name in entry.selection.omraader
        if (meaning := _words_meaning(name, words, home_id, catalog))
    ]
    for entry, meaning in sets:
        of_set = {word for word in words if entry.fits(word.folded) is not None} | meaning
        for indicator in _offered(index, "indicator"):
            fits = {word: indicator.fits(word.folded) for word in words}
            own = {word for word, place in fits.items() if place is not None} - of_set
            if not own or all(fits[word] is not None for word in meaning):
                continue
            rest = [word for word in words if word not in of_set and word not in own]
            areas = [""]
            if rest:
                areas = [
                    area.row_id
                    for area in _offered(index, "area")
                    if catalog.areas[area.row_id].level == "municipality" and _is_begun(area, rest)
                ]
            cost = sum(fits[word] or 0 for word in own)
            (set_id,) = entry.selection.omraader
            selections += [
                (cost, selection)
                for area_id in areas
                if (
                    selection := in_set(
                        indicator.row_id, set_id, home_id, index.known, catalog, whose=area_id
                    )
                )
            ]
    selections.sort(key=lambda each: each[0])
    return [selection for _, selection in selections]


def _words_meaning(set_id: str, words: Sequence[Word], home_id: str, catalog: Catalog) -> set[Word]:
    """The words that mean a set: its own name, or what else it is called by."""
    own = municipality_for((), home_id, catalog)
    called = SET_WORDS.get(set_id) or preset_name(set_id, own, catalog)
    return {
        word
        for word in words
        for name in fold(called).words
        if name == word.folded
        or (name.startswith(word.folded) and (len(word.folded) >= _SHORTEST or name[0].isdigit()))
    }


def _with_figures(
    selections: Sequence[Selection], words: Sequence[Word], store: Store, catalog: Catalog,
    home_id: str,
) -> tuple[Hit, ...]:  # fmt: skip
    """Each comparison in a set, with the municipality's own figure of the indicator's group."""
    owns = {each: municipality_for(each.omraader, home_id, catalog) for each in selections}
    shown = selections[:MOST_MATCHES]
    area_ids = dict.fromkeys(own.area_id for each in shown if (own := owns[each]))
    figures = Figures(
        store.newest([*{each.noegletal for each in shown}], [*area_ids], []) if shown else []
    )
    groups = dict(zip(shown, groups_of_areas(store, catalog, shown, home_id), strict=True))
    hits = []
    for selection in selections:
        indicator, own = catalog.indicators[selection.noegletal], owns[selection]
        name = f"{indicator.name}, {preset_name(selection.omraader[-1], own, catalog)}"
        row = (
            # Of the group that Sammenlign opens with.
            figures.newest(indicator.indicator_id, own.area_id, groups[selection])
            if own and selection in groups
            else None
        )
        under = [PAGES["sammenlign"].title]
        if own and row:
            group = [] if row.group_id == "all" else [catalog.groups[row.group_id].name]
            under += [own.name, *group, dated_with_age(row, indicator, catalog)]
        hits.append(
            Hit(
                "indicator",
                marked(fold(name), words),
                " · ".join(under),
                selection,
                fmt.display(row, indicator) if row else "",
                caution_badges(row, catalog) if row else (),
            )
        )
    return tuple(hits)


def _two_areas(words: Sequence[Word], index: SearchIndex, catalog: Catalog) -> tuple[Hit, ...]:
    """The comparison of two areas that all the words mean, or that stand beside an indicator.

    None where one area has all the words that are not the indicator's (`viby syd`), unless they are
    the whole names of two (`aarhus gellerup`). Areas of one level are meant before others.
    """
    areas = [
        (area, fits)
        for area in _offered(index, "area")
        if (fits := {word for word in words if _is_begun(area, [word])})
    ][:_MOST_MEANT]
    named = {word for _, fits in areas for word in fits}
    rest = [word for word in words if word not in named and not word.folded.startswith(_DIFFERENCE)]
    whole = _called_in_full(named, areas)
    if whole:
        areas = whole
    elif len(named) < 2 or any(fits >= named for _, fits in areas):
        return ()
    pairs = [
        (first[0], second[0])
        for first, second in combinations(areas, 2)
        if first[1] | second[1] == named
    ]
    pairs.sort(key=lambda pair: _distance(pair, words, catalog))
    hits = (_of_two(pair, words, rest, index, catalog) for pair in pairs)
    return tuple(hit for hit in hits if hit is not None)


def _called_in_full(
    named: set[Word], areas: Sequence[tuple[Entry, set[Word]]]
) -> list[tuple[Entry, set[Word]]]:
    """The areas whose names have no other words; empty unless they take all words, two or more."""
    whole = [
        (area, fits)
        for area, fits in areas
        if set(area.name.words) == {word.folded for word in fits}
    ]
    taken = {word for _, fits in whole for word in fits}
    return whole if taken == named and not any(fits >= named for _, fits in whole) else []


def _distance(
    pair: tuple[Entry, Entry], words: Sequence[Word], catalog: Catalog
) -> tuple[bool, int]:
    """How far two areas are from what the words mean."""
    levels = {catalog.areas[area.row_id].level for area in pair}
    costs = [place for area in pair for word in words if (place := area.fits(word.folded))]
    return len(levels) > 1, sum(costs)


def _of_two(
    pair: tuple[Entry, Entry], words: Sequence[Word], rest: Sequence[Word],
    index: SearchIndex, catalog: Catalog,
) -> Hit | None:  # fmt: skip
    """Where two areas are compared; None where no indicator has figures of both.

    Programme areas of one municipality are compared on the page of the first: how they differ in
    all that both have figures of stands there.
    """
    first, second = sorted(
        (catalog.areas[area.row_id] for area in pair),
        key=lambda area: _place_in(words, area.name),
    )
    name = f"{first.name} og {second.name}"
    if not rest and first.level == "programme_area" and second in catalog.siblings(first):
        return Hit(
            "area", marked(fold(name), words), f"{PAGES['omraade'].title} · hvor de er forskellige",
            Selection("omraade", omraade=first.area_id),
        )  # fmt: skip
    inner = second if second.parent_id == first.area_id else first
    if not rest and inner.is_residential and inner.parent_id in {first.area_id, second.area_id}:
        # They have few figures of the same people.
        return Hit(
            "area", marked(fold(name), words),
            f"{PAGES['omraade'].title} · alle tal for {inner.name}",
            Selection("omraade", omraade=inner.area_id),
        )  # fmt: skip
    both = [
        entry
        for entry in _offered(index, "indicator")
        if all(entry.fits(word.folded) is not None for word in rest)
        and are_compared(entry.row_id, (first.area_id, second.area_id), index.known)
    ]
    # Without words of an indicator: one that tells most of how an area does.
    both.sort(
        key=lambda entry: (
            sum(entry.fits(word.folded) or 0 for word in rest)
            if rest
            else not catalog.indicators[entry.row_id].headline
        )
    )
    if not both:
        return None
    indicator = catalog.indicators[both[0].row_id]
    return Hit(
        "indicator" if rest else "area",
        marked(fold(f"{indicator.name}, {name}" if rest else name), words),
        " · ".join([PAGES["sammenlign"].title, *([] if rest else [indicator.name])]),
        Selection(
            "sammenlign",
            noegletal=indicator.indicator_id,
            omraader=(first.area_id, second.area_id),
        ),
    )


def _place_in(words: Sequence[Word], name: str) -> int:
    """Which of the words is the first that a name has."""
    text = f" {fold(name).text}"
    return next((at for at, word in enumerate(words) if f" {word.folded}" in text), len(words))


def _is_begun(entry: Entry, words: Sequence[Word]) -> bool:
    """Whether each of the words begins a word of the entry's names."""
    return all(
        len(word.folded) >= _SHORTEST
        and (place := entry.fits(word.folded)) is not None
        and place <= MOST_AT_BEGINNING
        for word in words
    )


def _offered(index: SearchIndex, kind: str) -> Iterator[Entry]:
    return (entry for entry in index.entries if entry.kind == kind and not entry.is_retired)
