"""Random indicators of the same persons: no small number of them follows from all that is shown.

The reader knows by name what each indicator counts. Persons are of a kind each: those who have
something or lack it, of a group, in an area, in a period. A kind's number is unknown and whole;
what is shown, a rounded percentage too, and the words `<5` bound sums of kinds. A hidden number is
told where an integer program has no solution in which it is larger, and none in which it is
smaller. A program that finds no answer counts as telling.
"""

import logging
import random
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import highspy
import pytest

from kpi.domain.model import Observation
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import init, open_store
from kpi.store.uploads import publish
from tests.kpi.data_folder import append, write_tiny

LIMIT = 5
# So many at most are of a kind, and so many of a number.
MOST, MANY = 8_000, 72_000
HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner\n"
QUARTERS, TOWNS = ("gellerup", "viby_syd"), ("odense", "randers")
GROUPS = ("danish", "non_western")
SPANS = {
    "2023": ("2023",), "2024H1": ("2024H1",), "2024H2": ("2024H2",),
    "2024": ("2024H1", "2024H2"), "2023:2024": ("2023", "2024H1", "2024H2"),
}  # fmt: skip
# Of each indicator whom it counts: those who have it, who lack it.
COUNTED = {"people": (True, False), "those": (True,), "lacking": (False,)}
TOGETHER = (
    ("people", "share"), ("those", "share"), ("lacking", "share"), ("people", "those"),
    ("people", "those", "share"), ("people", "those", "lacking"), ("those", "lacking", "share"),
)  # fmt: skip

# For every run, with how many rows are shown at least: what guards nothing is shown.
AT_ONCE = {0: 8, 3: 22, 8: 11, 34: 6, 1004: 1, 1026: 6}

Key = tuple[str, str, str]
# Area, group, period; whether they have it.
Kind = tuple[str, str, str, bool]
Place = tuple[str, Key]


def kinds(key: Key, has_it: Iterable[bool]) -> list[Kind]:
    """The kinds of persons that a number of a key counts."""
    area_id, group_id, period = key
    areas = QUARTERS if area_id == "aarhus" else (area_id,)
    groups = GROUPS if group_id == "all" else (group_id,)
    return [*product(areas, groups, SPANS[period], has_it)]


@dataclass(frozen=True)
class System:
    """How many persons there are of each kind, and what is published of them."""

    persons: Mapping[Kind, int]
    rows: Mapping[Place, str]

    def number(self, key: Key, has_it: Iterable[bool]) -> int:
        """How many a key has of those who have it, or lack it."""
        return sum(self.persons[kind] for kind in kinds(key, has_it))

    def small(self) -> list[tuple[Place, tuple[bool, ...]]]:
        """The numbers that must not be told."""
        every = [
            ((indicator_id, key), has_it)
            for indicator_id, key in self.rows
            for has_it in (
                [COUNTED[indicator_id]] if indicator_id in COUNTED else [(True,), (False,)]
            )
        ]
        return [each for each in every if 0 < self.number(each[0][1], each[1]) < LIMIT]


