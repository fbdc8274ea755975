"""Cards: whose figures they show, and short names for small charts."""

from dataclasses import replace
from datetime import date

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.period import parse_period
from kpi.domain.plan import Target
from kpi.domain.vocabulary import TargetState
from kpi.store import Store
from kpi.views.card_figure import short_group
from kpi.views.cards import card
from kpi.views.focus import areas_in_focus, areas_to_compare, focus_row
from tests.kpi.charts.boxes import boxes, overlaps
from tests.kpi.charts.drawn import validated
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each


@pytest.mark.parametrize(
    ("area", "focus"),
    [
        ("aarhus", ("aarhus", "gellerup", "viby_syd", "tilst")),
        ("odense", ("odense",)),
        ("gellerup", ("gellerup",)),
        ("denmark", ("denmark",)),  # municipalities are no part of the country's own page
    ],
)
def test_areas_in_focus(catalog: Catalog, area: str, focus: tuple[str, ...]) -> None:
    assert areas_in_focus(area, catalog) == focus


@pytest.mark.parametrize(
    ("area", "others"),
    [
        ("aarhus", ("denmark", "koebenhavn", "odense", "aalborg", "esbjerg", "randers")),
        ("gellerup", ("denmark", "aarhus", "viby_syd", "tilst")),
        ("faxe", ("denmark",)),
        ("denmark", ()),
    ],
)
def test_areas_to_compare(catalog: Catalog, area: str, others: tuple[str, ...]) -> None:
    assert areas_to_compare(area, catalog) == others


@for_each(
    ("name", "short"),
    [
        ("Ikke-vestlig baggrund", "Ikke-vestlig"),
        ("Ikke-vestlig baggrund ekskl. Ukraine", "Ikke-vestlig"),
        ("Dansk baggrund", "Dansk"),
        ("Kvinder med dansk baggrund", "Dansk"),
        ("Jobparate ledige", "Jobparate"),
        ("Alle", "Alle"),
    ],
)
def test_short_group(name: str, short: str) -> None:
    assert short_group(name) == short


@pytest.mark.parametrize(
    ("indicator_id", "area"),
    [
        ("self_sufficiency_rate", "aarhus"),
        ("labour_market_link_share", "gellerup"),  # Aarhus itself has none
        ("language_mentor_places", None),
    ],
)
def test_the_first_area_with_a_figure(
    store: Store, catalog: Catalog, indicator_id: str, area: str | None
) -> None:
    figures = Figures(store.series([indicator_id]))
    row = focus_row(catalog.indicators[indicator_id], ("aarhus", "gellerup"), figures)
    assert (row and row.area_id) == area


def test_a_card_beside_several_areas_speaks_of_them_all(store: Store, catalog: Catalog) -> None:
    (series,) = [
        figures.newest("labour_market_link_share", "gellerup", "programme_parents_with_data")
        for figures in [Figures(store.series(["labour_market_link_share"]))]
    ]
    assert series is not None
    rows = store.series(["labour_market_link_share"])
    rows += [series._replace(area_id="tilst", value=50.0, numerator=10.0, denominator=20.0)]
    figures = Figures(rows)
    shown = card(series, figures, figures, catalog)
    assert said(shown.sentence) == "**31 % i Gellerup mod 23-50 % i de to andre områder**."
    fourth = replace(catalog.areas["viby_syd"], area_id="fourth", name="Et område uden tal")
    known = replace(catalog, areas={**catalog.areas, "fourth": fourth})
    shown = card(series, figures, figures, known)
    assert said(shown.sentence) == "**31 % i Gellerup mod 23-50 % i to andre områder**."


