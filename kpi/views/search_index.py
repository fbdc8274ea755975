"""What can be searched for: indicators, areas, initiatives and pages, by their names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from kpi.domain import format as fmt
from kpi.domain.area_presets import municipality_for, offered_presets, preset_name
from kpi.domain.catalog import Catalog
from kpi.domain.folding import Folded, fold
from kpi.domain.model import Theme
from kpi.domain.pages import PAGES
from kpi.domain.plan import Initiative, Meeting, Plan
from kpi.domain.selection import ABOUT_PARTS, Selection
from kpi.store import Store
from kpi.views.plan import theme_name
from kpi.views.search_views import ABOUT_WORDS, SET_WORDS, views_of_pages
from kpi.views.search_words import MEASURES, everyday_words

# A group is part of what is found (`fravær udskoling`), and nothing by itself.
EntryKind = Literal["indicator", "area", "initiative", "page", "group"]

# How well a word fits, best first: the whole word, how it begins, how it ends, within it.
WHOLE, BEGINNING, END, WITHIN = range(4)
# What is called by the word alone.
CALLED_SO = -1
# The cost of a word that is, or begins, a word of any of the names.
MOST_AT_BEGINNING = 2 * BEGINNING + 1
# What the name of an indicator's theme adds: more than any name of its own costs.
_OF_THEME = 2 * WITHIN + 2
# So short a word is only looked for where words begin.
_SHORT = 2
# A part of a compound word has so many letters at least: shorter ones are within others by chance.
_SHORTEST_PART = 5
# Letters of a glossary word's meaning in a hit.
_MOST_OF_MEANING = 110


@dataclass(frozen=True, eq=False)
class Entry:
    """Something that is searched by `name`, and by `others` that are not its heading.

    `row_id` is its id in its table, of a page the address. `under` is what is said of a page.
    `theme` is that of an indicator, which is found by it after all that have a word themselves.
    `is_word`: it is a word of the glossary, which may be the name of a group as well.
    """

    kind: EntryKind
    row_id: str
    name: Folded
    others: tuple[Folded, ...]
    selection: Selection
    is_retired: bool = False
    under: str = ""
    is_word: bool = False
    theme: Folded | None = None

    def fits(self, word: str) -> int | None:
        """How well a folded word fits, the least the best; None where it is in no name.

        Of two that fit equally well, that of the heading is better. Best of all is what is called
        just so: »fravær« is one indicator's short name and a word of another one's.
        """
        # Every key asks this of every entry, and most have the word in none of their names.
        if (word if len(word) > _SHORT else f" {word}") not in self._names:
            return None
        if self.kind == "indicator" and any(
            name.text == word for name in (self.name, *self.others)
        ):
            return CALLED_SO
        own = fit(word, self.name)
        others = [fit(word, name) for name in self.others]
        costs = [2 * own] if own is not None else []
        costs += [2 * place + 1 for place in others if place is not None]
        if not costs and self.theme is not None:
            place = fit(word, self.theme)
            # Within a word it would be another word: a theme is named, its indicators are not.
            costs = [_OF_THEME + place] if place is not None and place <= BEGINNING else []
        return min(costs, default=None)

    @cached_property
    def _names(self) -> str:
        """All names in one text, a space before each of their words and two between names."""
        themes = (self.theme,) if self.theme else ()
        return "".join(f" {name.text} " for name in (self.name, *self.others, *themes))


@dataclass(frozen=True)
class SearchIndex:
    """Everything that can be found in a version, each kind in the order in which it is offered.

    `groups_of` are those that an indicator has figures of.
    """

    entries: tuple[Entry, ...]
    groups: tuple[Entry, ...]
    groups_of: Mapping[str, frozenset[str]]
    # In how many areas an indicator has figures, and of how many indicators an area has.
    areas_of: Mapping[str, int]
    indicators_of: Mapping[str, int]
    initiatives: Mapping[str, Initiative]
    # Which indicators have a figure of which areas: (indicator_id, area_id).
    known: frozenset[tuple[str, str]]

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """Every word of a name as it is written there, by the word as it is searched."""
        entries = (*self.entries, *self.groups)
        names = (name for entry in entries for name in (entry.name, *entry.others))
        return {
            word: written
            for name in names
            for written in name.source.split()
            if (word := fold(written).text) and " " not in word
        }

    @cached_property
    def parts(self) -> Mapping[str, bool]:
        """The words a compound may be made of, folded, each with whether it is a theme's alone.

        `ungdomsledighed` is in no name, `ledighed` is in that of an indicator.
        """
        themes = (name for entry in self.entries if entry.selection.tema for name in entry.others)
        indicators = (
            name
            for entry in self.entries
            if entry.kind == "indicator" and not entry.is_retired
            for name in (entry.name, *entry.others)
        )
        of_themes = {word: True for name in themes for word in name.words}
        words = of_themes | {word: False for name in indicators for word in name.words}
        return {
            word: alone
            for word, alone in words.items()
            if len(word) >= _SHORTEST_PART and word not in MEASURES
        }


def fit(word: str, name: Folded) -> int | None:
    """How well a folded word fits a name: WHOLE to WITHIN; None where it is not in it."""
    best = best_place(word, name)
    return best[0] if best else None


def best_place(word: str, name: Folded) -> tuple[int, int] | None:
    """How well a folded word fits a name, and where in its folded text it does so first."""
    text = name.text
    if word not in text:
        return None
    if len(word) <= _SHORT and not (text.startswith(word) or f" {word}" in text):
        return None
    places, at = [], text.find(word)
    while at >= 0:
        end = at + len(word)
        begins = at == 0 or text[at - 1] == " "
        ends = end == len(text) or text[end] == " "
        if begins or len(word) > _SHORT:
            is_like = (WHOLE if ends else BEGINNING) if begins else END if ends else WITHIN
            places.append((is_like, at))
        following = at + 1 if len(word) > _SHORT else text.find(" ", at) + 1
        at = text.find(word, following) if following else -1
    return min(places, default=None)


def search_index(
    store: Store, catalog: Catalog, plan: Plan, home_id: str, pages: Iterable[str] = PAGES
) -> SearchIndex:
    """The index of a version: what is retired comes last of its kind. `pages` are those shown.

    Sets of areas are those of the home area's municipality.
    """
    own = municipality_for((), home_id, catalog)
    sets = [
        (each.set_id, preset_name(each.set_id, own, catalog))
        for each in offered_presets(own, "", catalog)
    ]
    known = store.known_areas([*catalog.indicators], [*catalog.areas])
    return SearchIndex(
        (
            *_retired_last(_indicators(catalog)),
            *_retired_last(_areas(catalog)),
            *_initiatives(plan),
            *_pages(catalog, plan, sets, home_id, tuple(pages)),
        ),
        tuple(
            Entry(
                "group",
                group.group_id,
                fold(group.name),
                _folded(group.name, group.aliases),
                Selection("sammenlign", grupper=(group.group_id,)),
            )
            for group in catalog.offered_groups()
        ),
        store.groups_with_figures(),
        Counter(indicator_id for indicator_id, _ in known),
        Counter(area_id for _, area_id in known),
        {initiative.initiative_id: initiative for initiative in plan.initiatives},
        frozenset(known),
    )


def _retired_last(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.is_retired)


def _indicators(catalog: Catalog) -> list[Entry]:
    return [
        Entry(
            "indicator",
            indicator.indicator_id,
            fold(indicator.name),
            _folded(indicator.name, (*names, *everyday_words((indicator.name, *names)))),
            Selection("tema", tema=indicator.theme_id, noegletal=indicator.indicator_id),
            catalog.is_retired(indicator),
            theme=fold(catalog.themes[indicator.theme_id].short_name),
        )
        for indicator in catalog.indicators.values()
        for names in [(indicator.short_name, *indicator.aliases)]
    ]


def _areas(catalog: Catalog) -> list[Entry]:
    return [
        Entry(
            "area",
            area.area_id,
            fold(area.name),
            _folded(area.name, area.aliases),
            Selection("omraade", omraade=area.area_id),
            catalog.is_retired(area),
        )
        for area in catalog.sorted_areas(also=tuple(catalog.areas))
    ]


def _initiatives(plan: Plan) -> list[Entry]:
    return [
        Entry(
            "initiative",
            initiative.initiative_id,
            fold(initiative.title),
            (),
            Selection("handleplan", tema=initiative.theme_id),
        )
        for initiative in plan.initiatives
    ]


def _pages(
    catalog: Catalog,
    plan: Plan,
    sets: Sequence[tuple[str, str]],
    home_id: str,
    pages: Sequence[str],
) -> list[Entry]:
    """The pages, and what is within them, in the order in which equal ones are listed."""
    entries = [_own_page(page) for page in pages]
    entries += [entry for theme in catalog.themes.values() for entry in _of_theme(theme, plan)]
    entries += [
        entry
        for meeting in sorted(
            catalog.meetings.values(), key=lambda meeting: meeting.day, reverse=True
        )
        for entry in _of_meeting(meeting, catalog.day)
    ]
    entries += [
        _page(
            f"{view.selection.path()} {view.name}",
            view.name,
            _folded(view.name, (view.words,)),
            view.selection,
            view.under,
        )
        for view in views_of_pages(home_id)
    ]
    entries += [
        _page(
            f"/om?afsnit={part}",
            title,
            _folded(title, (ABOUT_WORDS.get(part, ""),)),
            Selection("om", afsnit=(part,)),
            f"Afsnit på siden {PAGES['om'].title}",
        )
        for part, title in ABOUT_PARTS.items()
    ]
    of_pages = [entry for entry in entries if entry.selection.page in pages]
    of_pages += [_set(name, called) for name, called in sets]
    words = [_of_word(word, meaning) for word, meaning in catalog.abbreviations]
    return of_pages + (words if "om" in pages else [])


def _page(
    key: str, name: str, others: tuple[Folded, ...], selection: Selection, under: str
) -> Entry:
    return Entry("page", key, fold(name), others, selection, under=under)


def _own_page(page: str) -> Entry:
    of_page = PAGES[page]
    found_by = (fold(of_page.found_by),)
    return _page(f"/{page}", of_page.title, found_by, Selection(page), of_page.about)


def _of_theme(theme: Theme, plan: Plan) -> list[Entry]:
    """A theme's page, and its part of the action plan where it has initiatives."""
    name = theme_name(theme)
    selections = [("Tema", Selection("tema", tema=theme.theme_id), theme.description)]
    if plan.of_theme(theme.theme_id):
        of_plan = Selection("handleplan", tema=theme.theme_id)
        selections.append(("Handleplan", of_plan, "Temaets indsatser og deres status"))
    others = _folded(name, (theme.short_name,))
    return [
        _page(selection.path(), f"{title}: {name}", others, selection, under)
        for title, selection, under in selections
    ]


