"""Random means and parts of a total, declared: no small number follows from them.

As in test_random_indicators.py the reader knows by name what each indicator is of, and solves all
that is shown as one integer program: rounded quotients of sums of unknown whole numbers. What a
mean is of stands in the metadata (`numerator_id`, `denominator_id`).
"""

import random
import shutil
from collections.abc import Iterator, Mapping
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

pytestmark = pytest.mark.second_look

LIMIT, MANY, MOST = 5, 72_000, 80_000
HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner\n"
QUARTERS, TOWNS = ("gellerup", "viby_syd", "tilst"), ("odense", "randers")
GROUPS = ("danish", "western", "non_western")
HALVES = ("2024H1", "2024H2")
COUNTS = ("people", "cases")
# Of each rate which number all have together, whom it is of, and what the metadata say of it.
RATES = {
    "part": ("people", "people", "people,people"), "marks": ("cases", "people", "cases,people"),
    "share": ("have", "people", ",people"), "of_those": ("both", "have", ",share"),
}  # fmt: skip
# Systems of at most thirty rows.
SEEDS = {"means": (*range(11), 12, 13), "parts": (0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11),
         "shares": (2, 12, 25)}  # fmt: skip
# For every run: systems that told a number while nothing was declared.
AT_ONCE = {("means", 4), ("parts", 9), ("parts", 10), ("shares", 2), ("shares", 25)}

Key = tuple[str, str, str]
Terms = Mapping[int, int]
Place = tuple[str, Key]


@dataclass
class System:
    """How many persons and cases there are of each kind, and what is published of them."""

    areas: tuple[str, ...]
    groups: tuple[str, ...]
    columns: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    rows: dict[Place, str] = field(default_factory=dict)
    # Along what a total is divided.
    along: str = "areas"

    def terms(self, key: Key, name: str) -> dict[int, int]:
        """The unknown numbers whose sum a key has."""
        area_id, group_id, period = key
        areas = self.areas if area_id == "aarhus" else (area_id,)
        groups = self.groups if group_id == "all" else (group_id,)
        periods = HALVES if period == "2024" else (period,)
        return {
            self.columns[place]: 1 for place in product(areas, groups, periods, (name,))
        }  # fmt: skip

    def number(self, terms: Terms) -> int:
        """What such numbers come to."""
        return sum(self.numbers[column] * times for column, times in terms.items())

    def whole(self, key: Key) -> Key:
        """The total that a part is a percentage of."""
        area_id, group_id, period = key
        return (
            "aarhus" if self.along == "areas" else area_id,
            "all" if self.along == "groups" else group_id,
            "2024" if self.along == "halves" else period,
        )

    def quotient(self, place: Place) -> tuple[dict[int, int], dict[int, int]]:
        """What a rate is made of: those who have it, and all."""
        indicator_id, key = place
        of_all = self.whole(key) if indicator_id == "part" else key
        having, every, _ = RATES[indicator_id]
        return self.terms(key, having), self.terms(of_all, every)

    def small(self) -> Iterator[tuple[Place, dict[int, int]]]:
        """The numbers that must not be told."""
        for place in self.rows:
            indicator_id, key = place
            if indicator_id in COUNTS:
                every = [self.terms(key, indicator_id)]
            else:
                having, of_all = self.quotient(place)
                lacking = of_all | {column: of_all.get(column, 0) - 1 for column in having}
                every = [of_all] if indicator_id == "marks" else [having, lacking]
            yield from ((place, terms) for terms in every if 0 < self.number(terms) < LIMIT)


