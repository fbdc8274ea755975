"""Which diagrams an indicator cannot fill, and that what is offered is drawn."""

from itertools import product

import pytest

from kpi.domain.model import Observation
from kpi.domain.selection import DIAGRAMS, Diagram, Selection
from kpi.exhibits.funnel import FEWEST, can_be_funnel
from kpi.store import Store, init, open_store
from kpi.views.comparison import ComparisonView, comparison_view
from kpi.views.comparison_reasons import impossible, unavailable_line
from tests.kpi.data_folder import write_tiny
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator as made_indicator
from tests.kpi.made import observation
from tests.tables import for_each


def compared(store: Store, indicator: str, diagram: Diagram, *areas: str) -> ComparisonView:
    wanted = Selection("sammenlign", noegletal=indicator, omraader=areas, diagram=diagram)
    return comparison_view(store, store.catalog(), wanted, "aarhus")


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("indicator", "missing"),
    [
        ("employment_rate", ["tragt"]),
        ("higher_education_share", []),
        ("population", ["rangering", "afstand", "kort", "tragt"]),
        ("self_sufficiency_rate", ["rangering", "kort", "smaa", "tragt"]),
        ("labour_market_link_share", ["rangering", "afstand", "kort", "smaa", "tragt"]),
    ],
)
def test_what_is_offered_is_drawn_and_what_is_not_is_not(
    shipped: Store, indicator: str, missing: list[Diagram]
) -> None:
    views = {diagram: compared(shipped, indicator, diagram) for diagram in DIAGRAMS}
    assert [diagram for diagram, view in views.items() if not view.exhibits] == missing
    for view in views.values():
        assert {*view.unavailable} == {*missing}


def test_every_diagram_has_an_indicator_that_fills_it(shipped: Store) -> None:
    # Those of the background, which have most, are the last.
    indicators = list(shipped.catalog().indicators)[::-1]
    unfilled = [
        diagram
        for diagram in DIAGRAMS
        if not any(compared(shipped, indicator, diagram).exhibits for indicator in indicators)
    ]
    assert unfilled == []


def test_reasons_are_one_line_and_those_alike_stand_together(shipped: Store) -> None:
    view = compared(shipped, "self_sufficiency_rate", "udvikling")
    assert unavailable_line(view.unavailable) == (
        "Kan ikke vises: Placering (færre end tre kommuner har tal), Kort (færre end 30 kommuner "
        "har tal), Små diagrammer (der er kun tal for én periode), Tragtdiagram (kilden oplyser "
        "ikke antallene bag)."
    )
    counted = compared(shipped, "population", "udvikling")
    assert unavailable_line(counted.unavailable) == (
        "Kan ikke vises: Placering, Forskel, Kort og Tragtdiagram (antal afhænger af områdets "
        "størrelse)."
    )
    assert unavailable_line({}) == ""


CITIES, LOCAL = ("aarhus", "odense", "randers", "esbjerg"), ("gellerup", "tilst")
WORDS = {0: "Ingen har", 1: "Kun {single} har", 2: "Kun to har"}


@for_each(("cities", "local"), [*product(range(5), range(3))])
@for_each("first", ["aarhus", "gellerup"])
def test_a_funnel_counts_the_areas_of_the_level_that_it_would_draw(
    cities: int, local: int, first: str
) -> None:
    def row(area_id: str, is_counted: bool) -> Observation:
        return observation(50.0, area=area_id, of=(20, 40) if is_counted else None)

    rows = [
        *(row(area_id, place < cities) for place, area_id in enumerate(CITIES)),
        *(row(area_id, place < local) for place, area_id in enumerate(LOCAL)),
        row("denmark", True),
    ]
    made, chosen = made_catalog(), ("denmark", first)
    selection = Selection(
        "sammenlign", noegletal="rate", omraader=chosen, grupper=("all",), diagram="tragt"
    )
    if can_be_funnel(rows, chosen, made_indicator(), made):
        assert (first, cities >= FEWEST) == ("aarhus", True)
        return
    (said,) = impossible(made_indicator(), "all", rows, selection, chosen, made)
    noun, single, count = (
        ("kommuner", "én", cities) if first == "aarhus" else ("områder", "ét", local)
    )
    known = WORDS[count].format(single=single)
    assert said == (
        f"Tragtdiagram kræver mindst tre {noun} med både tæller og nævner. {known} dem for "
        "beskæftigelse i 2022. Se tallene under Udvikling."
    )


HIDDEN = """
rate,aarhus,all,2021,70,,,final
rate,aarhus,all,2022,71,,,final
rate,odense,all,2021,,,,suppressed
rate,odense,all,2022,,,,suppressed
rate,randers,all,2021,60,,,final
rate,randers,all,2022,,,,suppressed
rate,gellerup,all,2022,,,,missing
rate,denmark,all,2021,75,,,final
rate,denmark,all,2022,75,,,final
"""


@pytest.fixture(scope="module")
def hidden_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("hidden-areas")
    init(folder / "spor", write_tiny(folder / "data", HIDDEN))
    return open_store(folder / "spor")


@pytest.mark.parametrize("diagram", DIAGRAMS)
@pytest.mark.parametrize(
    ("areas", "named", "named_in_newest"),
    [
        (("odense",), "Odense", "Odense"),
        (("odense", "randers"), "Odense", "Odense og Randers"),
        (("aarhus", "odense"), "Odense", "Odense"),
        (("denmark", "odense"), "Odense", "Odense"),
        (("aarhus", "denmark"), "", ""),
        (("gellerup",), "", ""),
    ],
)
def test_a_chosen_area_whose_figures_are_hidden_is_named_and_not_called_missing(
    hidden_store: Store, diagram: Diagram, areas: tuple[str, ...], named: str, named_in_newest: str
) -> None:
    view = compared(hidden_store, "rate", diagram, *areas)
    is_one_period = diagram not in ("udvikling", "smaa")
    hidden = [note for note in view.notes if "skjult" in note]
    name = named_in_newest if is_one_period else named
    assert hidden == (
        [f"{name}: Alle tal for beskæftigelse i det valgte er skjult (diskretioneret), så ingen "
         "kan genkendes."] if name else []
    )  # fmt: skip
    assert not [note for note in view.notes if "Odense har ingen tal" in note]
