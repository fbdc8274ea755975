"""Views of pages that a reader asks for by what they answer: what is worst, overdue or on a map."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from kpi.domain.pages import FRONT_PAGE, PAGES
from kpi.domain.plan import SILENT, STATUS_CHOICES
from kpi.domain.selection import (
    DIAGRAMS,
    SHOWN,
    SORTINGS,
    WAITING_PART,
    AboutPart,
    Diagram,
    Selection,
    Shown,
    Sorting,
)

_Choice = TypeVar("_Choice", bound=str)

# What else a view is called by those who look for it.
_DIAGRAM_WORDS: Mapping[Diagram, str] = {
    "udvikling": "tid linje kurve",
    "rangering": "rangliste rang nummer",
    "afstand": "afvigelse",
    "kort": "danmarkskort landkort",
    "smaa": "mange små",
    "tragt": "tilfældig usikkerhed",
}
_SORTING_WORDS: Mapping[Sorting, str] = {
    "tema": "",
    "bagud": "værst værste dårligst dårligste ringest",
    "foran": "bedst bedste",
    "aendring": "vokset faldet steget",
    "aeldst": "gammelt forældet",
}
_SHOWN_WORDS: Mapping[Shown, str] = {
    "alle": "",
    "daarligere": "værre under dårlige",
    "bedre": "godt over gode",
    "nye": "nyheder nyt",
}
# What an area's page shows until another order or part is chosen.
_USUAL = ("tema", "alle")
_OVERDUE = (
    "forfalden forfaldne forfaldent forsinket forsinkede overskredet overskredne uden nyt rykker"
)
ABOUT_WORDS: Mapping[AboutPart, str] = {
    "laesning": "læsevejledning statistik",
    "forkortelser": "ordliste begreber forklaring",
    "skjulte": "diskretionering små tal",
    "formler": "beregning",
    "noegletal": "definitioner",
    "alder": "forsinket forsinkede forældet gamle",
    "kilder": "udgivere",
    "hentning": "automatik",
    "indlaesninger": "historik",
    "regnetjek": "afviger",
    "lignende": "lignende kommuner",
    "tilgaengelighed": "skærmlæser wcag",
}
# The words by which a query means a set that is not called by its own name.
SET_WORDS: Mapping[str, str] = {
    "similar": "som lignende ligner sammenlignelige tilsvarende",
    "region": "region regionen regionens",
    "all": "alle samtlige",
}


@dataclass(frozen=True)
class View:
    """A page with choices that answer a question: its name, other words for it, what it shows."""

    selection: Selection
    name: str
    words: str
    under: str


def views_of_pages(home_id: str) -> list[View]:
    """Every such view, of the pages in their order; an area's are those of the home area."""
    area, compared, plan = (PAGES[page].title for page in ("omraade", "sammenlign", "handleplan"))
    own = Selection("omraade", omraade=home_id)
    sorted_by = _views(
        area, SORTINGS, _SORTING_WORDS, "Områdets nøgletal i den rækkefølge",
        lambda sorting: replace(own, sorter=sorting),
    )  # fmt: skip
    shown = _views(
        area, SHOWN, _SHOWN_WORDS, "Områdets nøgletal, kun disse",
        lambda kind: replace(own, vis=kind),
    )  # fmt: skip
    diagrams = _views(
        compared, DIAGRAMS, _DIAGRAM_WORDS, "Diagram af et nøgletal",
        lambda diagram: Selection("sammenlign", diagram=diagram),
    )  # fmt: skip
    states = _views(
        plan, STATUS_CHOICES, dict.fromkeys(STATUS_CHOICES, "") | {SILENT: _OVERDUE},
        "Indsatserne med den status", lambda status: Selection("handleplan", status=status),
    )  # fmt: skip
    waiting = View(
        Selection(afsnit=(WAITING_PART,)), f"{PAGES[FRONT_PAGE].title}: uden nyt",
        f"{_OVERDUE} mangler venter", "Tal, statusser og passerede datoer, det ældste først",
    )  # fmt: skip
    paper = View(
        Selection(), "Udskriv en side", "print printer papir",
        "Knappen »Udskriv« står øverst på hver side (Ctrl + P)",
    )  # fmt: skip
    return [waiting, *sorted_by, *shown, *diagrams, *states, paper]


def _views(
    page: str,
    names: Mapping[_Choice, str],
    words: Mapping[_Choice, str],
    under: str,
    chosen: Callable[[_Choice], Selection],
) -> list[View]:
    """A view of a page for each choice but the usual one, which is the page itself."""
    return [
        View(chosen(choice), f"{page}: {name.lower()}", words[choice], under)
        for choice, name in names.items()
        if choice not in _USUAL
    ]
