"""The municipal figures of data/ beside the plan's: what their pages say of them."""

import shutil
from pathlib import Path

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.selection import Selection
from kpi.exhibits.parts import MEDIAN_NAME
from kpi.ingest.table.raw import Upload
from kpi.store import Store, open_store
from kpi.store.uploads import publish
from kpi.views.claims import claims_of
from kpi.views.comparison import complete
from kpi.views.indicator import indicator_view
from kpi.views.overview import overview
from kpi.views.theme import ThemeView, theme_view


@pytest.fixture
def theirs(shipped: Store) -> Catalog:
    """The metadata of all of data/."""
    return shipped.catalog()


@pytest.fixture
def background(shipped: Store, theirs: Catalog) -> ThemeView:
    return theme_view(shipped, theirs, "background", "aarhus")


def test_the_front_page_keeps_the_tracks_figures(
    store: Store, catalog: Catalog, shipped: Store, theirs: Catalog
) -> None:
    plan = overview(store, catalog, claims_of(store, catalog), "aarhus")
    whole = overview(shipped, theirs, claims_of(shipped, theirs), "aarhus")
    assert plan.tracks is not None
    assert whole.tracks is not None
    assert [(row.name, row.figure) for row in whole.tracks.rows] == [
        (row.name, row.figure) for row in plan.tracks.rows
    ]


def test_what_is_only_background_sums_up_to_no_verdict(background: ThemeView) -> None:
    assert background.title == "Kommunens baggrund"
    words = {badge.text.split()[0] for card in background.cards for badge in card.badges}
    assert not words & {"Bedre", "Dårligere"}


def test_money_has_its_unit_and_a_whole_population_no_counts(background: ThemeView) -> None:
    values = {card.indicator.indicator_id: card.value for card in background.cards}
    assert values["disposable_income"] == "281.588\u00a0kr. om året"
    assert values["higher_education_share"] == "46,2\u00a0%"
    assert values["population"] == "378.361"


@pytest.mark.parametrize(
    ("indicator_id", "benchmark"),
    [
        ("population", None),  # a count: no country, and no difference to it
        ("population_density", MEDIAN_NAME),  # a mean that the country has no figure of
        ("immigrant_share", MEDIAN_NAME),
        ("disposable_income", "Hele landet"),
        ("employment_origin_ratio", "Hele landet"),
        ("unemployment_rate", MEDIAN_NAME),
    ],
)
def test_a_development_is_drawn_beside_its_benchmark(
    shipped: Store, theirs: Catalog, indicator_id: str, benchmark: str | None
) -> None:
    view = indicator_view(shipped, theirs, theirs.indicators[indicator_id], "aarhus")
    assert view.exhibit is not None
    columns = view.exhibit.table.columns
    assert (benchmark in columns) if benchmark else ("Hele landet" not in columns)
    assert ("i forhold til" in view.exhibit.subtitle or "forskel" in view.exhibit.subtitle) is bool(
        benchmark
    )


def test_the_ratio_is_no_percentage_of_people(shipped: Store, theirs: Catalog) -> None:
    view = indicator_view(shipped, theirs, theirs.indicators["employment_origin_ratio"], "aarhus")
    (row,) = view.rows
    assert row.value == "73,2"
    assert "indekspoint" in row.change
    assert "%" not in row.value
    assert view.exhibit is not None
    assert "9,0\u00a0indekspoint under hele landet" in view.exhibit.title


def test_a_count_is_compared_without_the_country_unless_it_is_chosen(
    shipped: Store, theirs: Catalog
) -> None:
    wanted = Selection("sammenlign", noegletal="population")
    shown, _ = complete(shipped, theirs, wanted, "aarhus")
    assert "denmark" not in shown.omraader
    assert {"aarhus", "odense"} <= set(shown.omraader)
    chosen = Selection("sammenlign", noegletal="population", omraader=("aarhus", "denmark"))
    shown, _ = complete(shipped, theirs, chosen, "aarhus")
    assert shown.omraader == ("aarhus", "denmark")


@pytest.mark.parametrize(
    ("indicator_id", "period", "transcribed", "fetched"),
    [("employment_rate", "2024", 74.3, 74.5), ("employment_origin_ratio", "2010", 58.38, 58.4)],
)
def test_a_transcript_gives_way_to_the_sources_own(
    shipped: Store, shipped_home: Path, tmp_path: Path,
    indicator_id: str, period: str, transcribed: float, fetched: float,
) -> None:  # fmt: skip
    home = Path(shutil.copytree(shipped_home, tmp_path / "home"))
    group = shipped.catalog().indicators[indicator_id].default_group
    (before,) = (
        row for row in shipped.series([indicator_id], ["aarhus"]) if row.period.text == period
    )
    text = (
        "nøgletal;område;gruppe;periode;værdi;kilde\n"
        f"{indicator_id};aarhus;{group};{period};{str(fetched).replace('.', ',')};ras200\n"
    )
    publish(Upload("ras200.csv", text.encode()), None, "Ida", "Hentet", home)
    after = open_store(home)
    try:
        (row,) = (
            row for row in after.series([indicator_id], ["aarhus"]) if row.period.text == period
        )
        assert (before.value, before.source_id.endswith("_transcript")) == (transcribed, True)
        assert (row.value, row.source_id) == (fetched, "ras200")
    finally:
        after.close()
