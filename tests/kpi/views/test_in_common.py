"""A figure that one area has before all others: what is compared stays with the period before."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kpi.domain.selection import Diagram, Selection
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import Store, init, open_store
from kpi.store.uploads import publish
from kpi.views.beside import newest_beside
from kpi.views.comparison import comparison_view
from kpi.views.shown_period import shown_periods
from kpi.views.theme import theme_view
from tests.kpi.data_folder import write_tiny
from tests.kpi.ingest.checked import Desk, codes
from tests.kpi.store.quick_check import put_together
from tests.tables import for_each

_PUBLISHED = """
rate,aarhus,all,2022,49.0,,,final
rate,aarhus,all,2023,50.0,,,final
rate,odense,all,2023,40.0,,,final
rate,randers,all,2023,30.0,,,final
rate,denmark,all,2023,45.0,,,final
"""
_HEAD = "indicator;area;period;value\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four areas with a figure of 2023, and Aarhus with one of 2024: what was said of it."""
    folder = tmp_path_factory.mktemp("begun")
    init(folder / "home", write_tiny(folder / "data", _PUBLISHED))
    lone = f"{_HEAD}rate;aarhus;2024;51,0\n"
    checked = Desk.of(folder / "home").check(lone, source_id="paper")
    (said,) = (each for each in checked.problems if each.code == "begun_period")
    assert said.message == "Beskæftigelse: 1 af 4 områder har tal for 2024."
    assert "vise 2023" in said.hint
    upload = Upload("2024.csv", lone.encode())
    with put_together():
        publish(upload, Choices(source_id="paper"), "Ida", "note", folder / "home")
    return folder / "home"


@pytest.fixture(scope="module")
def begun(home: Path) -> Iterator[Store]:
    """The store of those figures."""
    store = open_store(home)
    yield store
    store.close()


@pytest.mark.parametrize("diagram", ["rangering", "afstand"])
def test_a_diagram_of_one_period_shows_the_last_in_common_and_says_so(
    begun: Store, diagram: Diagram
) -> None:
    wanted = Selection("sammenlign", noegletal="rate", diagram=diagram)
    (exhibit,) = comparison_view(begun, begun.catalog(), wanted, "aarhus").exhibits
    assert {row.period.text for row in exhibit.observations} == {"2023"}
    assert exhibit.remarks[0] == "Kun 1 af 4 områder har tal for 2024. Derfor vises 2023."


def test_the_period_that_alone_is_chosen_is_shown(begun: Store) -> None:
    wanted = Selection("sammenlign", noegletal="rate", diagram="rangering", fra="2024")
    view = comparison_view(begun, begun.catalog(), wanted, "aarhus")
    assert not view.exhibits
    assert "2024" in view.notes[0]


def test_a_card_is_of_the_last_figure_in_common_and_names_the_newer(begun: Store) -> None:
    (card,) = (
        each
        for each in theme_view(begun, begun.catalog(), "work", "aarhus").cards
        if each.indicator.indicator_id == "rate"
    )
    assert (card.value, card.period) == ("50,0\N{NO-BREAK SPACE}%", "2023")
    assert "procentpoint over hele landet" in card.sentence
    assert card.newer.startswith("Nyere tal: 51,0\N{NO-BREAK SPACE}% (2024).")


@pytest.mark.parametrize(
    "lone",
    [
        "2024M10;12,0",  # others have years
        "2024M09;11,0\nrate;aarhus;2024M10;12,0",
        "2024M01:2024M10;12,0",
        "2024M10;12,0\nrate;odense;2024M10;9,0",
        "2024M10;12,0\nrate;odense;2024M10;9,0\nrate;aarhus;2024;51,0",
    ],
)
def test_few_areas_months_do_not_push_the_years_of_all_away(tmp_path: Path, lone: str) -> None:
    home = tmp_path / "home"
    init(home, write_tiny(tmp_path / "data", _PUBLISHED))
    upload = Upload("maaneder.csv", f"{_HEAD}rate;aarhus;{lone}\n".encode())
    publish(upload, Choices(source_id="paper"), "Ida", "note", home)
    with closing(open_store(home)) as store:
        peers = ["odense", "randers", "denmark"]
        figures = newest_beside(store, store.catalog(), ["rate"], ["aarhus"], peers)
        (card,) = (
            each
            for each in theme_view(store, store.catalog(), "work", "aarhus").cards
            if each.indicator.indicator_id == "rate"
        )
    newest = figures.newest("rate", "aarhus", "all")
    assert newest is not None
    assert newest.period.text == "2023"
    assert (card.value, card.period) == ("50,0\N{NO-BREAK SPACE}%", "2023")
    assert "procentpoint over hele landet" in card.sentence
    assert card.newer.startswith("Nyere tal: ")


def test_what_others_have_too_is_not_too_new(begun: Store) -> None:
    figures = newest_beside(begun, begun.catalog(), ["rate"], ["odense"], ["aarhus", "denmark"])
    newest = figures.newest("rate", "odense", "all")
    assert newest is not None
    assert newest.period.text == "2023"
    assert not figures.newer


@for_each(
    ("areas", "shown"),
    [
        ({"2024": 1, "2023": 98}, "2023"),
        ({"2024": 49, "2023": 98}, "2024"),  # half of them
        ({"2025": 1, "2024": 1, "2023": 98}, "2023"),
        ({"2024": 6, "2023": 6, "2015": 98}, "2024"),  # the areas are fewer now
        ({"2024": 6, "2020": 98}, "2024"),
        ({"2024M06D01": 3, "2023": 98}, "2023"),  # a period of another kind
    ],
)
def test_a_period_of_few_areas_is_begun_only(areas: dict[str, int], shown: str) -> None:
    coverage = [("all", period, count, count) for period, count in areas.items()]
    chosen = shown_periods(coverage)["all"]
    assert chosen.period.text == shown
    assert (chosen.newer is None) == (shown == next(iter(areas)))


@pytest.mark.parametrize(
    ("rows", "is_said"),
    [
        ("rate;odense;2025;40\n", True),
        ("rate;odense;2024;40\nrate;randers;2024;31\n", False),  # with Aarhus three of four
        ("rate;odense;2022;40\n", False),  # no newer period
        ("persons;odense;2025;40\n", False),  # counts are not ranked
    ],
)
def test_a_new_period_of_few_areas_is_told_before_it_is_published(
    home: Path, rows: str, is_said: bool
) -> None:
    checked = Desk.of(home).check(_HEAD + rows, source_id="paper")
    assert ("begun_period" in codes(checked)) is is_said