@for_each(
    ("others", "sentence"),
    [
        # Odense and Randers are so few that counts are shown, Esbjerg is of many: all are meant.
        ({"odense": (0, 40), "randers": (10, 40), "esbjerg": (900, 2_000)},
         "**25 % i Aarhus mod 0-45 % i de tre andre kommuner**."),
        ({"odense": (0, 40), "esbjerg": (900, 2_000)},
         "**25 % i Aarhus mod 0-45 % i to andre kommuner**."),
        ({"odense": (0, 40), "randers": (0, 40), "esbjerg": (0, 2_000)},
         "**25 % i Aarhus mod 0 % i de tre andre kommuner**."),
        ({"odense": (0, 40)}, "**25 % i Aarhus mod 0 % i Odense** (0 af 40)."),
    ],
)  # fmt: skip
def test_a_card_s_range_is_of_all_that_have_a_value(
    others: dict[str, tuple[int, int]], sentence: str
) -> None:
    rows = [
        observation(100 * of[0] / of[1], area=area, of=of)
        for area, of in {"aarhus": (10, 40), **others}.items()
    ]
    figures = Figures(rows)
    shown = card(rows[0], figures, figures, made_catalog(indicator(benchmark="country")))
    assert said(shown.sentence) == sentence


def test_a_card_of_few_beside_another_group_names_the_group() -> None:
    rows = [
        observation(25.0, group="non_western", of=(10, 40)),
        observation(50.0, group="danish", of=(20, 40)),
    ]
    figures = Figures(rows)
    shown = card(rows[0], figures, figures, made_catalog())
    assert said(shown.sentence) == (
        "**25 % i Aarhus mod 50 % blandt borgere med dansk baggrund** (20 af 40)."
    )


def said(text: str) -> str:
    """A sentence without the marks that keep its parts on one line."""
    return text.replace("\u00a0", " ").replace("\u2060", "")


@pytest.mark.parametrize(
    ("indicator_id", "area", "group", "value", "sentence"),
    [
        ("labour_market_link_share", "gellerup", "programme_parents_with_data", "21 af 68",
         "**31 % i Gellerup mod 23 % i Viby Syd** (3 af 13)."),
        ("temporary_benefit_share", "aarhus", "non_western", "ca. 10 %",
         "**Ca. 8 procentpoint højere end blandt borgere med dansk baggrund**."),
        ("workshops_held", "aarhus", "all", "4",
         "Heraf 2 for arabisktalende borgere og 2 for borgere med somalisk baggrund."),
    ],
)  # fmt: skip
def test_a_card_in_words(
    store: Store,
    catalog: Catalog,
    indicator_id: str,
    area: str,
    group: str,
    value: str,
    sentence: str,
) -> None:
    figures = Figures(store.series([indicator_id]))
    own = figures.newest(indicator_id, area, group)
    assert own is not None
    shown = card(own, figures, figures, catalog)
    assert shown.value.replace("\u00a0", " ") == value
    assert shown.sentence.replace("\u00a0", " ") == sentence


@pytest.mark.parametrize(
    ("state", "alt", "text"),
    [
        ("decided", "Punktdiagram: Aarhus 5; Måltal 10.",
         "Måltal: 10 timer om ugen i 2025; tallet i 2024 er 5 timer om ugen under måltallet"),
        ("proposed", "",
         "Foreslået: 10 timer om ugen i 2025; tallet i 2024 er 5 timer om ugen under forslaget"),
        ("ceiling", "",
         "Loft: højst 10 timer om ugen i 2025; tallet i 2024 er 5 timer om ugen under loftet"),
    ],
)  # fmt: skip
def test_a_card_draws_a_decided_target_only(
    store: Store, catalog: Catalog, state: TargetState, alt: str, text: str
) -> None:
    figures = Figures(store.newest(["nsk_advisor_hours"], ["aarhus"], ()))
    own = focus_row(catalog.indicators["nsk_advisor_hours"], ["aarhus"], figures)
    assert own is not None
    target = Target("t", "nsk_advisor_hours", "aarhus", "all", "2025", 10, state, "", "status_2025")
    known = replace(catalog, as_of=date(2025, 3, 19), targets=(target,))
    shown = card(own, figures, Figures([]), known)
    assert shown.alt == alt
    assert shown.target.replace("\u00a0", " ") == text


