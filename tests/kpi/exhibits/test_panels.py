"""Small charts: their order and what each has beside it, and how rough and hidden values look."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kpi.charts.marks import Frame, PanelMarks
from kpi.charts.panels import MOST, axes_of, panel_figure, panels
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Observation
from kpi.domain.selection import Selection
from kpi.domain.series_break import breaks_of
from kpi.exhibits import Exhibit, area_panels_exhibit, group_panels_exhibit
from kpi.store import Store
from kpi.views.comparison import comparison_view
from tests.kpi.charts.drawn import validated
from tests.kpi.made import catalog, indicator, observation, rows_of
from tests.tables import for_each

CITIES = ("aarhus", "odense", "randers", "esbjerg", "lolland", "faxe")
VALUES = {"aarhus": 70.0, "odense": 74.0, "randers": 66.0, "esbjerg": 78.0, "lolland": 60.0,
          "faxe": 72.0}  # fmt: skip


def spread() -> list[Observation]:
    """Six municipalities with their values of 2022, ten more in 2020."""
    return [
        row
        for city, value in VALUES.items()
        for row in rows_of(city, {"2020": value + 10, "2021": value + 5, "2022": value})
    ]


def shown(
    rows: Sequence[Observation], areas: Sequence[str] = CITIES, **changes: Any
) -> Exhibit | None:
    """The small charts of the areas, with the municipalities' values of all rows beside them."""
    chosen = replace(indicator(), **changes)
    values: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in rows:
        if row.value is not None and not row.is_bound:
            key = row.indicator_id, row.group_id, row.period.text
            values.setdefault(key, {})[row.area_id] = row.value
    return area_panels_exhibit(chosen, "all", areas, Figures(rows, values), catalog(chosen))


def marks_of(exhibit: Exhibit | None) -> PanelMarks:
    assert exhibit is not None
    assert isinstance(exhibit.marks, PanelMarks)
    return exhibit.marks


@for_each(
    ("direction", "names"),
    [
        ("higher_is_better", ["Esbjerg", "Odense", "Faxe", "Aarhus", "Randers", "Lolland"]),
        ("lower_is_better", ["Lolland", "Randers", "Aarhus", "Faxe", "Odense", "Esbjerg"]),
        ("neutral", ["Esbjerg", "Odense", "Faxe", "Aarhus", "Randers", "Lolland"]),
    ],
)
def test_best_newest_value_is_first_and_the_chosen_area_in_its_place(
    direction: str, names: list[str]
) -> None:
    exhibit = shown(spread(), direction=direction)
    marks = marks_of(exhibit)
    assert [panel.name for panel in marks.panels] == names
    assert [panel.name for panel in marks.panels if panel.is_own] == ["Aarhus"]
    assert exhibit is not None
    assert exhibit.title == "Job: tre af fem andre kommuner ligger over Aarhus og to under"
    assert [panel.gap for panel in marks.panels if panel.name in ("Aarhus", "Odense")] in (
        ["+4,0", ""], ["", "+4,0"],
    )  # fmt: skip


@for_each(("city", "median"), [("aarhus", 72.0), ("odense", 69.0), ("lolland", 73.0)])
def test_no_median_contains_an_area_of_its_panel(city: str, median: float) -> None:
    (panel,) = (each for each in marks_of(shown(spread())).panels if each.name == city.title())
    assert panel.median is not None
    others = [value for other, value in VALUES.items() if other not in ("aarhus", city)]
    assert min(others) < median < max(others)
    assert panel.median.points[-1].value == median


def test_a_median_is_of_three_others_at_least() -> None:
    few = [row for row in spread() if row.area_id in CITIES[:4]]
    medians = {panel.name: panel.median for panel in marks_of(shown(few, CITIES[:4])).panels}
    assert [name for name, median in medians.items() if median] == ["Aarhus"]


