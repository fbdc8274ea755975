"""Percentages of how a total is divided, beside its number in another indicator: 5,0 % of 60."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.shares_of_totals import _fits, _Rate
from kpi.store.uploads import publish
from tests.kpi.store.test_implied_elsewhere import HEAD, made

KEY = ("share", "aarhus", "danish", "2024")
Parts = Mapping[tuple[str, str, str], float]
ORIGINS = ("danish", "non_western")
# Totals with their parts in percent: three of 60, and of 90 as many of each origin.
DIVIDED: dict[str, tuple[dict[tuple[str, str, str], int], Parts]] = {
    "groups": (
        {("gellerup", "all", "2024"): 60, ("viby_syd", "all", "2024"): 90},
        {("gellerup", "danish", "2024"): 5.0, ("gellerup", "non_western", "2024"): 95.0}
        | {("viby_syd", each, "2024"): 50.0 for each in ORIGINS},
    ),
    "areas": (
        {("aarhus", "all", "2023"): 80, ("aarhus", "all", "2024"): 60},
        dict(zip(
            product(("gellerup", "viby_syd", "tilst"), ["all"], ("2024", "2023")),
            (5.0, 25.0, 45.0, 25.0, 50.0, 50.0), strict=True,
        )),
    ),
    "quarters": (
        {("gellerup", "all", "2024"): 60},
        dict(zip(
            product(["gellerup"], ["all"], [f"2024K{each}" for each in (1, 2, 3, 4)]),
            (5.0, 45.0, 25.0, 25.0), strict=True,
        )),
    ),
    # 57 of other origin are 95,0 % of 60, and no row says 60.
    "a part": (
        {("gellerup", "non_western", "2024"): 57, ("viby_syd", "non_western", "2024"): 45},
        {("gellerup", "danish", "2024"): 5.0, ("gellerup", "non_western", "2024"): 95.0}
        | {("viby_syd", each, "2024"): 50.0 for each in ORIGINS},
    ),
}  # fmt: skip


def hidden(home: Path, totals: Mapping[tuple[str, str, str], int], parts: Parts) -> set[float]:
    """The percentages that are hidden; no total is."""
    made(home, people="count", share="proportion")
    rows = [f"people;{';'.join(key)};{number};;\n" for key, number in totals.items()]
    shares = [f"share;{';'.join(key)};{rate:.1f};;\n" for key, rate in parts.items()]
    rows += [each.replace(".", ",") for each in shares]
    upload = Upload("a.csv", (HEAD + "".join(rows)).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series(["people", "share"])
    store.close()
    keys = {
        (row.indicator_id, row.area_id, row.group_id, row.period.text)
        for row in figures if row.value is None
    }  # fmt: skip
    assert not {key for key in keys if key[0] == "people"}
    return {parts[key[1:]] for key in keys}


@pytest.mark.parametrize("case", DIVIDED)
def test_a_part_of_few_of_a_total_that_another_counts(home: Path, case: str) -> None:
    """The other parts would leave its 5,0 %: one more of them is hidden."""
    those = hidden(home, *DIVIDED[case])
    assert 5.0 in those
    assert len(those) == 2


def test_a_small_part_that_is_counted_itself(home: Path) -> None:
    """49 are 63,6 % of 77, and one is 1,3 %: the other parts leave it, so one more is hidden."""
    made(home, people="count", share="proportion")
    rows = "people;gellerup;all;2024;49;;\npeople;tilst;all;2024;1;;\n"
    for area_id, rate in (("gellerup", "63,6"), ("viby_syd", "35,1"), ("tilst", "1,3")):
        rows += f"share;{area_id};all;2024;{rate};;\n"
    upload = Upload("a.csv", (HEAD + rows).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series(["share"])
    store.close()
    assert len([row for row in figures if row.value is None]) == 2


def test_rates_that_come_to_100_at_one_place_of_two_are_none(home: Path) -> None:
    totals, parts = DIVIDED["groups"]
    assert hidden(home, totals, {**parts, ("viby_syd", "danish", "2024"): 40.0}) == set()


def test_parts_of_many_are_shown(home: Path) -> None:
    """Of 6.000 5,0 % are 300 people."""
    totals, parts = DIVIDED["groups"]
    many = {key: 100 * number for key, number in totals.items()}
    assert hidden(home, many, parts) == set()


def test_of_which_numbers_percentages_may_be() -> None:
    for of_all, expected in ((60, True), (61, False), (20, True), (19, False)):
        assert _fits([_Rate(KEY, each, 0.05) for each in (5.0, 95.0)], of_all) == expected, of_all
