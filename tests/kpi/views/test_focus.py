"""Which areas a page is about, where only schools or parishes have figures of an indicator."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.domain import format as fmt
from kpi.store import init, open_store
from kpi.views.comparison import comparison_view
from kpi.views.focus import focus_of
from kpi.views.headlines import headlines
from kpi.views.indicator import indicator_view, later_exhibit
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


@pytest.mark.parametrize(("count", "said"), [(6, ""), (7, "6 af 7"), (11, "6 af 11")])
def test_of_many_schools_it_is_said_how_many_are_drawn(
    tmp_path: Path, count: int, said: str
) -> None:
    schools = [f"school_{number:02}" for number in range(count)]
    rows = [
        f"rate,{school},all,{year},{50 + number},,,final"
        for number, school in enumerate(schools)
        for year in (2021, 2022)
    ]
    # Of a group that one school has no figure of, and of which all there are are drawn.
    rows += [f"rate,{school},danish,2022,{40 + n},,,final" for n, school in enumerate(schools[:6])]
    data = write_tiny(tmp_path / "data", "\n".join(rows))
    for number, school in enumerate((*schools, "school_without")):
        append(data, "area.csv", f"{school},Skole {number},school,aarhus,,")
    init(tmp_path / "home", data)
    store = open_store(tmp_path / "home")
    catalog = store.catalog()
    indicator = catalog.indicators["rate"]
    view = indicator_view(store, catalog, indicator, "aarhus")
    assert view.exhibit is not None
    assert len({row.area_id for row in view.exhibit.observations}) == 6
    counts = [remark for remark in view.exhibit.remarks if "skoler" in remark]
    assert [remark.split(" skoler")[0] for remark in counts] == ([said] if said else [])
    assert counts == list(view.exhibit.remarks[: len(counts)])
    later = later_exhibit(store, catalog, indicator, "danish", "aarhus")
    assert later is not None
    assert not any("skoler" in remark for remark in later.remarks)
    assert bool(view.all_schools) is bool(said)
    if view.all_schools:
        every = comparison_view(store, catalog, view.all_schools, "aarhus")
        assert {row.area_id for row in every.observations} == {*schools}
        assert not every.left_out
