"""Which areas a page is about, where only schools or parishes have figures of an indicator."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from kpi.domain import format as fmt
from kpi.store import init, open_store
from kpi.views.focus import focus_of
from kpi.views.headlines import headlines
from kpi.views.indicator import indicator_view
from kpi.views.since import since_view
from kpi.views.theme import theme_view
from tests.kpi.data_folder import append, write_tiny

_FIGURES = """
rate,school_1,all,2021,60,,,final
rate,school_1,all,2022,61,,,final
rate,school_2,all,2022,71,,,final
persons,aarhus,all,2022,50,,,final
persons,school_1,all,2022,9,,,final
hours,parish_1,all,2022,30,,,final
"""


def _home(folder: Path) -> Path:
    data = write_tiny(folder / "data", _FIGURES)
    # The second school lies in a parish: it lies in the municipality as well.
    for line in (
        "parish_1,Hasle Sogn,parish,aarhus,,",
        "school_1,Hasle Skole,school,aarhus,,",
        "school_2,Tilst Skole,school,parish_1,,",
        "school_3,Skolen uden tal,school,aarhus,,",
        "school_4,Odense Skole,school,odense,,",
    ):
        append(data, "area.csv", line)
    init(folder / "home", data)
    return folder / "home"


def test_figures_of_schools_or_parishes_alone_are_shown(tmp_path: Path) -> None:
    store = open_store(_home(tmp_path))
    catalog = store.catalog()
    ids = list(catalog.indicators)
    near = ("aarhus", "gellerup", "viby_syd", "parish_1")
    focus = focus_of(store, catalog, ids, "aarhus")
    # Of persons the municipality has a figure: no school stands beside it.
    assert {each: focus.of(each) for each in ids} == {
        "rate": (*near, "school_1", "school_2"), "persons": near, "hours": near,
    }  # fmt: skip
    assert focus_of(store, catalog, ids, "odense").all_ids == ("odense",)
    theme = theme_view(store, catalog, "work", "aarhus")
    values = {card.indicator.indicator_id: card.value for card in (*theme.cards, *theme.later)}
    assert fmt.MISSING not in values.values()
    assert set(values) == set(ids)
    for indicator_id, areas in {
        "rate": {"school_1", "school_2"}, "persons": {"aarhus"}, "hours": {"parish_1"},
    }.items():  # fmt: skip
        view = indicator_view(store, catalog, catalog.indicators[indicator_id], "aarhus")
        assert view.exhibit is not None, indicator_id
        assert {row.area_id for row in view.exhibit.observations} == areas
    day = date(2020, 1, 1)
    new = since_view(store, store, catalog, day, "aarhus").new
    assert [(figure.selection.noegletal, figure.value[:2]) for figure in new] == [
        ("rate", "61"), ("rate", "71"), ("persons", "50"), ("hours", "30"),
    ]  # fmt: skip
    meeting = replace(catalog.meetings["first"], day=day)
    assert headlines(store, catalog, meeting, "aarhus").title.startswith("Fire opgørelser")