def test_a_cards_line_is_of_one_kind_of_period(store: Store, catalog: Catalog) -> None:
    years = store.series(["employment_rate"], ["aarhus", "denmark"])
    stretches = ("2021K4", "2020M07:2021M06", "2021M01:2021M05A", "2017:2021")
    others = [
        row._replace(period=parse_period(text), value=1.0)
        for row in years[-1:]
        for text in stretches
    ]
    history = Figures([*years, *(row._replace(area_id="aarhus") for row in others), *others])
    own = Figures(years).newest("employment_rate", "aarhus", "all")
    assert own is not None
    drawn = validated(card(own, history, history, catalog).figure).data
    assert drawn
    assert not [value for line in drawn for value in line.y if value == 1.0]


def test_a_cards_line_leads_to_its_target(store: Store, catalog: Catalog) -> None:
    target = Target("t", "employment_rate", "aarhus", "all", "2028", 80, "decided", "", "ras200")
    known = replace(catalog, targets=(target,))
    history = Figures(store.series(["employment_rate"], ["aarhus", "denmark"]))
    own = history.newest("employment_rate", "aarhus", "all")
    assert own is not None
    shown = card(own, history, history, known)
    way = next(trace for trace in validated(shown.figure).data if trace.name == "Måltal")
    # Without a day of its own the way begins at the first figure.
    assert (way.y, way.line.dash) == ((72.6, 80.0), "dash")
    assert "Bagud i forhold til måltallet: Ved jævn udvikling" in shown.target
    assert card(own, history, None, known).figure is None


@pytest.mark.parametrize("apart", [0.1, 0.5, 8.0])
def test_a_card_has_every_limit_of_a_law_by_its_value(
    store: Store, catalog: Catalog, apart: float
) -> None:
    low, high = 74.0, 74.0 + apart
    limits = tuple(
        Target(f"t{value}", "employment_rate", "aarhus", "all", "2024M12D01", value,
               "legal_threshold", f"Over {value} (§ {value:.0f})", "ras200")
        for value in (low, high)
    )  # fmt: skip
    known = replace(catalog, targets=limits)
    history = Figures(store.series(["employment_rate"], ["aarhus", "denmark"]))
    own = history.newest("employment_rate", "aarhus", "all")
    assert own is not None
    shown = card(own, history, history, known)
    names = [f"Grænse {value:g}".replace(".", ",") for value in (low, high)]
    drawn = boxes(validated(shown.figure), 300)
    labels = [box.text.replace("\u00a0", " ") for box in drawn]
    assert [label for label in labels if label.startswith("Grænse")] == names
    assert overlaps(drawn) == []
    assert max(box.right for box in drawn) <= 300
    # And in words; a card has one line of text for all.
    said = shown.target.replace("\u00a0", " ")
    for value in (low, high):
        assert f"Lovens grænse: {value:g} % i".replace(".", ",") in said.replace(" pr.", " i")
        assert f"Over {value}" in said


@pytest.mark.parametrize(
    ("indicator_id", "area", "newer"),
    [
        # The plan is printed again; its figure is made anew every year elsewhere.
        ("self_sufficiency_rate", "aarhus",
         "Nyeste tal i Spor er fra 2022. Kilden kan have nyere tal."),
        ("employment_rate", "aarhus", "Nyeste tal i Spor er fra 2021. Kilden kan have nyere tal."),
        ("school_absence", "gellerup",
         "Nyeste tal i Spor er fra efteråret 2024. Kilden kan have nyere tal."),
        ("wage_hours_parents", "gellerup",
         "Nyeste tal i Spor: opgjort 6. oktober 2024. Kilden kan have nyere tal."),
        ("temporary_benefit_share", "aarhus", ""),  # said once
    ],
)  # fmt: skip
def test_an_old_figure_says_that_there_may_be_newer_ones(
    store: Store, catalog: Catalog, indicator_id: str, area: str, newer: str
) -> None:
    known = replace(catalog, as_of=date(2027, 1, 31))
    figures = Figures(store.newest([indicator_id], [area], []))
    own = focus_row(catalog.indicators[indicator_id], [area], figures)
    assert own is not None
    assert card(own, figures, None, known).newer == newer