def drawn(sort: str, seed: int) -> System:
    """A system with few persons in the quarters, and the rows that are published of it."""
    chance = random.Random(f"{sort} {seed}")
    areas = QUARTERS[: chance.choice((2, 3))]
    groups = GROUPS[: chance.choice((2, 3))] if chance.random() < 0.5 else GROUPS[:1]
    system = System(areas, groups)
    size = chance.choice((12, 40, 150))
    for place in product((*areas, *TOWNS), groups, HALVES):
        is_town = place[0] in TOWNS
        most = 40 * size if is_town else chance.choice((0, 3, size, size))
        people = chance.randint(most // 2 if is_town else 0, most)
        cases = sum(chance.randint(0, 3) for _ in range(people))
        for name, number in zip(COUNTS, (people, cases), strict=True):
            system.columns[*place, name] = len(system.numbers)
            system.numbers.append(number)
    several = len(groups) > 1
    keys = list(
        product(
            (*areas, *(TOWNS if chance.random() < 0.4 else ()), "aarhus"),
            ("all", *groups) if several else ("all",),
            ("2024", *HALVES) if chance.random() < 0.2 else ("2024",),
        )
    )
    has_halves = len({key[2] for key in keys}) > 1
    system.along = chance.choice(
        ["areas", *(["groups"] if several else []), *(["halves"] if has_halves else [])]
    )
    indicator_ids = {
        "means": (*chance.choice((("people",), ("people", "cases"), ("cases",))), "marks"),
        "parts": ("people", "part"),
    }[sort]
    for indicator_id in indicator_ids:
        often = chance.choice((1, 0.8, 0.5))
        for key in keys:
            text = _written(system, (indicator_id, key))
            if text and chance.random() < often:
                system.rows[indicator_id, key] = text
    return system


def drawn_shares(seed: int) -> System:
    """A system of people, the share of them who have something, and of these a share."""
    chance = random.Random(f"shares {seed}")
    areas = QUARTERS[: chance.choice((2, 3))]
    groups = GROUPS[: chance.choice((2, 3))] if chance.random() < 0.5 else GROUPS[:1]
    system = System(areas, groups)
    size = chance.choice((12, 40, 150))
    for place in product((*areas, *TOWNS), groups, HALVES):
        is_town = place[0] in TOWNS
        most = 40 * size if is_town else chance.choice((0, 3, size, size))
        number = chance.randint(most // 2 if is_town else 0, most)
        for name in ("people", "have", "both"):
            system.columns[*place, name] = len(system.numbers)
            system.numbers.append(number)
            if name != "both":
                often = chance.random()
                number = sum(chance.random() < often for _ in range(number))
    keys = product(
        (*areas, *(TOWNS if chance.random() < 0.4 else ()), "aarhus"),
        ("all", *groups) if len(groups) > 1 else ("all",),
        ("2024", *HALVES) if chance.random() < 0.2 else ("2024",),
    )
    every = list(keys)
    for indicator_id in ("people", "share", "of_those"):
        often = chance.choice((1, 0.8, 0.5))
        for key in every:
            text = _written(system, (indicator_id, key))
            if text and chance.random() < often:
                system.rows[indicator_id, key] = text
    return system


def _written(system: System, place: Place) -> str:
    indicator_id, key = place
    if indicator_id in COUNTS:
        # Of a total that is divided, seldom how many its parts are.
        is_whole = key == system.whole(key)
        is_left_out = system.along != "areas" and not is_whole
        return "" if is_left_out else f"{system.number(system.terms(key, indicator_id))};;"
    if indicator_id == "part" and (key == system.whole(key) or key[0] in TOWNS):
        return ""
    having, of_all = map(system.number, system.quotient(place))
    scale = 1 if indicator_id == "marks" else 100
    return f"{scale * having / of_all:.1f};;".replace(".", ",") if of_all else ""


@dataclass
class Reader:
    """All that is shown, as bounds of sums of unknown numbers."""

    system: System
    sums: list[tuple[float, float, Terms]] = field(default_factory=list)
    helping: int = 0

    def read(self, place: Place, row: Observation, is_small: bool) -> None:
        """Adds what a row tells: a hidden count that is not called small is none, or not small."""
        indicator_id, key = place
        if indicator_id in COUNTS:
            terms = self.system.terms(key, indicator_id)
            if row.value is not None:
                self.sums.append((row.value, row.value, terms))
            elif row.as_published == f"<{LIMIT}":
                self.sums.append((1, LIMIT - 1, terms))
            elif not is_small:
                is_any = len(self.system.numbers) + self.helping
                self.helping += 1
                self.sums.append((0, 1e6, terms | {is_any: -LIMIT}))
                self.sums.append((-1e6, 0, terms | {is_any: -MANY}))
        elif row.value is not None:
            having, of_all = self.system.quotient(place)
            scale = 1 if indicator_id == "marks" else 100
            # Twenty times a value with one decimal, and where its rounding ends, are whole.
            for end, low, high in ((-1, 0.0, 1e12), (1, -1e12, 0.0)):
                times = dict.fromkeys((*having, *of_all), 0)
                for column in having:
                    times[column] += 20 * scale
                for column in of_all:
                    times[column] -= round(20 * row.value) + end
                self.sums.append((low, high, times))
            self.sums.append((1, 1e6, of_all))

    def may_be(self, low: float, high: float, terms: Terms) -> bool:
        """Whether some whole numbers fit all that is shown and these bounds."""
        solver = highspy._core._Highs()  # the other one prints a greeting
        for option, value in (("output_flag", False), ("threads", 1), ("mip_max_nodes", 3_000)):
            solver.setOptionValue(option, value)
        known = len(self.system.numbers)
        for column in range(known + self.helping):
            solver.addVar(0, MOST if column < known else 1)
            solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for least, most, of_sum in (*self.sums, (low, high, terms)):
            solver.addRow(least, most, len(of_sum), [*of_sum], [*map(float, of_sum.values())])
        solver.run()
        return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def told(system: System, home: Path) -> list[Place]:
    """Where a small number follows from what is shown once all is published."""
    lines = [f"{each};{';'.join(key)};{text}\n" for (each, key), text in system.rows.items()]
    upload = Upload("a.csv", (HEAD + "".join(lines)).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    rows = store.series([*COUNTS, *RATES])
    store.close()
    reader, small = Reader(system), list(system.small())
    for (area_id, group_id, half, name), column in system.columns.items():
        for part, whole in (("have", "people"), ("both", "have")):
            if name == part:  # nobody has it who is not there
                every = system.columns[area_id, group_id, half, whole]
                reader.sums.append((-1e6, 0, {column: 1, every: -1}))
    for row in rows:
        place = row.indicator_id, (row.area_id, row.group_id, row.period.text)
        if place in system.rows:
            reader.read(place, row, place in {each for each, _ in small})
    disclosed = []
    for place, terms in small:
        number = system.number(terms)
        assert reader.may_be(number, number, terms), "the reader contradicts what is true"
        if not reader.may_be(number + 1, 1e6, terms) and not reader.may_be(0, number - 1, terms):
            disclosed.append(place)
    return disclosed


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with indicators that say whom they are of, and of which nothing is published."""
    folder = tmp_path_factory.mktemp("rates")
    data = write_tiny(folder / "data", "rate,aarhus,all,2022,70,700,1000,final")
    (data / "population_group.csv").write_text(
        "group_id,name,note,part_of\nall,Alle,,\n"
        + "".join(f"{each},Gruppe {each},,all:origin\n" for each in GROUPS), encoding="utf-8",
    )  # fmt: skip
    append(data, "area.csv", "tilst,Tilst,programme_area,aarhus,,")
    path = data / "indicator.csv"
    heading, *rows = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{heading},numerator_id,denominator_id", *(f"{row},," for row in rows)]
    for each in (*COUNTS, *RATES):
        kind, unit = ("count", "persons") if each in COUNTS else ("proportion", "percent")
        if each == "marks":
            kind, unit = "mean", "times"
        declared = RATES[each][2] if each in RATES else ","
        lines.append(
            f"{each},work,{each} x,{each},{kind},{unit},neutral,1,0,all,Om {each},,{declared}"
        )
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    init(folder / "home", data)
    return folder / "home"


def cases() -> list[object]:
    """Seeds of each sort: some for every run."""
    return [
        pytest.param(sort, seed, marks=[] if (sort, seed) in AT_ONCE else [pytest.mark.soak])
        for sort, seeds in SEEDS.items()
        for seed in seeds
    ]


@pytest.mark.parametrize(("sort", "seed"), cases())
def test_no_small_number_is_disclosed(sort: str, seed: int, tiny: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny, tmp_path / "home")
    system = drawn_shares(seed) if sort == "shares" else drawn(sort, seed)
    assert told(system, tmp_path / "home") == []
