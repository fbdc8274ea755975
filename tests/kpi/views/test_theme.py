"""A theme's page: its cards, its title and the indicator it opens with."""

from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.store import Store
from kpi.views.theme import theme_view


@pytest.mark.parametrize(
    ("theme", "title", "default"),
    [
        ("employment", "Aarhus ligger dårligere end hele landet på begge opgørelser med landstal",
         "employment_rate"),
        ("language", "Mestring af det danske sprog", "sprogboost_courses"),
        ("social_control", "Indsats mod negativ social kontrol", "nsk_cases"),
        ("opgang_til_opgang", "Opgang til Opgang", "school_absence"),  # the longest series
    ],
)  # fmt: skip
def test_title_and_default(
    store: Store, catalog: Catalog, theme: str, title: str, default: str
) -> None:
    view = theme_view(store, catalog, theme, "aarhus")
    assert (view.title, view.default_indicator) == (title, default)


def test_cards_without_figures_come_last_and_say_why(store: Store, catalog: Catalog) -> None:
    cards = theme_view(store, catalog, "language", "aarhus").cards
    assert cards[-1].indicator.indicator_id == "language_mentor_places"
    assert cards[-1].value == "–"
    assert cards[-1].sentence == "Oplyst som op til; antallet af brugte pladser er ikke oplyst."


def test_an_unknown_theme(store: Store, catalog: Catalog) -> None:
    with pytest.raises(KpiError, match="Ukendt tema"):
        theme_view(store, catalog, "sprog", "aarhus")


def test_an_important_indicator_comes_before_the_others(store: Store, catalog: Catalog) -> None:
    last = [
        card.indicator
        for card in theme_view(store, catalog, "opgang_til_opgang", "aarhus").cards
        if card.figure is not None
    ][-1]
    assert not last.headline
    indicators = {**catalog.indicators, last.indicator_id: replace(last, headline=True)}
    known = replace(catalog, indicators=indicators)
    shown = theme_view(store, known, "opgang_til_opgang", "aarhus").cards
    assert [card.indicator.headline for card in shown if card.figure is not None] == sorted(
        (card.indicator.headline for card in shown if card.figure is not None), reverse=True
    )
    assert last.indicator_id in {card.indicator.indicator_id for card in shown}
