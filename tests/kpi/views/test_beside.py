"""Figures with what they are compared with: which municipal values are loaded, and for whom."""

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN
from kpi.domain.figures import Figures, Municipal
from kpi.domain.judgement import benchmark_of
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import Kind
from kpi.store import Store
from kpi.views.beside import newest_beside, similar_ids, with_municipal
from kpi.views.focus import areas_to_compare
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

Key = tuple[str, str, str]
ALL = ("rate", "all", "2022")


class Asked:
    """Stands for a store: keeps which municipal values it was asked for, and has 60 to 63."""

    def __init__(self) -> None:
        self.keys: list[Key] = []

    def municipal(self, keys: list[Key]) -> Municipal:
        self.keys += keys
        cities = ("odense", "randers", "esbjerg", "faxe")
        return {key: {city: 60.0 + place for place, city in enumerate(cities)} for key in keys}


def asked(rows: list[Observation], of: Indicator, area: str = "aarhus") -> list[Key]:
    """The keys whose municipal values are asked for."""
    store = Asked()
    with_municipal(store, made_catalog(of), rows, [area])  # type: ignore[arg-type]
    return store.keys


OWN = observation(70.0)


@for_each(
    ("rows", "keys"),
    [
        ([OWN], [ALL]),
        ([OWN, observation(77.0, area="denmark")], []),
        # A country's value of another year, hidden, or a mere limit is none to compare with.
        ([OWN, observation(77.0, "2021", area="denmark")], [ALL]),
        ([OWN, observation(None, area="denmark", status="suppressed")], [ALL]),
        ([OWN, observation(77.0, area="denmark", status="at_least")], [ALL]),
        # Of the newest figure only, and of the area's own.
        ([OWN, observation(69.0, "2021"), observation(72.0, area="odense")], [ALL]),
        ([OWN, observation(50.0, group="danish")], [ALL, ("rate", "danish", "2022")]),
        ([observation(72.0, area="odense")], []),
    ],
)
def test_what_the_median_is_needed_for(rows: list[Observation], keys: list[Key]) -> None:
    assert asked(rows, indicator()) == keys


@for_each(("kind", "keys"), [("proportion", [ALL]), ("mean", [ALL]), ("count", []), ("amount", [])])
def test_counts_and_amounts_have_no_median(kind: Kind, keys: list[Key]) -> None:
    assert asked([OWN], indicator(kind)) == keys


@pytest.mark.parametrize("area", ["gellerup", "denmark"])
def test_only_a_municipality_has_other_municipalities(area: str) -> None:
    assert asked([observation(70.0, area=area)], indicator(), area) == []


def test_a_stated_median_is_loaded_beside_the_countrys_figure() -> None:
    rows = [OWN, observation(77.0, area="denmark")]
    catalog = made_catalog(indicator(benchmark="median"))
    figures = with_municipal(Asked(), catalog, rows, ["aarhus"])  # type: ignore[arg-type]
    benchmark = benchmark_of(comparisons(OWN, figures, catalog))
    assert benchmark is not None
    assert (benchmark.with_id, benchmark.value, benchmark.areas) == (MEDIAN, 61.5, 4)


@pytest.mark.parametrize(
    ("area_id", "with_id"),
    [("aarhus", MEDIAN), ("laesoe", MEDIAN), ("gellerup", None), ("denmark", None)],
)
def test_of_the_default_figures(
    store: Store, catalog: Catalog, area_id: str, with_id: str | None
) -> None:
    figures = newest_beside(store, catalog, ["school_absence"], [area_id], ["denmark"])
    rows = [row for key in figures if (row := figures.newest(*key)) and row.area_id == area_id]
    assert bool(rows) is (area_id != "denmark")
    benchmarks = {benchmark_of(comparisons(row, figures, catalog)) for row in rows}
    assert {benchmark and benchmark.with_id for benchmark in benchmarks} == (
        {with_id} if rows else set()
    )


def _with_all(store: Store, catalog: Catalog, area_id: str) -> Figures:
    """Every figure there is, and the municipalities' values beside each rate of the area."""
    rows = store.series(list(catalog.indicators))
    own = [
        row
        for row in rows
        if row.area_id == area_id and catalog.indicators[row.indicator_id].is_rate
    ]
    return Figures(
        rows, store.municipal([(row.indicator_id, row.group_id, row.period.text) for row in own])
    )


@pytest.mark.parametrize("area_id", ["aarhus", "odense", "laesoe", "gellerup", "denmark"])
def test_nothing_that_a_figure_is_compared_with_is_left_unread(
    shipped: Store, area_id: str
) -> None:
    """Of all that is published: the plan alone has no quarter with the same of the year before."""
    store, catalog = shipped, shipped.catalog()
    others = areas_to_compare(area_id, catalog)
    beside = newest_beside(store, catalog, list(catalog.indicators), [area_id], others)
    every = _with_all(store, catalog, area_id)
    newest = [row for key in every if key[1] == area_id and (row := every.newest(*key))]
    assert newest
    for row in newest:
        assert beside.newest(row.indicator_id, area_id, row.group_id) == row
        assert comparisons(row, beside, catalog) == comparisons(row, every, catalog), (
            f"kpi/views/beside.py does not read all that this is compared with: {row}"
        )


class Listening(Figures):
    """Figures that remember which of them were asked for."""

    def __init__(self, rows: list[Observation]) -> None:
        super().__init__(rows)
        self.asked: set[tuple[str, str, str, str]] = set()

    def at(
        self, indicator_id: str, area_id: str, group_id: str, period: Period
    ) -> Observation | None:
        self.asked.add((indicator_id, area_id, group_id, period.text))
        return super().at(indicator_id, area_id, group_id, period)

    def series(self, indicator_id: str, area_id: str, group_id: str) -> tuple[Observation, ...]:
        rows = super().series(indicator_id, area_id, group_id)
        self.asked |= {(indicator_id, area_id, group_id, row.period.text) for row in rows}
        return rows


def test_no_figure_is_compared_with_one_that_pages_do_not_read(
    shipped: Store,
) -> None:
    """`newest_beside` reads the period of the figure itself, whatever series are published yet.

    A comparison with another period, or another area, has to be read there, too.
    """
    catalog = shipped.catalog()
    every = Listening(shipped.series(list(catalog.indicators)))
    for area_id in ("aarhus", "gellerup", "denmark"):
        near = {area_id, *areas_to_compare(area_id, catalog)}
        near |= {*similar_ids(catalog, [*catalog.indicators], [area_id])}
        for indicator_id, area, group_id in every:
            row = every.newest(indicator_id, area, group_id)
            if area == area_id and row is not None:
                every.asked.clear()
                comparisons(row, every, catalog)
                elsewhere = {
                    asked
                    for asked in every.asked
                    if asked[3] != row.period.text or asked[1] not in near
                }
                assert not elsewhere, (
                    f"read these in kpi/views/beside.py for {row[:4]}: {elsewhere}"
                )
