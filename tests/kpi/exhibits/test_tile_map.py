"""The schematic map: every municipality once, what its colour says, and when there is none."""

import random
from collections.abc import Sequence
from dataclasses import replace

from kpi.charts.marks import FOCUS, Frame, TileMarks
from kpi.charts.tiles import COLOURS, text_colour, tile_map
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.classes import MIDDLE
from kpi.domain.model import Area, Observation, TilePlace
from kpi.domain.selection import Selection
from kpi.exhibits import Exhibit, tile_map_exhibit
from kpi.store import Store
from kpi.views.comparison import comparison_view
from tests.kpi.charts.drawn import validated
from tests.kpi.made import catalog, indicator, observation
from tests.tables import for_each

AREAS = [f"by_{number:02}" for number in range(40)]


def made() -> Catalog:
    """A catalog of forty municipalities in eight columns."""
    known = catalog()
    areas = {
        area: Area(area, f"By {area[3:]}", "municipality", "denmark", None, ()) for area in AREAS
    }
    tiles = {
        area: TilePlace(area, place % 8, place // 8, area[3:]) for place, area in enumerate(AREAS)
    }
    return replace(known, areas={**known.areas, **areas}, tiles=tiles)


def mapped(rows: Sequence[Observation], focus: str = AREAS[0], **changes: str) -> Exhibit | None:
    country = observation(70.0, area="denmark")
    shown = replace(indicator(), **changes)  # type: ignore[arg-type]
    return tile_map_exhibit(
        shown, [*rows, country], [focus], replace(made(), indicators={"rate": shown}),
        Selection("sammenlign"),
    )  # fmt: skip


def marks_of(exhibit: Exhibit | None) -> TileMarks:
    assert exhibit is not None
    assert isinstance(exhibit.marks, TileMarks)
    return exhibit.marks


def spread() -> list[Observation]:
    return [observation(50.0 + number, area=area) for number, area in enumerate(AREAS)]


def test_shipped_municipalities_have_one_square_each(store: Store, catalog: Catalog) -> None:
    municipalities = {
        area.area_id for area in catalog.areas.values() if area.level == "municipality"
    }
    assert set(catalog.tiles) == municipalities
    assert len({(tile.column, tile.row) for tile in catalog.tiles.values()}) == 98
    wanted = Selection("sammenlign", noegletal="employment_rate", diagram="kort")
    (exhibit,) = comparison_view(store, catalog, wanted, "aarhus").exhibits
    marks = marks_of(exhibit)
    assert len(marks.tiles) == 98
    shown = {row.area_id: row for row in exhibit.observations}
    for area_id, tile in zip(catalog.tiles, marks.tiles, strict=True):
        row, chosen = shown[area_id], catalog.indicators["employment_rate"]
        assert tile.hover == fmt.display(row, chosen)
        assert tile.text == fmt.number(row.value, 0)
        assert (tile.role == FOCUS) == (area_id == "aarhus")
    assert len(exhibit.table.rows) == 98
    assert sum(int(count.split()[0]) for _, count in marks.legend) == 98


def test_a_value_decides_the_class_and_the_direction_the_colours() -> None:
    marks = marks_of(mapped(spread()))
    steps = [tile.step for tile in marks.tiles]
    assert steps == sorted(step for step in steps if step is not None)
    assert marks.tiles[20].step == MIDDLE  # 70, as the country
    assert marks.palette == "rising"
    assert marks_of(mapped(spread(), direction="lower_is_better")).palette == "falling"
    assert marks_of(mapped(spread(), direction="neutral")).palette == "plain"
    assert COLOURS["falling"][0] == COLOURS["rising"][-1]


def test_who_does_not_certainly_differ_has_the_middle_class() -> None:
    """80 % of ten persons, and of a thousand, where the country has 70 % of a million."""
    few = [observation(80.0, area=area, of=(8, 10)) for area in AREAS[:20]]
    many = [observation(80.0, area=area, of=(800, 1000)) for area in AREAS[20:]]
    country = observation(70.0, area="denmark", of=(700_000, 1_000_000))
    exhibit = tile_map_exhibit(
        indicator(), [*few, *many, country], [AREAS[0]], made(), Selection("sammenlign")
    )
    steps = [tile.step for tile in marks_of(exhibit).tiles]
    assert set(steps[:20]) == {MIDDLE}
    assert all(step is not None and step > MIDDLE for step in steps[20:])
    assert exhibit is not None
    assert exhibit.title == (
        "Job: ingen sikker forskel mellem By 00 og hele landet; 20 kommuner ligger statistisk "
        "sikkert over og 0 under hele landet"
    )
    # Their squares have a colour whose limits their numbers are not within.
    assert exhibit.subtitle.endswith(", den midterste farve hvor den ikke er statistisk sikker")
    assert exhibit.subtitle in exhibit.alt
    of_value = mapped(spread())
    assert of_value is not None
    assert of_value.subtitle.endswith("farven viser forskellen til hele landet")


def test_hidden_and_missing_squares_are_told_apart() -> None:
    rows = spread()
    rows[3] = observation(None, area=AREAS[3], status="suppressed")
    rows[4] = observation(None, area=AREAS[4], status="missing")
    exhibit = mapped([row for row in rows if row.area_id != AREAS[5]])
    tiles = marks_of(exhibit).tiles
    assert [(tile.text, tile.step, tile.is_hidden) for tile in tiles[3:6]] == [
        ("·", None, True), ("–", None, False), ("–", None, False),
    ]  # fmt: skip
    assert exhibit is not None
    assert "I firkanterne: »–« er ikke oplyst og »·« er skjult (diskretioneret)." in exhibit.remarks
    assert "3 har intet tal" in exhibit.alt


def test_an_implausible_number_is_open_and_nothing_is_said_of_it() -> None:
    rows = spread()
    key = ("rate", AREAS[39], "all", rows[39].period.text)
    known = replace(made(), implausible=frozenset({key}))
    country = observation(70.0, area="denmark")
    exhibit = tile_map_exhibit(
        indicator(), [*rows, country], [AREAS[30]], known, Selection("sammenlign")
    )
    tile = marks_of(exhibit).tiles[39]
    assert (tile.text, tile.is_hollow, tile.step) == ("89", True, 4)
    assert exhibit is not None
    assert exhibit.title == "Job: By 30 er en af 18 kommuner over hele landet"
    assert "By 39" not in exhibit.alt
    assert any("åben markør" in remark and "By 39" in remark for remark in exhibit.remarks)
    (row,) = (row for row in exhibit.table.rows if row[1] == "By 39")
    assert (row[0], row[3]) == (fmt.MISSING, fmt.MISSING)
    squares = tile_map(marks_of(exhibit)).layout.shapes
    assert sum(shape.fillcolor == "#FFFFFF" for shape in squares) == 1


@for_each(
    ("focus", "title"),
    [
        (AREAS[0], "Job: By 00 er en af 20 kommuner under hele landet"),
        (AREAS[30], "Job: By 30 er en af 19 kommuner over hele landet"),
        (AREAS[20], "Job: By 20 er på niveau med hele landet; 19 kommuner ligger over og 20 under "
                    "hele landet"),
        ("gellerup", "Job: 19 kommuner ligger over og 20 under hele landet"),
    ],
)  # fmt: skip
def test_the_title_says_where_the_chosen_one_is(focus: str, title: str) -> None:
    exhibit = mapped(spread(), focus)
    assert exhibit is not None
    assert exhibit.title == title


def test_the_only_one_is_called_so() -> None:
    rows = [observation(60.0 if area == AREAS[0] else 80.0, area=area) for area in AREAS]
    exhibit = mapped(rows)
    assert exhibit is not None
    assert exhibit.title == "Job: By 00 ligger som den eneste kommune under hele landet"


@for_each(("count", "is_drawn"), [(29, False), (30, True), (31, True)])
def test_thirty_municipalities_make_a_map(count: int, is_drawn: bool) -> None:
    assert (mapped(spread()[:count]) is not None) == is_drawn


def test_plotly_knows_every_part_and_squares_keep_their_shape() -> None:
    marks = marks_of(mapped(spread()))
    page = validated(tile_map(marks))
    assert page.layout.height is None
    assert page.layout.yaxis.scaleanchor == "x"
    drawn = tile_map(marks, Frame(400, 300))
    assert drawn.layout.height <= 300
    assert len(page.data) == 2
    assert [trace.text for trace in page.data][1] == tuple(
        f"<b>{tile.short}</b>" if tile.role == FOCUS else tile.short for tile in marks.tiles
    )


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@for_each("colour", sorted({each for every in COLOURS.values() for each in every}))
def test_numbers_can_be_read_on_every_colour(colour: str) -> None:
    lighter, darker = sorted((_luminance(colour), _luminance(text_colour(colour))), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@for_each("seed", range(5))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    rows = spread()
    random.Random(seed).shuffle(rows)
    assert marks_of(mapped(rows)) == marks_of(mapped(spread()))
