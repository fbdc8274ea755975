"""A heading of a person's own that says the opposite of its figure is told of."""

import re
from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.domain.wording import Badge
from kpi.export.choice import Choice, OwnSlide
from kpi.export.headings import contradiction, slide_contradictions
from kpi.export.paper import Item, Paper, paper
from kpi.store import Store
from tests.tables import for_each

_OPPOSITES = {
    "under": "over", "over": "under", "fald": "stigning", "stigning": "fald",
    "højere": "lavere", "lavere": "højere",
}  # fmt: skip


def titled(item: Item, title: str) -> Item:
    return replace(item, title=title)


def figure(handed_in: Paper, beginning: str) -> Item:
    return next(item for item in handed_in.items if item.exhibit.title.startswith(beginning))


@for_each(
    ("beginning", "own", "word"),
    [
        # Selvforsørgelse: Aarhus ligger 7,2 procentpoint under hele landet (worse).
        ("Selvforsørgelse", "Aarhus klarer sig bedre end landet", "bedre"),
        ("Selvforsørgelse", "Flere forsørger sig selv end i landet", "flere"),
        ("Selvforsørgelse", "Selvforsørgelsen ligger over hele landet", "over"),
        ("Selvforsørgelse", "Aarhus halter efter landet", ""),
        ("Selvforsørgelse", "Færre forsørger sig selv end i landet", ""),
        ("Selvforsørgelse", "Aarhus klarer sig ikke bedre end landet", ""),
        ("Selvforsørgelse", "Bedre end Odense, dårligere end landet", ""),
        ("Selvforsørgelse", "Over 100 borgere mangler", ""),
        ("Selvforsørgelse", "Status på selvforsørgelse", ""),
        # Between groups there is only higher and lower.
        ("Midlertidige", "Det går dårligere for borgere med ikke-vestlig baggrund", "dårligere"),
        ("Midlertidige", "Lavere andel blandt borgere med ikke-vestlig baggrund", "lavere"),
        # The indicator's own name holds »over«.
        ("Over 5 år", "Over 5 år på forsørgelse: en lavere andel", "lavere"),
        ("Forældre med tilknytning", "Gellerup er foran Viby Syd", "foran"),
        ("Forældre med tilknytning", "En højere andel i Gellerup", "højere"),
        ("Forældre med tilknytning", "Ingen sikker forskel på områderne", ""),
        ("Fravær i Gellerup", "Fraværet er steget", "steget"),
        ("Fravær i Gellerup", "Fraværet er faldet", ""),
    ],
)
def test_a_heading_of_one_s_own(handed_in: Paper, beginning: str, own: str, word: str) -> None:
    words = contradiction(titled(figure(handed_in, beginning), own))
    assert words.startswith(f"Overskriften siger »{word}«") if word else words == ""


def test_spor_s_own_words_never_speak_against_the_figure_and_turned_round_they_do(
    handed_in: Paper,
) -> None:
    turned = 0
    for item in handed_in.items:
        own = item.exhibit.title
        assert contradiction(titled(item, f"{own}.")) == "", own
        head, mark, rest = own.partition(": ")
        if " ligger " in rest or re.search("fald på|stigning på", rest):
            opposite = " ".join(_OPPOSITES.get(word, word) for word in rest.split(" "))
            assert contradiction(titled(item, head + mark + opposite)) != "", own
            turned += 1
    assert turned > 3


def test_a_paper_knows_what_its_figures_are_called(store: Store, catalog: Catalog) -> None:
    chosen = Choice("aarhus", indicator_ids=("self_sufficiency_rate",))
    item = next(item for item in paper(store, catalog, chosen).items)
    assert item.verdict == Badge("worse", "Dårligere end hele landet", is_sure=False)


@for_each(
    ("title", "text", "after", "word"),
    [
        ("Til drøftelse", "Selvforsørgelse er bedre end i landet", "", "bedre"),
        ("Selvforsørgelse går bedre", "", "", "bedre"),
        ("Status", "Tallene er nye.\nDet går bedre end i landet", "Selvforsørgelse", "bedre"),
        ("Status", "Tallene er nye. Det går bedre end i landet", "Selvforsørgelse", "bedre"),
        ("Status", "Fraværet er steget", "Fravær i Gellerup", "steget"),
        # What it says of another figure is none of the one that it follows.
        ("Status", "Selvforsørgelse er dårligere end i landet", "Fravær i Gellerup", ""),
        # A sentence of no figure at all.
        ("Status", "Det går bedre end ventet", "", ""),
        ("Status", "Selvforsørgelse er ikke bedre end i landet", "", ""),
        ("Status", "Selvforsørgelse er dårligere end i landet", "", ""),
        ("Til drøftelse", "Hvad gør vi nu?", "Selvforsørgelse", ""),
    ],
)
def test_a_slide_of_one_s_own(
    handed_in: Paper, title: str, text: str, after: str, word: str
) -> None:
    key = figure(handed_in, after).exhibit.key if after else ""
    slides = (OwnSlide(title, text, key),)
    said = slide_contradictions(replace(handed_in, choice=replace(handed_in.choice, slides=slides)))
    if not word:
        assert said == ()
        return
    assert all(each.startswith(f"Sliden »{title}« siger »{word}«, men figuren") for each in said)
    assert said
