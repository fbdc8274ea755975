"""Towns whose numbers are published day by day, and all that is shown of them."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

from kpi.store.ever_shown import Memory, Publication, Row, shown_numbers
from kpi.suppression.cells import Key
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import what_to_hide

LIMIT = 5
AREAS = ("q0", "q1", "q2")
# Who belongs to a group: of two origins, two sexes and two degrees of readiness.
WHO = [(origin, sex, ready) for origin in "dn" for sex in "wm" for ready in "ja"]
MEMBERS = {
    "all": {*WHO},
    "danish": {person for person in WHO if person[0] == "d"},
    "non_western": {person for person in WHO if person[0] == "n"},
    "danish_women": {person for person in WHO if person[:2] == ("d", "w")},
    "job_ready": {person for person in WHO if person[2] == "j"},
    "activity_ready": {person for person in WHO if person[2] == "a"},
}
GROUPS = {
    group_id: parse_part_of(text)
    for group_id, text in {
        "danish": "all:origin", "non_western": "all:origin", "danish_women": "danish",
        "job_ready": "all:readiness", "activity_ready": "all:readiness",
    }.items()
}  # fmt: skip
SPANS = {
    "2023": {0}, "2024H1": {1}, "2024H2": {2}, "2024": {1, 2}, "2023:2024": {0, 1, 2},
    "2023:2024M06": {0, 1},
}  # fmt: skip
# What fills a period, in every way.
FILLED: dict[str, tuple[tuple[str, ...], ...]] = {
    "2024": (("2024H1", "2024H2"),),
    "2023:2024": (("2023", "2024"), ("2023", "2024H1", "2024H2"), ("2023:2024M06", "2024H2")),
    "2023:2024M06": (("2023", "2024H1"),),
}
Atom = tuple[str, tuple[str, str, str], int]
Truth = dict[Atom, int]


def number(truth: Truth, key: Key) -> int:
    _, area, group, period = key
    return sum(
        count
        for (where, who, when), count in truth.items()
        if area in ("city", where) and who in MEMBERS[group] and when in SPANS[period]
    )


@dataclass
class Town:
    """What is published day by day, and what a reader has seen."""

    truths: list[Truth] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    gone: dict[int, date] = field(default_factory=dict)
    seen: set[tuple[Key, int]] = field(default_factory=set)
    memory: Memory = field(default_factory=lambda: Memory(0, frozenset()))
    exposed: set[tuple[Key, int]] = field(default_factory=set)
    hidden: set[tuple[Key, int]] = field(default_factory=set)
    small: set[tuple[Key, int]] = field(default_factory=set)

    @property
    def keys(self) -> list[Key]:
        return sorted({row[:4] for row in self.rows})

    def publish(self, truth: Truth, keys: Iterable[Key]) -> None:
        """A file with the keys as they are, and with all earlier ones that are another number."""
        batch, day = len(self.truths) + 1, date(2026, 1, 1) + timedelta(days=len(self.truths))
        holding = self.in_force(None)
        wanted = {*keys} | {key for key, row in holding.items() if row.part != number(truth, key)}
        self.rows += [
            Row(*key, number(truth, key), None, LIMIT, "city" if key[1] == "city" else "quarter",
                None if key[1] == "city" else "city", None, None, False, "own", batch, day,
                False, True)
            for key in sorted(wanted)
        ]  # fmt: skip
        self.truths.append(truth)
        self.settle()

    def withdraw(self) -> None:
        """Takes the newest publication back, the day after it."""
        batch = len(self.truths)
        self.gone[batch] = date(2026, 1, 1) + timedelta(days=batch)
        self.truths.append(self.truths[-2])
        self.settle()

    def in_force(self, day: date | None) -> dict[Key, Row]:
        rows: dict[Key, Row] = {}
        for row in self.rows:
            gone = self.gone.get(row.batch_id)
            if (day is None or row.known_from <= day) and not (
                gone is not None and (day is None or gone <= day)
            ):
                rows[row[:4]] = row
        return rows

    def settle(self) -> None:
        publications = {
            number: Publication(
                number, date(2026, 1, 1) + timedelta(days=number - 1), self.gone.get(number)
            )
            for number in range(1, len(self.truths) + 1)
        }
        shown = shown_numbers(self.rows, publications, self.memory)
        hiding = what_to_hide(shown.cells, GROUPS)
        assert what_to_hide(shown.cells[::-1], GROUPS) == hiding
        cells = {cell.key: cell for cell in shown.cells}

        def state(key: Key) -> tuple[Key, int]:
            return cells[key].base, int(cells[key].part or 0)

        self.exposed |= {state(key) for key in hiding.exposed if key in cells}
        self.hidden = {state(key) for key in hiding.keys}
        self.small = {state(key) for key, is_small in hiding.keys.items() if is_small}
        withheld = {
            (*key[:3], cells[key].base[3], source, batch)
            for key in hiding.keys if not cells[key].was_shown
            for source, batch in shown.rows[key]
        }  # fmt: skip
        self.memory = Memory(len(self.truths), frozenset(withheld))
        self.seen |= self.shown_now()

    def shown_now(self) -> set[tuple[Key, int]]:
        """All that the pages show today, of today and of every earlier day."""
        days = [date(2026, 1, 1) + timedelta(days=place) for place in range(len(self.truths))]
        every = {
            (key, int(row.part or 0))
            for day in (*days, None)
            for key, row in self.in_force(day).items()
        }
        return every - self.hidden

    def sums(self) -> list[list[tuple[tuple[Key, int], int]]]:
        """All that adds up on each day, of numbers that somebody published."""
        keys = {*self.keys}
        lines = []
        for truth in self.truths:
            for total, parts in wholes(keys):
                lines.append(
                    [((total, number(truth, total)), -1)]
                    + [((part, number(truth, part)), 1) for part in parts]
                )
        return lines


def wholes(keys: Set[Key]) -> Iterable[tuple[Key, list[Key]]]:
    """Each total with its parts, in every way in which all of them are among the keys."""
    for key in keys:
        indicator, area, group, period = key
        splits = []
        if area == "city":
            splits.append([(indicator, area, group, period) for area in AREAS])
        if group == "all":
            splits.append(
                [(indicator, area, group_id, period) for group_id in ("danish", "non_western")]
            )
            splits.append(
                [
                    (indicator, area, group_id, period)
                    for group_id in ("job_ready", "activity_ready")
                ]
            )
        splits += [
            [(indicator, area, group, part) for part in parts] for parts in FILLED.get(period, ())
        ]
        for parts in splits:
            if keys >= {*parts}:
                yield key, parts
