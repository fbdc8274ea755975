"""What two indicators show of the same persons implies no small number of either together."""

import random
from pathlib import Path
from typing import Any

import pytest

from kpi.store import open_store
from kpi.store.ever_shown import Shown
from kpi.store.linked_indicators import APART
from kpi.store.suppression import _what_to_hide
from kpi.store.ties import Ties
from kpi.store.uploads import withdraw
from kpi.suppression.hiding import Hiding
from tests.kpi.store.test_implied_elsewhere import made, put_out, shown

# Of how many, how many have it: in Gellerup and Tilst, or in Gellerup alone, few.
TWO_FEW = {"aarhus": (300, 43), "gellerup": (120, 4), "tilst": (110, 4), "viby_syd": (70, 35)}
ONE_FEW = {"aarhus": (198, 44), "gellerup": (50, 4), "tilst": (28, 0), "viby_syd": (120, 40)}
# Where both are seen to say the same.
CITIES = {"odense": (205, 95), "randers": (196, 131)}
Told = dict[str, set[str]]


@pytest.mark.parametrize(
    ("numbers", "is_of_those", "told", "expected"),
    [
        # 43 less 35 are twice four, the most that `<5` says.
        (TWO_FEW, True, {"those": {"viby_syd"}, "share": {"aarhus"}}, False),
        # In Tilst nobody lacks it: 44 less 40 and none are four.
        (ONE_FEW, False, {"those": {"tilst"}, "share": {"aarhus", "viby_syd"}}, False),
        # Five are in two places: one and four, or two and three.
        (TWO_FEW | {"aarhus": (300, 40), "gellerup": (120, 3), "tilst": (110, 2)}, True,
         {"those": {"viby_syd"}, "share": {"aarhus"}}, True),
    ],
)  # fmt: skip
def test_one_shows_what_the_other_lacks(
    home: Path, numbers: dict[str, tuple[int, int]], is_of_those: bool, told: Told, expected: bool
) -> None:
    made(home, those="count", share="proportion")
    rows = []
    for area, (of_all, those) in (numbers | CITIES).items():
        having = those if is_of_those else of_all - those
        share = f"{100 * having / of_all:.1f};{having};{of_all}".replace(".", ",")
        for indicator_id, written in (("those", f"{those};;"), ("share", share)):
            if area in {*CITIES, *told[indicator_id], "gellerup"} or those < 5:
                rows.append(f"{indicator_id};{area};all;2024;{written}\n")
    put_out(home, "".join(rows))
    store = open_store(home)
    shown = {(row.indicator_id, row.area_id) for row in store.series(["those", "share"])
             if row.value is not None}  # fmt: skip
    store.close()
    assert not shown & {("those", "gellerup"), ("share", "gellerup")}
    is_all_shown = all((each, area) in shown for each, areas in told.items() for area in areas)
    assert is_all_shown == expected


@pytest.mark.parametrize("of_others", [9, 20])
def test_one_count_is_nowhere_more_than_another(home: Path, of_others: int) -> None:
    """13, of whom at most the 9 that live in Viby Syd are there: in Gellerup `<5` are four."""
    made(home, those="count", people="count")
    numbers = {
        "aarhus": (100 + of_others, 13), "gellerup": (100, 4), "viby_syd": (of_others, 9),
        "odense": (800, 300), "randers": (700, 250),
    }  # fmt: skip
    put_out(home, "".join(
        f"people;{area};all;2024;{of_all};;\nthose;{area};all;2024;{those};;\n"
        for area, (of_all, those) in numbers.items()
    ))  # fmt: skip
    store = open_store(home)
    shown = {(row.indicator_id, row.area_id) for row in store.series(["those", "people"])
            if row.value is not None}  # fmt: skip
    store.close()
    assert ("those", "gellerup") not in shown
    assert ({("those", "aarhus"), ("people", "viby_syd")} <= shown) == (of_others > 9)


