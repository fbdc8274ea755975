"""Views of pages that a reader asks for by what they answer: what is worst, overdue or on a map."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.domain.plan import SILENT, STATUS_CHOICES
from kpi.domain.selection import (
    DIAGRAMS,
    PAGES,
    SHOWN,
    SORTINGS,
    AboutPart,
    Diagram,
    Selection,
    Shown,
    Sorting,
)

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
_OVERDUE = "forsinket forsinkede overskredet overskredne uden nyt rykker"
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
    sorted_by = [
        View(Selection("omraade", omraade=home_id, sorter=sorting), f"{area}: {name.lower()}",
             _SORTING_WORDS[sorting], "Områdets nøgletal i den rækkefølge")
        for sorting, name in SORTINGS.items()
        if _SORTING_WORDS[sorting]
    ]  # fmt: skip
    shown = [
        View(Selection("omraade", omraade=home_id, vis=kind), f"{area}: {name.lower()}",
             _SHOWN_WORDS[kind], "Områdets nøgletal, kun disse")
        for kind, name in SHOWN.items()
        if _SHOWN_WORDS[kind]
    ]  # fmt: skip
    diagrams = [
        View(Selection("sammenlign", diagram=diagram), f"{compared}: {name.lower()}",
             _DIAGRAM_WORDS[diagram], "Diagram af et nøgletal")
        for diagram, name in DIAGRAMS.items()
    ]  # fmt: skip
    states = [
        View(Selection("handleplan", status=status), f"{plan}: {name.lower()}",
             _OVERDUE if status == SILENT else "", "Indsatserne med den status")
        for status, name in STATUS_CHOICES.items()
    ]  # fmt: skip
    paper = View(
        Selection(), "Udskriv en side", "print printer papir",
        "Knappen »Udskriv« står øverst på hver side (Ctrl + P)",
    )  # fmt: skip
    return [*sorted_by, *shown, *diagrams, *states, paper]
