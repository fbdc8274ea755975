"""Two stores that differ in hidden numbers alone: what they put out must be the same bytes.

A town is published, and another one looked for that shows the same and hides the same. Both have
the same other figures, of every kind of indicator, on an earlier day and today.
"""

import random
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from pathlib import Path

import duckdb

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, open_store, version_path
from kpi.store.uploads import publish
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.store.quick_check import put_together
from tests.kpi.store.test_recovering import GROUPS, LIMIT, PARTS, YEARS, Cell, Town, town_of

EARLIER_DAY = "2025-06-02"
HEADER = "nøgletal;område;gruppe;periode;værdi;tæller;nævner;note;som udgivet;status"
# Drawn numbers may look like another scale.
_AS_THEY_ARE = Choices(scale=1.0)
# Both stores are published at one moment: it is no hidden number.
_SAME_TIME = "UPDATE batch SET published_at = TIMESTAMP '2026-01-02 03:04:05'"
_ON_THE_EARLIER_DAY = f"{_SAME_TIME}, known_from = DATE '{EARLIER_DAY}' WHERE origin = 'upload'"

# Indicators with everything that pages say of them: a target, claims, a benchmark, an initiative.
_MORE: Mapping[str, Sequence[str]] = {
    "indicator": [
        "score,work,Trivsel,Trivsel,mean,index,higher_is_better,1,1,all,Gennemsnit af svar,",
        "jobs,work,Job i alt,Job i alt,count,persons,higher_is_better,0,1,all,Antal job,",
    ],
    "area": [
        "favrskov,Favrskov,municipality,denmark,710,",
        "esbjerg,Esbjerg,municipality,denmark,561,",
        "vejle,Vejle,municipality,denmark,630,",
    ],
    "target": [
        "few,persons,gellerup,all,2024,30,decided,,paper",
        "some,rate,gellerup,non_western,2024,60,decided,,paper",
    ],
    "claim": [
        "told_2,paper,persons,gellerup,non_western,2024,2023,relative_change,50,percent,,,agrees,",
        "told_3,paper,rate,gellerup,non_western,2024,,share,7.5,percent,,,agrees,",
        "told_4,paper,persons,aarhus,all,2024,,sum,100,persons,persons+jobs,,agrees,",
    ],
    "meeting": ["second,2025-09-01,Udvalgsmøde,Status"],
    "initiative_status": ["courses,2025-08-20,in_operation,I drift,paper"],
}
# What two stores have in the place of a hidden number: small ones, with other remarks and another
# number of decimals, and what guards them.
_HIDDEN = (
    ("rate;gellerup;non_western;2024", "7,5;3;40;kun 3;tre af 40;", "5;2;40;;;"),
    ("rate;viby_syd;non_western;2024", "40,0;40;100;;;", "41,00;41;100;måske;;"),
    ("rate;esbjerg;;2024", "98,0;49;50;;;", "94,00;47;50;næsten alle;;"),
    ("rate;vejle;;2024", "73,0;730;1000;;;", "73,20;732;1000;;to flere;"),
    ("score;gellerup;;2024", "3,2;;3;tre svar;;", "4,75;;4;;;"),
    ("score;viby_syd;;2024", "3,1;;30;;;", "3,0;;29;;;"),
    ("hours;viby_syd;;2024", "25,5;;4;;;", "31;;2;få;31 timer;"),
)
# The municipalities come to the country, and the areas to Aarhus.
_SHOWN = """rate;denmark;;2024;72,5;3659;5050;;;
rate;denmark;non_western;2024;62,0;620;1000;;;
rate;denmark;danish;2024;75,0;3039;4050;;;
rate;aarhus;;2023;68,0;680;1000;;;
rate;aarhus;;2024;70,0;700;1000;;;
rate;aarhus;danish;2024;76,0;608;800;;;
rate;aarhus;non_western;2024;46,0;92;200;;;
rate;randers;;2024;74,0;740;1000;;;
rate;favrskov;;2024;78,0;780;1000;;;
rate;odense;;2024;66,0;660;1000;;;
score;aarhus;;2024;3,9;;33;;;
score;odense;;2024;3,7;;300;;;
hours;gellerup;;2024;21,0;;60;;;
jobs;aarhus;;2024;300;;;;;
"""


@dataclass(frozen=True)
class Pair:
    """Two stores in which the same is hidden, and other numbers there; what the first was sent."""

    first: Path
    second: Path
    file: str

    def __iter__(self) -> Iterator[Path]:
        return iter((self.first, self.second))


def build_base(folder: Path) -> Path:
    """A store of the indicators, without figures of persons."""
    data = write_tiny(folder / "data", "rate,aarhus,all,2022,70,700,1000,final")
    for table, lines in _MORE.items():
        for line in lines:
            append(data, f"{table}.csv", line)
    init(folder / "home", data)
    return folder / "home"


