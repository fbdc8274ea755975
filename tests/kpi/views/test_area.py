"""An area's page: what it compares, what it does not, and what it says without figures."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.store import Store, open_store
from kpi.store.adding import add
from kpi.store.uploads import publish
from kpi.views.area import AreaView, area_trend, area_view


@pytest.fixture(scope="module")
def gellerup(store: Store, catalog: Catalog) -> AreaView:
    return area_view(store, catalog, "gellerup")


@pytest.fixture(scope="module")
def aarhus(store: Store, catalog: Catalog) -> AreaView:
    return area_view(store, catalog, "aarhus")


def test_who_the_programme_is_for(gellerup: AreaView) -> None:
    assert gellerup.title == "Gellerup: 75 familier, 176 børn og 81 ledige voksne"
    assert [(fact.name, fact.value, fact.beside) for fact in gellerup.facts] == [
        ("Familier", "75", "Viby Syd 44"),
        ("Børn", "176", "Viby Syd 104"),
        ("Ledige voksne", "81", "Viby Syd 52"),
        ("Medarbejdere i teamet", "11", "Viby Syd 11"),
    ]


def test_who_it_is_for_is_dated_and_has_its_cautions(store: Store, catalog: Catalog) -> None:
    key = "programme_families", "gellerup", "programme_families", "2024:2025M03"
    known = replace(catalog, as_of=date(2026, 11, 26), disputed={key: "differs"})
    families, children, *_ = area_view(store, known, "gellerup").facts
    assert families.dated == "siden 2024, opgjort marts 2025 · 20 måneder gammelt"
    assert [badge.text for badge in families.badges] == ["Papirets tal afviger"]
    assert children.badges == ()


def test_what_came_of_it(gellerup: AreaView) -> None:
    assert gellerup.outcomes is not None
    assert len(gellerup.outcomes.observations) > 10


def test_programme_absence_is_not_compared_with_the_municipalitys(gellerup: AreaView) -> None:
    absence = next(row for row in gellerup.rows if row.indicator.indicator_id == "school_absence")
    assert absence.value == "9,7\u00a0%"
    assert [name for name, *_ in absence.against] == ["Viby Syd"]
    assert gellerup.incomparable == (
        "Aarhus' elevfravær opgøres for andre grupper og perioder: "
        "udskoling 6,9\u00a0% (skoleåret 2024/2025) og mellemtrin 6,4\u00a0% "
        "(skoleåret 2024/2025). "
        "Tallene kan derfor ikke sammenlignes."
    )


def test_the_change_names_the_other_season(gellerup: AreaView) -> None:
    absence = next(row for row in gellerup.rows if row.indicator.indicator_id == "school_absence")
    assert absence.change.replace("\u00a0", " ") == (
        "−3,3 procentpoint siden foråret 2024 (ikke samme årstid)"
    )


def test_tilst_says_why_it_has_no_figures(store: Store, catalog: Catalog) -> None:
    view = area_view(store, catalog, "tilst")
    assert view.title == "Tilst: endnu ingen tal"
    assert (view.rows, view.facts, view.trends, view.outcomes) == ((), (), (), None)
    assert [text for _, text, _ in view.remarks] == [
        "Startet i januar 2025; indgår endnu ikke med nøgletal",
        "Opgang til Opgang starter i Tilst",
    ]


def test_a_municipality_beside_country_and_cities(aarhus: AreaView) -> None:
    employment = next(row for row in aarhus.rows if row.indicator.indicator_id == "employment_rate")
    assert employment.rank == "nr. 5 blandt 6-byerne (6 har tal)"
    against = {name: gap for name, _, gap in employment.against}
    assert against["hele landet"] == "−3,4"
    assert against["6-byerne uden Aarhus"] == "−1,6"
    assert [exhibit.observations[0].indicator_id for exhibit in aarhus.trends] == [
        "employment_rate", "school_absence", "school_absence",
    ]  # fmt: skip


def test_every_development_is_drawn_at_once_or_when_it_is_asked_for(
    store: Store, catalog: Catalog
) -> None:
    for area_id in ("aarhus", "denmark", "gellerup"):
        view = area_view(store, catalog, area_id, most_rows=None)
        shown = {(trend.selection.noegletal, *trend.selection.grupper) for trend in view.trends}
        assert not shown & set(view.more_trends)
        for key, name in view.more_trends.items():
            drawn = area_trend(store, catalog, area_id, *key)
            assert drawn is not None, key
            exhibit, row = drawn
            assert (exhibit.selection.noegletal, *exhibit.selection.grupper) == key
            assert row in view.rows or row.indicator.indicator_id == key[0]
            assert name.startswith(row.indicator.name)
    assert area_trend(store, catalog, "faxe", "programme_families", "all") is None


@pytest.mark.parametrize(
    ("area", "subtitle"),
    [
        ("denmark", "Hele landet"),
        ("region_midtjylland", "Region"),
        ("aarhus", "Kommune · 6-byerne"),
        ("faxe", "Kommune"),
        ("gellerup", "Opgang til Opgang-områderne · Aarhus"),
    ],
)
def test_subtitle(store: Store, catalog: Catalog, area: str, subtitle: str) -> None:
    assert area_view(store, catalog, area).subtitle == subtitle


def test_an_unknown_area(store: Store, catalog: Catalog) -> None:
    with pytest.raises(KpiError, match="Mente du »gellerup«"):
        area_view(store, catalog, "gelerup")


@pytest.mark.parametrize("most", [0, 1, 5, 1000])
def test_of_a_long_table_the_first_rows_and_those_beside_charts(
    store: Store, catalog: Catalog, aarhus: AreaView, most: int
) -> None:
    whole = area_view(store, catalog, "aarhus", most_rows=None)
    assert (whole.more, whole.title) == (0, aarhus.title)
    part = area_view(store, catalog, "aarhus", most_rows=most)
    assert (part.title, part.trends) == (whole.title, whole.trends)
    charted = {(trend.selection.noegletal, *trend.selection.grupper) for trend in whole.trends}
    assert set(part.rows) == {
        row
        for place, row in enumerate(whole.rows)
        if place < most or (row.indicator.indicator_id, row.group_id) in charted
    }
    assert part.more == len(whole.rows) - len(part.rows)


def test_areas_with_figures_of_other_periods_are_not_said_to_have_none(
    home: Path,
) -> None:
    add("area", [{"name": "Skovby", "level": "Programområde", "parent_id": "Aarhus"}], "A", home)
    text = (
        "nøgletal;område;periode;værdi;tæller;nævner\n"
        "Forældre med tilknytning til job;Skovby;2025H1;50;7;14\n"
    )
    publish(Upload("tal.csv", text.encode()), None, "Anna", "Nyt", home)
    store = open_store(home)
    outcomes = area_view(store, store.catalog(), "skovby").outcomes
    assert outcomes is not None
    said = " ".join(outcomes.remarks)
    assert "Gellerup og Viby Syd har kun tal for andre perioder." in said
    assert "Tilst har endnu ingen tal." in said
