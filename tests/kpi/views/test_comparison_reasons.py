"""Which diagrams an indicator cannot fill, and that what is offered is drawn."""

import pytest

from kpi.domain.selection import DIAGRAMS, Diagram, Selection
from kpi.store import Store
from kpi.views.comparison import ComparisonView, comparison_view
from kpi.views.comparison_reasons import unavailable_line


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
