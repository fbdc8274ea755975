"""A theme's page: its cards, its title and the indicator it opens with."""

from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.targets import NO_TARGET
from kpi.domain.wording import VERDICT_KINDS, Badge
from kpi.export.choice import Choice
from kpi.export.paper import paper
from kpi.store import Store
from kpi.views.indicator import indicator_view
from kpi.views.theme import theme_view


@pytest.mark.parametrize(
    ("theme", "title", "default"),
    [
        ("employment", "Aarhus ligger dårligere end hele landet på begge opgørelser med landstal",
         "employment_rate"),
        ("language", "Mestring af det danske sprog", "sprogboost_courses"),
        ("social_control", "Indsats mod negativ social kontrol", "nsk_cases"),
        (
            "opgang_til_opgang",
            "Gellerup: sikker forskel fra Viby Syd på forældre med virksomhedsrettet indsats, "
            "børn med underretning og børn med social sag",
            "school_absence",  # the longest series
        ),
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


def test_all_pupils_absence_stands_under_children_and_the_programmes_under_its_own(
    shipped: Store,
) -> None:
    catalog = shipped.catalog()
    absence = catalog.indicator("school_absence")
    shown = {}
    for theme_id in ("opgang_til_opgang", "children_school"):
        page = theme_view(shipped, catalog, theme_id, "aarhus")
        (card,) = (each for each in page.cards if each.selection.noegletal == "school_absence")
        placed = catalog.under(absence, theme_id)
        assert placed is not None
        depth = indicator_view(shipped, catalog, placed, "aarhus")
        drawn = {row.group_id for row in depth.exhibit.observations} if depth.exhibit else set()
        others = [group.group_id for group in depth.later]
        shown[theme_id] = (card.who, card.selection.tema, drawn, others, depth.elsewhere[0][1].tema)
        assert "kan ikke sammenlignes" in depth.incomparable
    assert shown == {
        "opgang_til_opgang": (
            "Gellerup", "opgang_til_opgang", {"programme_children"}, [], "children_school",
        ),
        "children_school": (
            "udskoling", "children_school", {"lower_secondary"}, ["middle_school"],
            "opgang_til_opgang",
        ),
    }  # fmt: skip
    # A paper of a theme has its own figures of the indicator alone, and one of both has them once.
    for themes in (("opgang_til_opgang",), ("children_school",), tuple(shown)):
        items = paper(shipped, catalog, Choice("aarhus", theme_ids=themes)).items
        groups = [
            (item.theme.theme_id, item.exhibit.observations[0].group_id)
            for item in items
            if item.indicator.indicator_id == "school_absence"
        ]
        assert len(groups) == len(set(groups)) >= len(themes)
        assert all(theme == catalog.theme_of("school_absence", group) for theme, group in groups)
        assert {theme for theme, _ in groups} == {*themes}


def test_many_indicators_without_a_figure_are_a_list_and_few_are_cards(
    store: Store, catalog: Catalog
) -> None:
    faxe = theme_view(store, catalog, "opgang_til_opgang", "faxe")
    assert (faxe.cards, faxe.later) == ((), ())
    number = len(catalog.indicators_of("opgang_til_opgang"))
    assert faxe.without_title == f"{number} nøgletal uden tal for Faxe"
    aarhus = theme_view(store, catalog, "language", "aarhus")
    assert aarhus.without == ()
    assert [card.value for card in (*aarhus.cards, *aarhus.later)].count("–") == 1


def test_a_card_without_a_figure_says_whether_others_have_one(
    store: Store, catalog: Catalog
) -> None:
    view = theme_view(store, catalog, "employment", "faxe")
    cards = {
        card.indicator.indicator_id: card for card in (*view.cards, *view.later, *view.without)
    }
    assert cards["self_sufficiency_rate"].sentence == "Spor har ingen tal for Faxe, kun for andre."
    # Of no area: what the source says of it.
    language = theme_view(store, catalog, "language", "faxe")
    cards = {card.indicator.indicator_id: card for card in language.without or language.cards}
    note = catalog.indicators["language_mentor_places"].source_note
    assert cards["language_mentor_places"].sentence == f"{note}."


def test_for_how_many_a_target_is_set_is_said_once(store: Store, catalog: Catalog) -> None:
    notes = {
        theme_id: theme_view(store, catalog, theme_id, "aarhus").targets_note
        for theme_id in ("employment", "social_control")
    }
    assert notes["employment"] == "Der er ikke fastsat måltal for nogen af temaets nøgletal."
    assert notes["social_control"] == "Der er fastsat måltal for to af temaets fire nøgletal."
    view = theme_view(store, catalog, "social_control", "aarhus")
    with_target = tuple(card for card in view.cards if card.target != NO_TARGET)
    assert replace(view, cards=with_target, later=()).targets_note == ""


def test_that_no_uncertainty_is_computed_is_said_once_unless_cards_differ(
    shipped: Store,
) -> None:
    """A theme of shares of registers lacks it everywhere; one of counted families has it."""
    catalog, unsure = shipped.catalog(), Badge("unknown", "Usikkerhed ikke beregnet")
    said = {}
    for theme_id in catalog.themes:
        view = theme_view(shipped, catalog, theme_id, "aarhus")
        cards = (*view.cards, *view.later)
        judged = [
            card for card in cards if {badge.kind for badge in card.badges} & {*VERDICT_KINDS}
        ]
        on_cards = sum(unsure in card.badges for card in judged)
        said[theme_id] = (bool(view.uncertainty_note), on_cards)
        assert not (view.uncertainty_note and on_cards)
        # All of several cards never say it.
        assert on_cards < max(2, len(judged))
    assert said["employment"] == (True, 0)
    assert said["opgang_til_opgang"][0] is False
    assert theme_view(shipped, catalog, "employment", "aarhus").uncertainty_note == (
        "Usikkerheden er ikke beregnet for nogen af forskellene på kortene."
    )
