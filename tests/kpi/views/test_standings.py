"""The newest values of an indicator with change, comparisons and rank, in the areas' order."""

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.figures import Figures
from kpi.domain.model import Observation
from kpi.domain.ranking import Rank
from kpi.store import Store
from kpi.views.beside import newest_beside
from kpi.views.focus import areas_to_compare
from kpi.views.standings import standing, standings
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each


def test_every_area_and_group_that_has_a_figure_is_there(store: Store) -> None:
    observations = [place.observation for place in standings(store, "temporary_benefit_share")]
    # The indicator's own group goes before the one it is compared with.
    assert [(row.area_id, row.group_id) for row in observations] == [
        ("aarhus", "non_western"), ("aarhus", "danish"),
    ]  # fmt: skip


def test_areas_come_in_the_order_of_the_table(store: Store, catalog: Catalog) -> None:
    area_ids = [place.observation.area_id for place in standings(store, "employment_rate")]
    assert area_ids == [area for area in catalog.areas if area in area_ids]
    assert len(area_ids) == 104  # 98 municipalities, 5 regions, the country


@pytest.mark.parametrize(
    ("indicator_id", "areas", "groups", "title", "message"),
    [
        ("employment", None, None, "Ukendt nøgletal", "begynder ens: »employment_rate«."),
        ("employment_rate", ["arhus"], None, "Ukendt område", "Mente du »aarhus«?"),
        ("employment_rate", None, ["danis"], "Ukendt gruppe", "Mente du »danish«?"),
        ("employment_rate", ["tilst"], None, "Ingen tal",
         "Se alle med »python -m kpi show employment_rate«."),
        ("employment_rate", ["aarhus"], ["danish"], "Ingen tal",
         "Der er ingen tal for beskæftigelsesfrekvens"),
    ],
)  # fmt: skip
def test_nothing_found(
    store: Store,
    indicator_id: str,
    areas: list[str] | None,
    groups: list[str] | None,
    title: str,
    message: str,
) -> None:
    with pytest.raises(KpiError) as refused:
        standings(store, indicator_id, areas, groups)
    assert refused.value.title == title
    assert message in refused.value.message


RATES = [
    observation(value, area=area)
    for area, value in [
        ("denmark", 99.0), ("aarhus", 70.0), ("odense", 80.0), ("randers", None),
        ("lolland", 60.0), ("faxe", 90.0), ("gellerup", 50.0), ("tilst", 40.0),
    ]
]  # fmt: skip


@for_each(
    ("area", "place"),
    [
        ("aarhus", None),  # a place among the two of its set with a value says nothing
        ("faxe", Rank(1, 4, "municipality", shared=False)),  # in no set: among all with a value
        ("lolland", Rank(4, 4, "municipality", shared=False)),
        ("randers", None),  # hidden or missing is not ranked last
        ("denmark", None),
        ("gellerup", None),
    ],
)
def test_rank_is_among_the_set_or_else_all_municipalities(area: str, place: Rank | None) -> None:
    figures = Figures(RATES)
    own = figures.newest("rate", area, "all")
    assert own is not None
    assert standing(own, figures, made_catalog()).rank == place


def test_limits_have_no_place_in_a_ranking() -> None:
    rows = [row._replace(status="at_least") if row.area_id == "odense" else row for row in RATES]
    rows.append(observation(75.0, area="esbjerg"))
    rows = [row for row in rows if row.value is not None]
    figures = Figures([*rows, observation(71.0, area="randers")])
    own, limit = (figures.newest("rate", area_id, "all") for area_id in ("aarhus", "odense"))
    assert own is not None
    assert limit is not None
    # Among Aarhus, Esbjerg and Randers alone.
    assert standing(own, figures, made_catalog()).rank == Rank(3, 3, "cities", shared=False)
    assert standing(limit, figures, made_catalog()).rank is None
    assert standing(limit, figures, made_catalog()).comparisons == ()


def test_a_place_needs_three() -> None:
    rows = [observation(70.0 + place, area=area_id) for place, area_id in
            enumerate(("aarhus", "odense", "randers"))]  # fmt: skip
    places = [standing(rows[0], Figures(rows[:known]), made_catalog()).rank for known in (1, 2, 3)]
    assert places == [None, None, Rank(3, 3, "cities", shared=False)]


def test_counts_are_not_ranked() -> None:
    figures = Figures(RATES)
    own = figures.newest("rate", "aarhus", "all")
    assert own is not None
    assert standing(own, figures, made_catalog(indicator("count", "persons"))).rank is None


@for_each(
    ("rows", "value", "change"),
    [
        ([observation(70, "2021"), observation(75, "2022")], 75, 5),
        ([observation(70, "2020"), observation(75, "2022")], 75, 5),  # over a missing year
        ([observation(70, "2022")], 70, None),
        # A hidden newest value is shown as hidden; the older one does not take its place.
        ([observation(70, "2021"), observation(None, "2022", status="suppressed")], None, None),
        ([observation(70, "2021"), observation(75, "2022H1")], 75, None),
    ],
)
def test_newest_and_its_change(
    rows: list[Observation], value: float | None, change: float | None
) -> None:
    figures = Figures(rows)
    own = figures.newest("rate", "aarhus", "all")
    assert own is not None
    newest = standing(own, figures, made_catalog())
    assert newest.observation.value == value
    assert (newest.previous and newest.previous.change_points) == change


@pytest.mark.parametrize("area_id", ["aarhus", "faxe", "laesoe", "gellerup"])
def test_a_page_says_of_a_figure_what_kpi_show_does(shipped: Store, area_id: str) -> None:
    """A page reads the area and what it is compared with; `kpi show` reads every row."""
    catalog = shipped.catalog()
    others = areas_to_compare(area_id, catalog)
    figures = newest_beside(shipped, catalog, [*catalog.indicators], [area_id], others)
    shown = {
        (each.observation.indicator_id, each.observation.group_id): each
        for indicator_id in {key[0] for key in figures if key[1] == area_id}
        for each in standings(shipped, indicator_id, [area_id])
    }
    rows = [row for key in figures if key[1] == area_id and (row := figures.newest(*key))]
    assert len(rows) == len(shown) > 5
    for row in rows:
        known, page = shown[row.indicator_id, row.group_id], standing(row, figures, catalog)
        assert page.rank == known.rank, row
        # Those with targets come last, and from the plan alone.
        figures_alone = [each for each in known.comparisons if each.kind != "target"]
        assert [*page.comparisons] == figures_alone, row