@pytest.mark.parametrize(("in_odense", "is_same"), [(2_979, True), (3_979, False)])
def test_a_rounded_percentage_of_many_is_seen_to_be_of_those_counted(
    home: Path, in_odense: int, is_same: bool
) -> None:
    """28,9 % of 10.296 are 2.970 to 2.980: all 148 in Viby Syd are of the 152, and 4 are left."""
    made(home, those="count", share="proportion")
    those = {"aarhus": 152, "gellerup": 4, "odense": in_odense}
    rows = [f"those;{area};all;2024;{number};;\n" for area, number in those.items()]
    for area, of_all, percent in (("viby_syd", 148, "100,0"), ("odense", 10_296, "28,9")):
        rows.append(f"share;{area};all;2024;{percent};;{of_all}\n")
    put_out(home, "".join(rows))
    store = open_store(home)
    displayed = {(row.indicator_id, row.area_id) for row in store.series(["those", "share"])
            if row.value is not None}  # fmt: skip
    store.close()
    assert ({("those", "aarhus"), ("share", "viby_syd")} <= displayed) != is_same


@pytest.mark.parametrize("off", [0, 7])
def test_two_counts_that_come_to_a_third(home: Path, off: int) -> None:
    """116 of 120 lack it: the four are told where all and those who lack it are both shown."""
    made(home, those="count", others="count", people="count")
    rows = []
    for number, (area, (of_all, those)) in enumerate((TWO_FEW | CITIES).items()):
        # With others that are no rest of all nothing follows.
        numbers = {"those": those, "others": of_all - those, "people": of_all + off * number}
        rows += [f"{each};{area};all;2024;{count};;\n" for each, count in numbers.items()]
    put_out(home, "".join(rows))
    store = open_store(home)
    shown = {(row.indicator_id, row.area_id) for row in store.series(["others", "people"])
             if row.value is not None}  # fmt: skip
    store.close()
    for area in ("gellerup", "tilst"):
        assert ({("others", area), ("people", area)} <= shown) == bool(off)


def test_two_counts_that_come_to_a_third_at_one_place_only(home: Path) -> None:
    """By their names readers know it without having seen it: 113 less 109 are four."""
    made(home, those="count", others="count", people="count")
    numbers = {"those": 4, "others": 109, "people": 113}
    put_out(home, "".join(f"{each};gellerup;all;2024;{n};;\n" for each, n in numbers.items()))
    store = open_store(home)
    shown = {row.indicator_id for row in store.series([*numbers]) if row.value is not None}
    store.close()
    assert len(shown) < 2


@pytest.mark.parametrize("of_years", [True, False])
def test_three_and_more_counts_that_come_to_another(home: Path, of_years: bool) -> None:
    """Employed, others and three unemployed are all: each year, or in other areas as well."""
    parts = ["employed", "unemployed", "others"] if of_years else ["p0", "p1", "p2", "p3"]
    made(home, **dict.fromkeys([*parts, "people"], "count"))
    chance = random.Random(16)
    places = [("gellerup", 2015 + number) for number in range(10)] if of_years else [
        (area, 2024) for area in ("tilst", "viby_syd", "odense", "randers", "gellerup")
    ]  # fmt: skip
    rows = []
    for area, year in places:
        numbers = {each: chance.randint(100, 900) for each in parts}
        if (area, year) == ("gellerup", 2024):
            numbers[parts[1]] = 3
        numbers["people"] = sum(numbers.values())
        rows += [f"{each};{area};all;{year};{number};;\n" for each, number in numbers.items()]
    put_out(home, "".join(rows))
    store = open_store(home)
    hidden = {row.indicator_id for row in store.series([*parts, "people"]) if row.value is None}
    store.close()
    assert parts[1] in hidden
    assert len(hidden) == 2