def test_hidden_missing_and_rough_values_are_told_apart() -> None:
    rows = [row for row in spread() if row.area_id not in ("odense", "randers", "esbjerg")]
    rows += [
        *rows_of("odense", {"2020": 70.0, "2021": 71.0}),
        observation(None, area="odense", status="suppressed"),
        *rows_of("randers", {"2020": 70.0, "2021": 71.0}),
        observation(None, area="randers", status="missing"),
        *rows_of("esbjerg", {"2020": 70.0, "2021": 71.0}),
        observation(72.0, area="esbjerg", status="approximate"),
    ]
    exhibit = shown(rows)
    marks = marks_of(exhibit)
    by_name = {panel.name: panel for panel in marks.panels}
    assert by_name["Odense"].value == "skjult"
    assert [name for _, name in by_name["Odense"].hidden] == ["2022"]
    assert (by_name["Randers"].value, by_name["Randers"].hidden) == ("ikke oplyst", ())
    assert by_name["Esbjerg"].value == "ca.\u00a072,0\u00a0%"
    assert by_name["Esbjerg"].line.points[-1].is_hollow
    assert [panel.name for panel in marks.panels][-2:] == ["Odense", "Randers"]
    assert "én skjult" in by_name["Odense"].alt
    assert exhibit is not None
    assert any("Firkant ved aksen: Tallet er skjult." in remark for remark in exhibit.remarks)
    figure = validated(panel_figure(marks, by_name["Odense"], axes_of(marks)))
    squares = [trace for trace in figure.data if trace.marker.symbol == "square-open"]
    assert [list(trace.text) for trace in squares] == [["2022: skjult"]]


def test_all_panels_have_one_axis_of_three_ticks_near_their_values() -> None:
    exhibit = shown(spread())
    marks = marks_of(exhibit)
    axes = axes_of(marks)
    assert axes.texts == ("60", "75", "90\u00a0%")
    assert exhibit is not None
    assert any("Y-aksen begynder ved 60" in remark for remark in exhibit.remarks)
    assert (axes.first_name, axes.last_name) == ("2020", "2022")
    small = marks_of(shown([row._replace(value=(row.value or 0) / 10) for row in spread()]))
    assert axes_of(small).texts == ("6,0", "7,5", "9,0\u00a0%")


@for_each(("moved_by", "texts", "is_from_zero"), [
    (0, ("60", "75", "90"), False),
    (55, ("0", "20", "40"), True),
    (65, ("−20", "0", "40"), False),
    (200, ("−150", "−75", "0"), False),
])  # fmt: skip
def test_an_axis_begins_below_the_lowest_value(
    moved_by: int, texts: tuple[str, ...], is_from_zero: bool
) -> None:
    exhibit = shown([row._replace(value=(row.value or 0) - moved_by) for row in spread()])
    axes = axes_of(marks_of(exhibit))
    assert axes.texts == (*texts[:2], f"{texts[2]}\u00a0%"), axes.texts
    assert exhibit is not None
    assert any("begynder ved 0" in remark for remark in exhibit.remarks) == is_from_zero


def test_a_break_parts_the_lines_and_is_drawn_in_every_panel() -> None:
    exhibit = shown(spread(), breaks=breaks_of("2022-01-01 Ny optælling"))
    marks = marks_of(exhibit)
    assert all(panel.line.points[-1].after_gap for panel in marks.panels)
    figure = panels(marks, Frame(800, 400))
    broken = [shape for shape in figure.layout.shapes if shape.yref.endswith("domain")]
    assert len(broken) == len(marks.panels)
    assert marks.legend[-1] == ("break", "brud i serien 1. januar 2022")
    assert exhibit is not None
    assert exhibit.remarks[0].startswith("Brud i serien 1. januar 2022")


def test_groups_of_one_area_keep_their_order() -> None:
    rows = [
        observation(value + year, f"{2020 + year}", group=group)
        for group, value in (("danish", 80.0), ("non_western", 50.0), ("all", 70.0))
        for year in range(3)
    ]
    groups = ("danish", "non_western", "all")
    exhibit = group_panels_exhibit(indicator(), "aarhus", groups, Figures(rows), catalog())
    marks = marks_of(exhibit)
    assert [(panel.name, panel.gap) for panel in marks.panels] == [
        ("Dansk baggrund", ""), ("Ikke-vestlig baggrund", "−30,0"), ("Alle", "−10,0"),
    ]  # fmt: skip
    assert exhibit is not None
    assert exhibit.table.columns[0] == "Gruppe"
    assert exhibit.title == "Job i Aarhus: begge de andre grupper ligger under dansk baggrund"