def build_pair(
    base: Path, folder: Path, numbers: list[int], before: list[int], seed: int = 1
) -> Pair | None:
    """A town today and on an earlier day, and another one beside it; None where there is no other.

    `numbers` and `before` are those that the towns are made of. None also where what is different
    besides is not hidden.
    """
    first, second = folder / "first", folder / "second"
    hidden = _build(base, first, numbers, before, second=False)
    # Some of the others guard numbers of persons, where these may be of the same people.
    if not _are_others_hidden(first):
        return None
    others = shown_alike(numbers, before, set.intersection(*hidden), seed)
    if others is None:
        return None
    earlier = [old + new - now for old, new, now in zip(before, others, numbers, strict=True)]
    # What the way of choosing a guard tells is not guarded (docs/small_numbers.md): where it tells
    # the two apart they are no pair.
    if _build(base, second, others, earlier, second=True) != hidden:
        return None
    return Pair(first, second, _file_of(numbers, False))


def _build(
    base: Path, home: Path, numbers: Sequence[int], before: Sequence[int], *, second: bool
) -> list[set[Cell]]:
    """Publishes two files; what is hidden after the first, and on either day after the second."""
    shutil.copytree(base, home)
    publish_at(home, "før.csv", _file_of(before, second), _ON_THE_EARLIER_DAY)
    hidden = [hidden_cells(home)]
    publish_at(home, "tal.csv", _file_of(numbers, second))
    return [*hidden, hidden_cells(home, date.fromisoformat(EARLIER_DAY)), hidden_cells(home)]


def _file_of(numbers: Sequence[int], second: bool) -> str:
    persons = [f"persons;{';'.join(cell)};{n};;;;;" for cell, n in town_of([*numbers]).items()]
    others = [f"{place};{theirs if second else ours}" for place, ours, theirs in _HIDDEN]
    return "\n".join([HEADER, *_SHOWN.splitlines(), *others, *persons, ""])


def publish_at(home: Path, name: str, text: str, time: str = _SAME_TIME) -> int:
    """Publishes a file as at one and the same moment; the publication's number."""
    with put_together():
        done = publish(Upload(name, text.encode()), _AS_THEY_ARE, "Ida", "Kvartal", home)
    assert done.batch_id is not None, done.checked.problems
    at_the_same_time(home, time)
    return done.batch_id


def at_the_same_time(home: Path, time: str = _SAME_TIME) -> None:
    """Lets all publications of a store have come at one moment."""
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute(time)


def hidden_cells(home: Path, day: date | None = None) -> set[Cell]:
    """The numbers of persons that are hidden today, or on an earlier day."""
    return {
        (row.area_id, row.group_id, row.period.text)
        for row in open_store(home, as_of=day).series(["persons"])
        if row.status == "suppressed"
    }


def _are_others_hidden(home: Path) -> bool:
    """Whether all that two stores have different numbers of besides persons is hidden."""
    places = {tuple((place + ";").split(";")[:4]) for place, _, _ in _HIDDEN}
    rows = open_store(home).series(["rate", "score", "hours"])
    shown = {
        (row.indicator_id, row.area_id, row.group_id, row.period.text)
        for row in rows if row.value is not None
    }  # fmt: skip
    return not {(each[0], each[1], each[2] or "all", each[3]) for each in places} & shown


def shown_alike(
    numbers: Sequence[int], before: Sequence[int], hidden: Collection[Cell], seed: int
) -> list[int] | None:
    """Other numbers for a town, drawn until many are others: all that is not hidden is the same.

    So it is on the earlier day, when it had the numbers `before`. What is small stays small, by a
    limit of 10 as well: pages say so. None where there are no others.
    """
    draw = random.Random(seed)
    moves = [move for move in _moves() if _changed_cells(move) <= {*hidden}]
    wanted, other, best = _small(numbers, before), [*numbers], [*numbers]
    for _ in range(300 if moves else 0):
        step, move = draw.choice((-5, -2, -1, 1, 2, 5)), draw.choice(moves)
        moved = [number + step * change for number, change in zip(other, move, strict=True)]
        earlier = [old + new - now for old, new, now in zip(before, moved, numbers, strict=True)]
        if min(*moved, *earlier) >= 0 and _small(moved, earlier) == wanted:
            other = moved
        if _differing(other, numbers) > _differing(best, numbers):
            best = other
    return best if best != [*numbers] else None


def _moves() -> Iterator[list[int]]:
    """Changes of the drawn numbers: one more, or one more here and one less there, every way."""
    for of_area, of_group, of_year in product(_ways(PARTS), _ways(GROUPS), _ways(YEARS)):
        yield [area * group * year for area, group, year in product(of_area, of_group, of_year)]


def _ways(names: Sequence[str]) -> list[list[int]]:
    single = [[int(name == other) for other in names] for name in names]
    pairs = ([a - b for a, b in zip(*pair, strict=True)] for pair in combinations(single, 2))
    return [*single, *pairs]


def _changed_cells(move: Sequence[int]) -> set[Cell]:
    town: Town = town_of([*move])
    return {cell for cell, change in town.items() if change}


def _small(*towns: Sequence[int]) -> list[list[bool]]:
    return [
        [0 < number < limit for numbers in towns for number in town_of([*numbers]).values()]
        for limit in (LIMIT, 10)
    ]


def _differing(numbers: Sequence[int], others: Sequence[int]) -> int:
    return sum(number != other for number, other in zip(numbers, others, strict=True))