def _of_meeting(meeting: Meeting, today: date) -> list[Entry]:
    """A meeting's papers, and what is new since it; found by its day however that is written."""
    day = meeting.day
    name = f"{meeting.body} {fmt.long_date(day)}"
    written = (f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%Y}", f"{day:%d%m%Y}", f"{day}")
    others = _folded(name, ("møde mødet mødemateriale udvalg", meeting.title, *written))
    views = [(name, Selection("udvalg", moede=meeting.meeting_id), "Mødets papirer på Udvalg")]
    if day < today:
        since = Selection(siden=meeting.meeting_id)
        views.append((f"Nyt siden mødet {fmt.long_date(day)}", since, f"Overblik · {meeting.body}"))
    return [
        _page(selection.path(), title, others, selection, under)
        for title, selection, under in views
    ]


def _set(name: str, called: str) -> Entry:
    """Sammenlign with the areas that one name chooses."""
    return _page(
        f"/sammenlign?omraader={name}",
        f"{PAGES['sammenlign'].title}: {called}",
        _folded(called, (SET_WORDS.get(name, ""),)),
        Selection("sammenlign", omraader=(name,)),
        "Områder, der vælges med ét navn",
    )


def _of_word(word: str, meaning: str) -> Entry:
    """A word of the glossary on Om tallene."""
    return Entry(
        "page",
        f"/om?afsnit=forkortelser {word}",
        fold(word),
        (),
        Selection("om", afsnit=("forkortelser",)),
        under=_shortened(meaning),
        is_word=True,
    )


def _shortened(meaning: str) -> str:
    """What a word of the glossary means, as much as a line under its name has room for."""
    if len(meaning) <= _MOST_OF_MEANING:
        return meaning
    return f"{meaning[:_MOST_OF_MEANING].rpartition(' ')[0].rstrip(',.;:')} …"


def _folded(name: str, others: Iterable[str]) -> tuple[Folded, ...]:
    return tuple(fold(other) for other in dict.fromkeys(others) if other and other != name)
