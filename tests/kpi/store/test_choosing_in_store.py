"""Published tables, a year each: what is shown of them tells no small number by what is hidden.

The rules of thumb are tried in tests/kpi/suppression/test_choosing_tells_nothing.py; here is what a
publication makes of them, which solves an indicator exactly.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from kpi.domain.period import parse_period
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import init, open_store
from kpi.store.uploads import publish
from kpi.suppression.cells import Cell
from kpi.suppression.hiding import cells_to_hide
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.suppression.test_choosing_tells_nothing import GROUPS as PARTS
from tests.kpi.suppression.test_choosing_tells_nothing import Table, with_totals

LIMIT = 5
AREAS = {"a": "gellerup", "b": "viby_syd", "city": "aarhus"}
GROUPS = GROUP, OTHER = (*PARTS,)
HEAD = "nøgletal;område;gruppe;periode;værdi\n"
Shown = frozenset[tuple[tuple[str, str], float | str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store of a count of the persons of two groups."""
    data = write_tiny(tmp_path / "data", "rate,aarhus,all,2022,70,700,1000,final")
    lines = ["group_id,name,note,part_of", "all,Alle,,"]
    lines += [f"{group_id},{group_id},,all:origin" for group_id in GROUPS]
    (data / "population_group.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    append(data, "indicator.csv", "x,work,Antal x,x,count,persons,neutral,0,0,all,Antal x,")
    init(tmp_path / "home", data)
    return tmp_path / "home"


def table(numbers: Iterable[int]) -> Table:
    """Two areas by two groups, with all totals."""
    places = [(area, group) for area in "ab" for group in GROUPS]
    inner = dict(zip(places, numbers, strict=True))
    inner |= {("city", group): inner["a", group] + inner["b", group] for group in GROUPS}
    return with_totals(inner)


def pictures(tables: Sequence[Table], home: Path) -> list[Shown]:
    """What is shown of each: a number, `<5` or that it is hidden."""
    years = range(2025 - len(tables), 2025)  # all of them have begun
    rows = [
        f"x;{AREAS[area]};{group};{year};{number}\n"
        for year, each in zip(years, tables, strict=True)
        for (area, group), number in each.items()
    ]
    upload = Upload("tabeller.csv", (HEAD + "".join(rows)).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "Tabeller", home).batch_id is not None
    shown: dict[str, dict[tuple[str, str], float | str]] = defaultdict(dict)
    names = {area_id: area for area, area_id in AREAS.items()}
    store = open_store(home)
    for row in store.series(["x"]):
        text = row.as_published or "hidden"
        shown[row.period.text][names[row.area_id], row.group_id] = (
            text if row.value is None else row.value
        )
    store.close()
    return [frozenset(shown[str(year)].items()) for year in years]


def hidden(shown: Iterable[tuple[object, ...]]) -> set[object]:
    """The places whose number is not shown."""
    return {place for place, text in shown if isinstance(text, str)}


def hidden_by_sums(numbers: Table) -> set[object]:
    """The places that the rules of thumb hide."""
    cells = {
        place: Cell(
            "x", AREAS[place[0]], place[1], parse_period("2024"), number, None, LIMIT,
            "municipality" if place[0] == "city" else "district",
            None if place[0] == "city" else "aarhus",
        )
        for place, number in numbers.items()
    }  # fmt: skip
    keys = cells_to_hide(cells.values(), PARTS)
    return {place for place, cell in cells.items() if cell.key in keys}


def test_nothing_is_shown_again_that_the_sums_of_one_indicator_hide(home: Path) -> None:
    """Which guards would do without the others follows from hidden numbers."""
    draw = random.Random(1)
    tables = [table(draw.choice((0, 1, 4, 5, 6, 9)) for _ in range(4)) for _ in range(30)]
    for each, shown in zip(tables, pictures(tables, home), strict=True):
        assert hidden(shown) >= hidden_by_sums(each)


@pytest.mark.soak
def test_no_published_table_tells_a_small_number(home: Path) -> None:
    """Of all tables with none in one place and five in another: those that look the same differ."""
    tables = [table((0, x, 5, z)) for x in range(10) for z in range(10 - x)]
    tables += [table((0, 5, y, z)) for y in range(10) for z in range(10 - y) if y != 5]
    alike: dict[Shown, list[Table]] = defaultdict(list)
    for each, shown in zip(tables, pictures(tables, home), strict=True):
        alike[shown].append(each)
    closed = [
        some for shown, some in alike.items()
        if ("city", "all") not in hidden(shown) and (("a", GROUP), 0.0) in shown
        and {(("b", GROUP), 5.0), (("a", OTHER), 5.0)} & shown
    ]  # fmt: skip
    assert len(closed) > 20
    assert [
        some[0]
        for some in closed
        for place in some[0]
        if len({each[place] for each in some}) == 1 and 0 < some[0][place] < LIMIT
    ] == []
