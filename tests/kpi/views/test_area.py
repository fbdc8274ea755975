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
from kpi.views.area import AreaView, area_view, opened_row


@pytest.fixture(scope="module")
def gellerup(store: Store, catalog: Catalog) -> AreaView:
    return area_view(store, catalog, "gellerup")


def test_who_the_programme_is_for(gellerup: AreaView) -> None:
    assert gellerup.title == (
        "Gellerup: sikker forskel fra Viby Syd på forældre med virksomhedsrettet indsats, "
        "børn med underretning og børn med social sag"
    )
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
    assert families.dated == "siden 2024, opgjort marts 2025 · 20\u00a0måneder\u00a0gammelt"
    unequal = "Ikke talt over lige lang tid"  # Viby Syd began half a year later.
    assert [badge.text for badge in families.badges] == ["Papirets tal afviger", unequal]
    assert [badge.text for badge in children.badges] == [unequal]
    team = area_view(store, known, "gellerup").facts[-1]
    assert (team.name, team.badges) == ("Medarbejdere i teamet", ())


def test_what_came_of_it(gellerup: AreaView) -> None:
    assert gellerup.outcomes is not None
    assert len(gellerup.outcomes.observations) > 10


def test_programme_absence_is_not_compared_with_the_municipalitys(gellerup: AreaView) -> None:
    (absence,) = (trend.row for trend in gellerup.trends)
    assert absence.indicator.indicator_id == "school_absence"
    assert absence.value == "9,7\u00a0%"
    assert [name for name, *_ in absence.against] == ["Viby Syd"]
    assert gellerup.incomparable == (
        "Aarhus' elevfravær opgøres for andre grupper og perioder: "
        "udskoling 6,9\u00a0% (skoleåret 2024/2025) og mellemtrin 6,4\u00a0% "
        "(skoleåret 2024/2025). "
        "Tallene kan derfor ikke sammenlignes."
    )


def test_the_change_names_the_other_season(gellerup: AreaView) -> None:
    (absence,) = (trend.row for trend in gellerup.trends)
    assert absence.change.replace("\u00a0", " ") == (
        "−3,3 procentpoint siden foråret 2024 (ikke samme årstid)"
    )


def test_tilst_says_why_it_has_no_figures(store: Store, catalog: Catalog) -> None:
    view = area_view(store, catalog, "tilst")
    assert view.title == "Tilst: endnu ingen tal"
    assert (view.profile.rows, view.facts, view.trends, view.outcomes) == ((), (), (), None)
    assert not view.has_figures
    assert [text for _, text, _ in view.remarks] == [
        "Startet i januar 2025; indgår endnu ikke med nøgletal",
        "Opgang til Opgang starter i Tilst",
    ]


def test_a_municipality_beside_country_and_cities(store: Store, catalog: Catalog) -> None:
    opened = opened_row(store, catalog, "aarhus", "employment_rate", "all")
    assert opened is not None
    assert opened.row.rank == "nr. 5 blandt 6-byerne (6 har tal)"
    against = {name: gap for name, _, gap in opened.row.against}
    assert against["hele landet"] == "−3,4"
    assert against["6-byerne uden Aarhus"] == "−1,6"
    assert opened.exhibit is not None
    assert opened.exhibit.observations[0].indicator_id == "employment_rate"


def test_no_figure_is_in_a_chart_and_in_a_row(gellerup: AreaView) -> None:
    assert gellerup.outcomes is not None
    drawn = {row.indicator_id for row in gellerup.outcomes.observations}
    drawn |= {trend.row.indicator.indicator_id for trend in gellerup.trends}
    assert gellerup.profile.rows
    assert not drawn & {row.key[0] for row in gellerup.profile.rows}


def test_every_row_opens_its_figure(store: Store, catalog: Catalog) -> None:
    for area_id in ("aarhus", "denmark", "gellerup"):
        for row in area_view(store, catalog, area_id).profile.rows:
            opened = opened_row(store, catalog, area_id, *row.key)
            assert opened is not None, row.key
            assert (opened.row.indicator.indicator_id, opened.row.group_id) == row.key
            exhibit = opened.exhibit
            assert exhibit is not None or row.key[0] == "sanction_share", row.key
            assert exhibit is None or exhibit.selection.noegletal == row.key[0]
    assert opened_row(store, catalog, "faxe", "programme_families", "all") is None


@pytest.mark.parametrize(
    ("area", "subtitle"),
    [
        ("denmark", "Det, som kommunerne sammenlignes med"),
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