@pytest.mark.parametrize("of", ["none", "people"])
@pytest.mark.parametrize("several", [3, 4, 5])
def test_percentages_of_several_indicators_that_come_to_all(
    home: Path, several: int, of: str
) -> None:
    """22,8 %, 8,8 % and 63,2 % of 57 leave three; whom they are of is declared, or seen."""
    parts = [f"p{number}" for number in range(several)]
    made(home, people="count")
    made(home, of=of, **dict.fromkeys(parts, "proportion"))
    chance = random.Random(several)
    rows = []
    for area in ("tilst", "viby_syd", "odense", "randers", "gellerup"):
        for year in (2022, 2023, 2024):
            numbers = {each: chance.randint(6, 30) for each in parts}
            if (area, year) == ("gellerup", 2024):
                numbers[parts[1]] = 3
            people = sum(numbers.values())
            rows.append(f"people;{area};all;{year};{people};;\n")
            rows += [
                f"{each};{area};all;{year};{100 * number / people:.1f};;\n".replace(".", ",")
                for each, number in numbers.items()
            ]
    put_out(home, "".join(rows))
    store = open_store(home)
    hidden = {(row.indicator_id, row.area_id, row.period.text)
              for row in store.series([*parts, "people"]) if row.value is None}  # fmt: skip
    store.close()
    assert (parts[1], "gellerup", "2024") in hidden
    assert len({each for each, *place in hidden if place == ["gellerup", "2024"]}) > 1


@pytest.mark.parametrize("several", [1, 2])
def test_what_a_source_hides_is_not_left_by_others(home: Path, several: int) -> None:
    """Unemployed that the source does not tell in one of six areas: all people less the others."""
    parts = [f"p{number}" for number in range(several)]
    made(home, **dict.fromkeys([*parts, "unemployed", "people"], "count"))
    chance = random.Random(several)
    rows = []
    for area in ("tilst", "viby_syd", "odense", "randers", "aalborg", "gellerup"):
        numbers = {each: chance.randint(100, 900) for each in (*parts, "unemployed")}
        written: dict[str, int | str] = {**numbers, "people": sum(numbers.values())}
        if area == "gellerup":
            written["unemployed"] = "skjult"
        rows += [f"{each};{area};all;2024;{number};;\n" for each, number in written.items()]
    put_out(home, "".join(rows))
    store = open_store(home)
    hidden = {(row.indicator_id, row.area_id) for row in store.series([*parts, "people"])
              if row.value is None}  # fmt: skip
    store.close()
    assert [area for _, area in hidden] == ["gellerup"]


def test_a_number_that_one_hides_and_the_other_shows(home: Path) -> None:
    """Of which nobody sees the number of all in the share, but in the count of all."""
    made(home, people="count", share="proportion")
    numbers = {
        "aarhus": (140, 56), "gellerup": (60, 3), "viby_syd": (50, 30), "tilst": (30, 23),
    }  # fmt: skip
    rows = [f"people;{area};all;2024;{of_all};;\n" for area, (of_all, _) in numbers.items()]
    rows += [
        f"share;{area};all;2024;{100 * having / of_all:.1f};;\n".replace(".", ",")
        for area, (of_all, having) in numbers.items()
    ]
    put_out(home, "".join(rows))
    store = open_store(home)
    shown = {row.area_id for row in store.series(["share"]) if row.value is not None}
    store.close()
    assert "gellerup" not in shown
    assert len(shown) == len(numbers) - 2


def test_a_share_with_its_numerator_is_seen_to_be_part_of_a_count(home: Path) -> None:
    """62,5 % that are five are of eight; where no share stands, eight less five lack it as well."""
    made(home, people="count", those="count", share="proportion")
    counts = {"aarhus": (8, 5), "gellerup": (8, 5), "viby_syd": (0, 0)}
    rows = [
        f"people;{area};all;2024;{of_all};;\nthose;{area};all;2024;{those};;\n"
        for area, (of_all, those) in counts.items()
    ]
    put_out(home, "".join([*rows, "share;gellerup;all;2024;62,5;5;\n"]))
    store = open_store(home)
    shown = {(row.indicator_id, row.area_id) for row in store.series(["people", "those", "share"])
            if row.value is not None}  # fmt: skip
    store.close()
    assert ("share", "gellerup") not in shown
    assert not {("people", "aarhus"), ("those", "aarhus")} <= shown


