"""Every view of the default figures: nothing empty, nothing Python, every figure valid."""

import csv
import re

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.selection import DIAGRAMS, Diagram, Selection, read_selection
from kpi.exhibits import Exhibit
from kpi.store import Store
from kpi.views.area import area_view
from kpi.views.cards import Card
from kpi.views.claims import claims_of
from kpi.views.comparison import comparison_view
from kpi.views.indicator import indicator_view, later_exhibit
from kpi.views.indicator_history import history
from kpi.views.overview import overview
from kpi.views.profile import ProfileRow
from kpi.views.rows import AreaRow
from kpi.views.standings import standings
from kpi.views.theme import theme_view
from tests.conftest import DATA
from tests.kpi.charts.drawn import texts, validated
from tests.kpi.exhibits.faults import faults_of
from tests.tiers import some


def ids(table: str) -> list[str]:
    """The first column of a table of data/."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [next(iter(row.values())) for row in csv.DictReader(file)]


INDICATORS, AREAS, THEMES = ids("indicator"), ids("area"), ids("theme")
PYTHON = re.compile(r"\b(None|nan|NaN|inf|True|False)\b|[{}\[\]]")


@pytest.fixture
def store(shipped: Store) -> Store:
    """All figures of data/."""
    return shipped


@pytest.fixture
def catalog(shipped: Store) -> Catalog:
    """The metadata of them."""
    return shipped.catalog()


def faults(exhibits: tuple[Exhibit, ...], catalog: Catalog) -> list[str]:
    return [
        f"{exhibit.key}: {fault}" for exhibit in exhibits for fault in faults_of(exhibit, catalog)
    ]


def python_in(*strings: str) -> list[str]:
    return [text for text in strings if PYTHON.search(text)]


def row_texts(row: AreaRow) -> list[str]:
    parts = [part for against in row.against for part in against]
    badges = [badge.text for badge in row.badges]
    return [row.name, row.area_name, row.period, row.value, row.change, row.rank, *parts, *badges]


def profile_texts(row: ProfileRow) -> list[str]:
    badges = [badge.text for badge in (*row.cautions, *([row.verdict] if row.verdict else []))]
    place, past = row.place, row.past
    return [
        row.name, row.dated, row.value, row.gap, place.left, place.right, place.alt, place.instead,
        place.rank, place.rank_note, past.instead, past.change, past.since, *badges,
    ]  # fmt: skip


def card_faults(card: Card, catalog: Catalog) -> list[str]:
    said = [card.subject, card.label, card.value, card.sentence]
    faults = ["an empty text" for text in said if not text.strip()]
    faults += python_in(*said, card.period, card.who, card.alt, card.source)
    faults += python_in(*(badge.text for badge in card.badges))
    if card.figure is not None:
        faults += python_in(
            *(text.replace("%{text}", "") for text in texts(validated(card.figure)))
        )
        faults += [] if card.alt.endswith(".") and not card.alt.endswith("..") else [card.alt]
    if (card.figure is None) != (card.alt == ""):
        faults.append("alt text without a figure, or a figure without it")
    if not card.sentence.rstrip("*").endswith((".", ").")):
        faults.append(f"no full stop: {card.sentence}")
    _, notes = read_selection(card.selection.page, card.selection.parameters(), catalog)
    return [f"{card.indicator.indicator_id}: {fault}" for fault in [*faults, *notes]]


def test_every_indicator(store: Store, catalog: Catalog) -> None:
    counts = store.figures_per_indicator()
    for indicator_id in some(INDICATORS, 20):
        indicator = catalog.indicators[indicator_id]
        view = indicator_view(store, catalog, indicator, "aarhus")
        later = [
            later_exhibit(store, catalog, indicator, counted.group_id, "aarhus")
            for counted in view.later
        ]
        assert faults(tuple(each for each in (view.exhibit, *later) if each), catalog) == []
        has_figures = indicator_id in counts
        assert bool(view.rows) is has_figures, indicator_id
        assert (view.exhibit is not None) is has_figures, indicator_id
        assert None not in later, indicator_id
        assert python_in(*(text for row in view.rows for text in row_texts(row))) == []
        known = history(store, catalog, indicator)
        assert (known.figures, known.areas) == counts.get(indicator_id, (0, 0)), indicator_id
        assert bool(known.sources) is has_figures, indicator_id


# Nobody has published figures of these: places for mentors, what the ministry counts by today's
# rules, and areas that only its list names. Three wait for their first fetch.
WITHOUT_FIGURES = {
    "language_mentor_places", "housing_convicted_times",
    "cash_benefit_recipients", "notifications_received", "parish_working_share",
}  # fmt: skip
AREAS_WITHOUT_FIGURES = {"tilst", "skovgaardsparken"}


def test_the_indicators_without_figures_are_known(store: Store) -> None:
    """A figure that gets lost on the way in would show here."""
    assert set(INDICATORS) - set(store.figures_per_indicator()) == WITHOUT_FIGURES


@pytest.mark.some_cases
@pytest.mark.parametrize("area_id", AREAS)
def test_every_area(store: Store, catalog: Catalog, area_id: str) -> None:
    view = area_view(store, catalog, area_id)
    trends = (trend.exhibit for trend in view.trends if trend.exhibit)
    shown = (*trends, *([view.outcomes] if view.outcomes else []))
    assert faults(shown, catalog) == []
    assert view.title.startswith(catalog.areas[area_id].name)
    assert python_in(view.title, view.subtitle, view.incomparable) == []
    assert python_in(*(text for row in view.profile.rows for text in profile_texts(row))) == []
    assert [row.id for row in view.profile.rows if not (row.name and row.dated and row.value)] == []
    assert view.has_figures is (area_id not in AREAS_WITHOUT_FIGURES)
    assert len({exhibit.key for exhibit in shown}) == len(shown)


@pytest.mark.parametrize("theme_id", THEMES)
def test_every_theme(store: Store, catalog: Catalog, theme_id: str) -> None:
    view = theme_view(store, catalog, theme_id, "aarhus")
    # Every indicator is reachable from its theme: those of housing areas from the areas' pages.
    cards = (*view.cards, *view.later)
    links = {card.selection.path() for card in cards}
    of_theme = [each.indicator_id for each in catalog.indicators_of(theme_id)]
    on_area_pages = [each for each in of_theme if each.startswith("housing_")]
    assert links == {
        f"/tema?tema={theme_id}&noegletal={each}" for each in of_theme if each not in on_area_pages
    }
    assert bool(on_area_pages) is bool(view.housing)
    assert [fault for card in cards for fault in card_faults(card, catalog)] == []
    assert view.title
    assert view.default_indicator in of_theme


@pytest.mark.parametrize(
    "area_id", ["aarhus", "koebenhavn", "faxe", "denmark", "gellerup", "tilst"]
)
def test_the_front_page_of_any_area(store: Store, catalog: Catalog, area_id: str) -> None:
    view = overview(store, catalog, claims_of(store, catalog), area_id)
    assert view.title.startswith(catalog.areas[area_id].name)
    cards = [card for card in (view.cards.worse, view.cards.better) if card is not None]
    rows = [row for card in cards for row in card.rows]
    tracks = view.tracks.rows if view.tracks else ()
    said = [view.title, view.subtitle, view.cards.note]
    said += [text for card in cards for text in (card.title, card.subtitle)]
    said += [text for row in rows for text in (row.name, row.dated, row.value, row.gap, row.rank)]
    said += [text for row in tracks for text in (row.name, row.counts, row.silent, row.figure)]
    assert python_in(*said) == []
    assert [row.name for row in rows if not (row.name and row.dated and row.gap)] == []
    for selection in (*(row.selection for row in rows), *(row.selection for row in tracks)):
        _, notes = read_selection(selection.page, selection.parameters(), catalog)
        assert not notes, selection


@pytest.mark.parametrize("diagram", DIAGRAMS)
@pytest.mark.parametrize(
    "indicator_id",
    [INDICATORS[0], *(pytest.param(each, marks=pytest.mark.soak) for each in INDICATORS[1:])],
)
def test_every_comparison(
    store: Store, catalog: Catalog, indicator_id: str, diagram: Diagram
) -> None:
    wanted = Selection("sammenlign", noegletal=indicator_id, diagram=diagram)
    view = comparison_view(store, catalog, wanted, "aarhus")
    assert faults(view.exhibits, catalog) == []
    assert python_in(*view.notes) == []
    assert view.selection.noegletal == indicator_id
    keys = [exhibit.key for exhibit in view.exhibits]
    assert len(set(keys)) == len(keys)


def test_the_free_comparison_shows_something_of_every_figure(
    store: Store, catalog: Catalog
) -> None:
    views = {
        indicator_id: comparison_view(
            store, catalog, Selection("sammenlign", noegletal=indicator_id), "aarhus"
        )
        for indicator_id in INDICATORS
    }
    shown = {indicator_id for indicator_id, view in views.items() if view.exhibits}
    assert shown == set(store.figures_per_indicator())


def test_what_the_command_line_shows_is_what_the_views_show(store: Store, catalog: Catalog) -> None:
    """Both come from the same functions; a value shown on neither side would be lost."""
    view = area_view(store, catalog, "aarhus")
    rows = [row.key for row in view.profile.rows]
    assert len(set(rows)) == len(rows)
    for indicator_id in INDICATORS:
        group_ids = {group_id for shown_id, group_id in rows if shown_id == indicator_id}
        figures = Figures(store.series([indicator_id]))
        assert {key[2] for key in figures if key[1] == "aarhus"} == group_ids, indicator_id
        shown = standings(store, indicator_id, ["aarhus"]) if group_ids else ()
        assert len(shown) == len(group_ids), indicator_id