@for_each(
    ("areas", "title"),
    [
        (("aarhus",), "Job i Aarhus"),
        (("aarhus", "odense"), "Job: Odense ligger 4,0\u00a0procentpoint over Aarhus"),
        (("esbjerg", "odense", "faxe"), "Job: begge de andre kommuner ligger under Esbjerg"),
        (("lolland", "odense", "faxe"), "Job: begge de andre kommuner ligger over Lolland"),
        (("lolland", "odense", "faxe", "esbjerg"),
         "Job: alle tre andre kommuner ligger over Lolland"),
        (("aarhus", "odense", "faxe", "randers"),
         "Job: to af tre andre kommuner ligger over Aarhus og én under"),
    ],
)  # fmt: skip
def test_the_title_says_who_lies_on_which_side(areas: tuple[str, ...], title: str) -> None:
    exhibit = shown(spread(), areas)
    assert exhibit is not None
    assert exhibit.title == title


@for_each(("areas", "title"), [
    (("aarhus",), "Job, borgere med dansk baggrund i Aarhus"),
    (("aarhus", "odense"),
     "Job, borgere med dansk baggrund: Odense ligger 4,0\u00a0procentpoint over Aarhus"),
    (("esbjerg", "odense", "faxe"),
     "Job, borgere med dansk baggrund: begge de andre kommuner ligger under Esbjerg"),
])  # fmt: skip
def test_the_title_names_a_group_that_is_not_the_usual_one(
    areas: tuple[str, ...], title: str
) -> None:
    rows = [row._replace(group_id="danish") for row in spread()]
    exhibit = area_panels_exhibit(indicator(), "danish", areas, Figures(rows), catalog())
    assert exhibit is not None
    assert exhibit.title == title


def test_a_difference_within_chance_is_on_no_side() -> None:
    """Of ten persons 80 % are no certain more than 70 %; of a million they are."""
    rows = [
        observation(100 * part / whole, period, area=area, of=(part, whole))
        for area, part, whole in (("aarhus", 700, 1000), ("odense", 8, 10), ("faxe", 800, 1000))
        for period in ("2021", "2022")
    ]
    exhibit = shown(rows, ("aarhus", "odense", "faxe"))
    assert exhibit is not None
    assert exhibit.title == (
        "Job: én af to andre kommuner ligger statistisk sikkert over Aarhus og ingen under"
    )
    # Of a rough figure chance is not asked: together with it nothing is said to be sure.
    rough = observation(90.0, "2022", area="randers", status="approximate")
    exhibit = shown([*rows, rough], ("aarhus", "odense", "faxe", "randers"))
    assert exhibit is not None
    assert exhibit.title == "Job: to af tre andre kommuner ligger over Aarhus og ingen under"


@for_each(("count", "columns"), [(1, 1), (2, 2), (12, 4), (24, 6), (98, 6)])
def test_a_file_has_at_most_the_first_panels_within_its_frame(count: int, columns: int) -> None:
    (panel, *_) = marks_of(shown(spread())).panels
    marks = replace(marks_of(shown(spread())), panels=(panel,) * count)
    figure = validated(panels(marks, Frame(1000, 460)))
    axes = [name for name in figure.to_dict()["layout"] if name.startswith("xaxis")]
    assert len(axes) == min(count, MOST)
    assert figure.layout.height <= 560
    starts = {round(figure.layout[name].domain[0], 3) for name in axes}
    assert len(starts) == columns


def test_shipped_areas_have_a_panel_each(store: Store, catalog: Catalog) -> None:
    areas = [area.area_id for area in catalog.areas.values() if area.level == "municipality"]
    wanted = Selection(
        "sammenlign", noegletal="employment_rate", omraader=("aarhus", *areas), diagram="smaa"
    )
    view = comparison_view(store, catalog, wanted, "aarhus")
    (exhibit,) = view.exhibits
    marks = marks_of(exhibit)
    assert len(marks.panels) == len(exhibit.table.rows) == 98
    assert all(panel.alt.startswith(f"{panel.name}: {panel.value}") for panel in marks.panels)
    assert any("de første 24 felter" in remark for remark in exhibit.remarks)
    assert (view.notes, view.left_out) == ((), ())


def test_one_period_alone_makes_no_small_charts() -> None:
    assert shown([row for row in spread() if row.period.text == "2022"]) is None