def drawn(seed: int) -> System:
    """A system of two or three indicators, with few persons in the quarters."""
    chance = random.Random(seed)
    several = chance.random() < 0.3
    periods = chance.sample([*SPANS], 3) if several else ["2024H1"]
    areas = ["aarhus", *QUARTERS, *TOWNS] if chance.random() < 0.6 else ["aarhus", *QUARTERS]
    groups = chance.choice((["all"], ["all", *GROUPS]))
    size = chance.choice((12, 40, 150))
    persons: dict[Kind, int] = {}
    for area_id, group_id, period in product((*QUARTERS, *TOWNS), GROUPS, SPANS["2023:2024"]):
        is_town = area_id in TOWNS
        most = 40 * size if is_town else chance.choice((0, 3, size, size))
        of_all = chance.randint(most // 2 if is_town else 0, most)
        few = chance.choice((0, 1, 2, 3, 4, of_all, of_all // 2, chance.randint(0, of_all)))
        persons[area_id, group_id, period, True] = min(few, of_all)
        persons[area_id, group_id, period, False] = of_all - min(few, of_all)
    system = System(persons, {})
    form = chance.choice(("{0};;", "{0};;", "{0};;{2}", "{0};{1};", "{0};{1};{2}"))
    rows: dict[Place, str] = {}
    for indicator_id in chance.choice(TOGETHER):
        often = chance.choice((1, 0.8, 0.5))
        for key in product(areas, groups, periods):
            if chance.random() < often and (text := _written(system, indicator_id, key, form)):
                rows[indicator_id, key] = text
    return System(persons, rows)


def _written(system: System, indicator_id: str, key: Key, form: str) -> str:
    if indicator_id in COUNTED:
        return f"{system.number(key, COUNTED[indicator_id])};;"
    having, of_all = system.number(key, (True,)), system.number(key, (True, False))
    if not of_all:
        return ""
    return form.format(f"{100 * having / of_all:.1f}".replace(".", ","), having, of_all)


@dataclass
class Reader:
    """All that is shown, as bounds of sums of unknown numbers."""

    columns: dict[Kind | Place, int] = field(default_factory=dict)
    sums: list[tuple[float, float, dict[int, int]]] = field(default_factory=list)

    def _column(self, name: Kind | Place) -> int:
        return self.columns.setdefault(name, len(self.columns))

    def terms(self, key: Key, has_it: Iterable[bool], sign: int = 1) -> dict[int, int]:
        """A sum of kinds."""
        return {self._column(kind): sign for kind in kinds(key, has_it)}

    def read(self, place: Place, row: Observation, is_small: bool) -> None:
        """Adds what a row tells: a hidden count that is not called small is none, or not small."""
        indicator_id, key = place
        counted = COUNTED.get(indicator_id)
        if row.value is None:
            if counted and row.as_published == f"<{LIMIT}":
                self.sums.append((1, LIMIT - 1, self.terms(key, counted)))
            elif counted and not is_small:
                is_any = self._column(place)
                self.sums.append((0, MANY, self.terms(key, counted) | {is_any: -LIMIT}))
                self.sums.append((-MANY, 0, self.terms(key, counted) | {is_any: -MANY}))
            return
        if counted:
            self.sums.append((row.value, row.value, self.terms(key, counted)))
            return
        for number, has_it in ((row.numerator, (True,)), (row.denominator, (True, False))):
            if number is not None:
                self.sums.append((number, number, self.terms(key, has_it)))
        # Twenty times a percentage with one decimal, and where its rounding ends, are whole.
        twenty = round(20 * row.value)
        for end, low, high in ((twenty - 1, 0, MANY * 9_999), (twenty + 1, -MANY * 9_999, 0)):
            having = self.terms(key, (True,), 2_000 - end)
            self.sums.append((low, high, having | self.terms(key, (False,), -end)))
        self.sums.append((1, MANY, self.terms(key, (True, False))))

    def may_be(self, low: float, high: float, terms: Mapping[int, int]) -> bool:
        """Whether some whole numbers of persons fit all that is shown and these bounds."""
        solver = highspy._core._Highs()  # the other one prints a greeting
        for option, value in (("output_flag", False), ("threads", 1), ("mip_max_nodes", 3_000)):
            solver.setOptionValue(option, value)
        for number, name in enumerate(self.columns):
            solver.addVar(0, 1 if len(name) == 2 else MOST)
            solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        for least, most, of_sum in (*self.sums, (low, high, terms)):
            solver.addRow(least, most, len(of_sum), [*of_sum], [*map(float, of_sum.values())])
        solver.run()
        return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def told(system: System, home: Path) -> list[tuple[Place, tuple[bool, ...]]]:
    """The small numbers that follow from what is shown once all is published."""
    lines = [f"{each};{';'.join(key)};{text}\n" for (each, key), text in system.rows.items()]
    done = publish(
        Upload("a.csv", (HEAD + "".join(lines)).encode()), Choices(scale=1.0), "Ida", "x", home
    )
    assert done.batch_id is not None
    store = open_store(home)
    rows = store.series([*COUNTED, "share"])
    store.close()
    reader, small = Reader(), system.small()
    for row in rows:
        place = row.indicator_id, (row.area_id, row.group_id, row.period.text)
        if place in system.rows:
            reader.read(place, row, place in {each for each, _ in small})
    unknown = [(place, has_it, reader.terms(place[1], has_it)) for place, has_it in small]
    for place, has_it, terms in unknown:
        number = system.number(place[1], has_it)
        assert reader.may_be(number, number, terms), "the reader contradicts what is true"
    return [
        (place, has_it)
        for place, has_it, terms in unknown
        if not reader.may_be(system.number(place[1], has_it) + 1, MANY, terms)
        and not reader.may_be(0, system.number(place[1], has_it) - 1, terms)
    ]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with four indicators of which nothing is published."""
    folder = tmp_path_factory.mktemp("indicators")
    data = write_tiny(folder / "data", "rate,aarhus,all,2022,70,700,1000,final")
    (data / "population_group.csv").write_text(
        "group_id,name,note,part_of\nall,Alle,,\ndanish,Dansk baggrund,,all:origin\n"
        "non_western,Ikke-vestlig baggrund,,all:origin\n", encoding="utf-8"
    )  # fmt: skip
    for each in (*COUNTED, "share"):
        units = "count,persons,neutral,0" if each in COUNTED else "proportion,percent,neutral,1"
        append(data, "indicator.csv", f"{each},work,{each} x,{each},{units},0,all,Antal {each},")
    init(folder / "home", data)
    return folder / "home"


def cases() -> list[object]:
    """Seeds: some for every run."""
    return [
        pytest.param(seed, marks=[] if seed in AT_ONCE else [pytest.mark.soak])
        for seed in (*range(60), 1004, 1026)
    ]


@pytest.mark.parametrize("seed", cases())
def test_no_small_number_is_disclosed(
    seed: int, tiny: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(tiny, tmp_path / "home")
    system = drawn(seed)
    assert told(system, tmp_path / "home") == []
    # A search that fails hides too much, and says so in the log alone.
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    store = open_store(tmp_path / "home")
    rows = store.series([*COUNTED, "share"])
    store.close()
    places = {(row.indicator_id, (row.area_id, row.group_id, row.period.text)): row for row in rows}
    shown = [place for place in system.rows if places[place].value is not None]
    assert len(shown) >= AT_ONCE.get(seed, 0)


def test_the_reader_finds_a_number_that_is_disclosed() -> None:
    """Ten in all and 30,0 % of them: three."""
    key = ("gellerup", "all", "2024H1")
    reader = Reader()
    terms = reader.terms(key, (True,))
    reader.sums.append((10, 10, reader.terms(key, (True, False))))
    reader.sums.append((3, 3, terms))
    assert reader.may_be(3, 3, terms)
    assert not reader.may_be(4, MOST, terms)
    assert not reader.may_be(0, 2, terms)