def test_counts_are_added_up_though_others_stand_together_more_often(home: Path) -> None:
    """Four indicators at twelve places; where the three stand, 113 less 109 are four."""
    numbers = {"those": 4, "others": 109, "people": 113}
    more = {"births": 1_201, "deaths": 1_403, "moves": 1_607, "visits": 1_809}
    made(home, **dict.fromkeys([*numbers, *more], "count"))
    rows = [f"{each};gellerup;all;2024;{number};;\n" for each, number in numbers.items()]
    rows += [
        f"{each};gellerup;all;{year};{2 if (each, year) == ('births', 2012) else number};;\n"
        for year in range(2012, 2024) for each, number in more.items()
    ]  # fmt: skip
    put_out(home, "".join(rows))
    assert len({each for each, _ in shown(home, *numbers)}) < 2


def test_of_everyone_alone_no_more_is_hidden_than_the_guard(home: Path) -> None:
    """In a store of other groups too: 23 less 12 leave 4 and 7, or others; all was hidden once."""
    made(home, those="count", share="proportion")
    counts = {
        "gellerup": (1100, 4),
        "tilst": (2000, 12),
        "viby_syd": (1500, 7),
        "aarhus": (4600, 23),
    }
    cities = {"odense": (205_000, 1195), "randers": (96_000, 731), "herning": (40_728, 2240)}
    rows = [
        f"those;{area};all;2024;{those};;\n"
        f"share;{area};all;2024;{100 * those / of_all:.1f};;\n".replace(".", ",")
        for area, (of_all, those) in (counts | cities).items()
    ]  # fmt: skip
    put_out(home, "".join(rows))
    store = open_store(home)
    hidden = {(row.indicator_id, row.area_id) for row in store.series(["those", "share"])
              if row.value is None}  # fmt: skip
    store.close()
    assert hidden >= {("those", "gellerup"), ("share", "gellerup")}
    assert len({area for _, area in hidden}) == 2
    assert len(hidden) == 4


def test_a_group_that_was_withdrawn_is_reckoned_with(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 23 by the share 20 were job-ready by the count: whoever saw it knows the three."""
    groups: set[str] = set()

    def settle(numbers: Shown, ties: Ties, **known: Any) -> Hiding:
        if any(APART in cell.indicator_id for cell in numbers.cells):
            groups.update(ties.groups)
        return _what_to_hide(numbers, ties, **known)

    made(home, those="count", share="proportion")
    put_out(home, "those;viby_syd;job_ready;2024;20;;\nthose;viby_syd;activity_ready;2024;3;;\n")
    withdraw(1, "Ida", "Forkert fil", home)
    monkeypatch.setattr("kpi.store.suppression._what_to_hide", settle)
    rows = [
        f"those;{area};all;2024;{those};;\n"
        f"share;{area};all;2024;{100 * those / of_all:.1f};{those};{of_all}\n".replace(".", ",")
        for area, (of_all, those) in (CITIES | {"gellerup": (120, 4)}).items()
    ]  # fmt: skip
    put_out(home, "".join(rows) + "share;viby_syd;all;2024;32,9;23;70\n")
    assert {each.partition(APART)[0] for each in groups} >= {"all", "job_ready", "activity_ready"}


def test_words_of_several_indicators_do_not_tell_a_number(home: Path) -> None:
    """Of `<5` persons in all `<5` of each of two groups have it, and `<5` lack it: one each."""
    made(home, people="count", those="count", lacking="count")
    rows = [
        f"{each};odense;all;2024;{number};;\n"
        for each, number in {"people": 300, "those": 180, "lacking": 120}.items()
    ]
    numbers = {"people": {"all": 4}, "those": {"danish": 1, "non_western": 1}}
    numbers["lacking"] = numbers["those"]
    rows += [
        f"{each};gellerup;{group};2024;{number};;\n"
        for each, of_groups in numbers.items() for group, number in of_groups.items()
    ]  # fmt: skip
    put_out(home, "".join(rows))
    store = open_store(home)
    words = [row.as_published for row in store.series([*numbers]) if row.area_id == "gellerup"]
    store.close()
    assert len(words) == 5
    assert words.count("<5") < 5
