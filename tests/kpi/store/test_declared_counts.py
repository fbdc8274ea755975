"""Shares and means whose metadata say whom they are of: what few of them are needs no evidence."""

from pathlib import Path

import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.adding import add
from kpi.store.uploads import publish
from kpi.tables.spec import Row
from tests.kpi.store.test_implied_elsewhere import HEAD, THEME, made

AREAS = ("gellerup", "viby_syd", "tilst")
Counts = dict[str, str]
# Of each: the kinds, what is declared, the rows (areas in order), and where the numbers are hidden.
CASES: dict[str, tuple[Counts, Counts, dict[str, Counts], set[tuple[str, str]]]] = {
    # 4,0 cases each, and eight in all, are two persons.
    "a mean beside what all have": (
        {"cases": "count", "marks": "mean"}, {"numerator_id": "cases"},
        {"cases": dict(zip(AREAS, ("8", "145", "92"), strict=True)),
         "marks": dict(zip(AREAS, ("4,0", "4,5", "3,8"), strict=True))},
        {("marks", "gellerup")},
    ),
    # 1,5 of each of two: three, whatever it is.
    "a mean of few": (
        {"people": "count", "marks": "mean"}, {"denominator_id": "people"},
        {"people": dict(zip(AREAS, ("2", "70", "80"), strict=True)),
         "marks": dict(zip(AREAS, ("1,5", "2,3", "1,3"), strict=True))},
        {("people", "gellerup"), ("marks", "gellerup")},
    ),
    # 10,0 % of those who are 50,0 % of 60, at one place alone; it may as well be of the 60.
    "a share of a share": (
        {"people": "count", "share": "proportion", "marks": "proportion"},
        {"denominator_id": "share"},
        {"people": {"gellerup": "60"}, "share": {"gellerup": "50,0"},
         "marks": {"gellerup": "10,0"}},
        {("marks", "gellerup")},
    ),
    # 2,9 % of 69 are two, though the third area has no row.
    "a part of a total": (
        {"people": "count", "marks": "proportion"},
        {"numerator_id": "people", "denominator_id": "people"},
        {"people": {"aarhus": "69"}, "marks": {"gellerup": "2,9", "viby_syd": "79,7"}},
        {("marks", "gellerup")},
    ),
    # 40 persons are 57,1 % of 70, so 4,3 % are three.
    "a part beside the number of another": (
        {"people": "count", "marks": "proportion"},
        {"numerator_id": "people", "denominator_id": "people"},
        {"people": {"viby_syd": "40"}, "marks": {"gellerup": "4,3", "viby_syd": "57,1"}},
        {("marks", "gellerup")},
    ),
}  # fmt: skip


def hidden(home: Path, case: str, is_declared: bool) -> set[tuple[str, str]]:
    """The indicators and areas that are hidden once all is published."""
    kinds, declared, numbers, _ = CASES[case]
    made(home, of="" if is_declared else "none", **kinds)
    if is_declared:
        add("indicator", [{"indicator_id": "marks", **declared}], "Ida", home)
    rows = "".join(
        f"{indicator_id};{area_id};all;2024;{number};;\n"
        for indicator_id, of_areas in numbers.items()
        for area_id, number in of_areas.items()
    )
    upload = Upload("a.csv", (HEAD + rows).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series([*numbers])
    store.close()
    return {(row.indicator_id, row.area_id) for row in figures if row.value is None}


@pytest.mark.parametrize("case", CASES)
def test_what_is_declared_needs_no_evidence(home: Path, case: str) -> None:
    *_, expected = CASES[case]
    assert hidden(home, case, is_declared=True) >= expected


@pytest.mark.parametrize("case", CASES)
def test_what_is_not_declared_is_shown_where_chance_may_have_made_it(home: Path, case: str) -> None:
    """The same numbers, where somebody says that they have nothing to do with each other."""
    assert not {each for each in hidden(home, case, is_declared=False) if each[0] == "marks"}


@pytest.mark.parametrize("share", ["50,0", "30,0"])
def test_what_is_declared_is_believed(home: Path, share: str) -> None:
    """50,0 % may be of two persons, 30,0 % may not: neither is shown, or the two would be told."""
    made(home, of="", people="count", marks="proportion")
    add("indicator", [{"indicator_id": "marks", "denominator_id": "people"}], "Ida", home)
    rows = f"people;gellerup;all;2024;2;;\nmarks;gellerup;all;2024;{share};;\n"
    upload = Upload("a.csv", (HEAD + rows).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series(["people", "marks"])
    store.close()
    assert [row.value for row in figures] == [None, None]


def test_a_mean_of_others_is_shown(home: Path) -> None:
    """Declared to be of the cases, it has nothing to do with the few people."""
    made(home, of="", people="count", cases="count", marks="mean")
    add("indicator", [{"indicator_id": "marks", "denominator_id": "cases"}], "Ida", home)
    rows = "".join(
        f"{indicator_id};gellerup;all;2024;{number};;\n"
        for indicator_id, number in (("people", "2"), ("cases", "60"), ("marks", "1,5"))
    )
    assert publish(Upload("a.csv", (HEAD + rows).encode()), None, "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series(["people", "cases", "marks"])
    store.close()
    assert [row.indicator_id for row in figures if row.value is None] == ["people"]


def test_parts_that_come_to_all_though_another_has_no_row(home: Path) -> None:
    """2,7 % and 97,3 % of 37 persons, of a split of which a third group has no number."""
    made(home, people="count", share="proportion")
    rows = (
        "people;gellerup;all;2024;37;;\npeople;viby_syd;all;2024;47;;\n"
        "share;gellerup;danish;2024;2,7;;\nshare;gellerup;non_western;2024;97,3;;\n"
        "share;viby_syd;danish;2024;48,9;;\nshare;viby_syd;non_western;2024;51,1;;\n"
    )
    third = {"name": "Vestlig baggrund", "group_id": "western_x", "part_of": "all:origin"}
    add("population_group", [third], "Ida", home)
    upload = Upload("a.csv", (HEAD + rows).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series(["share"])
    store.close()
    assert ("gellerup", "danish") in {
        (row.area_id, row.group_id) for row in figures if row.value is None
    }


def counting(indicator_id: str, name: str) -> Row:
    """An indicator of persons."""
    return {"indicator_id": indicator_id, "theme_id": THEME, "kind": "count", "unit": "persons",
            "name": name, "definition": "Noget nyt"}  # fmt: skip


def told_of(home: Path, unit: str, name: str, rows: str, *others: Row) -> set[tuple[str, str]]:
    """The areas and periods at which a rate is shown, published with others' rows."""
    kind = "proportion" if unit == "procent" else "mean"
    rate = {"indicator_id": "marks", "theme_id": THEME, "kind": kind, "unit": unit, "name": name,
            "definition": "Noget nyt", "decimals": "1"}  # fmt: skip
    add("indicator", [rate, *others], "Ida", home)
    upload = Upload("a.csv", (HEAD + rows).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series(["marks"])
    store.close()
    return {(row.area_id, row.period.text) for row in figures if row.value is not None}


@pytest.mark.parametrize(
    ("unit", "name", "number", "is_shown"),
    [
        ("deltagere pr. 1.000 indbyggere", "Nye deltagere", "0,8", False),
        ("sager pr. 10.000 borgere", "Nye sager", "8,1", False),
        ("sager", "Nye sager pr. 1.000 indbyggere", "0,8", False),
        ("sager pr. 1.000", "Nye sager pr. 1.000 indbyggere", "0,8", False),
        ("sager pr. 1.000 indb.", "Nye sager", "0,8", False),
        ("sager pr. 1.000 af befolkningen", "Nye sager", "0,8", False),
        ("pct. af indbyggerne", "Nye sager", "0,1", False),
        ("procent", "Andel af befolkningen i nye sager", "0,1", False),
        ("procent", "Andel af husstandene i nye sager", "0,1", True),
        ("deltagere pr. 1.000 indbyggere", "Nye deltagere", "8,1", True),
        ("deltagere pr. 1.000 boliger", "Nye deltagere", "0,8", True),
        ("kr. pr. 1.000 indbyggere", "Nye kroner", "0,8", True),
    ],
)
def test_whoever_knows_how_many_live_there_counts_by_a_rate(
    home: Path, unit: str, name: str, number: str, is_shown: bool
) -> None:
    """Samsø has 3,694 inhabitants: 0,8 of 1.000 are three; in each part of the year as well."""
    people = "people;samsoe;all;2024K1;3694;;\npeople;aarhus;all;2024K1;373388;;\n"
    rows = people + "".join(
        f"marks;samsoe;all;{period};{number};;\nmarks;aarhus;all;{period};9,9;;\n"
        for period in ("2024", "2024K3", "2025M02")
    )
    shown = told_of(home, unit, name, rows, counting("people", "Folketal"))
    assert {period for area_id, period in shown if area_id == "aarhus"} == {
        "2024", "2024K3", "2025M02",
    }  # fmt: skip
    assert {period for area_id, period in shown if area_id == "samsoe"} == (
        {"2024", "2024K3", "2025M02"} if is_shown else set()
    )


def test_a_rate_of_those_whom_an_indicator_names(home: Path) -> None:
    """Of 1.000 children, where an indicator of that name counts them."""
    rows = (
        "small;gellerup;all;2024;500;;\nsmall;viby_syd;all;2024;800;;\n"
        "marks;gellerup;all;2024;4;;\nmarks;viby_syd;all;2024;50;;\n"
    )
    shown = told_of(
        home, "sager pr. 1.000 børn", "Nye sager", rows, counting("small", "Antal børn")
    )
    assert shown == {("viby_syd", "2024")}


@pytest.mark.parametrize("other", ["", "aside;gellerup;all;2024;33;;\n"])
def test_a_row_of_another_indicator_shows_nothing_more(home: Path, other: str) -> None:
    """A rate of nobody knows how many, beside three whom it may count: any number would fit."""
    counts = [counting(each, f"Nyt {each}") for each in ("aside", "people")]
    rows = (
        "marks;gellerup;all;2024;0,8;;\nmarks;viby_syd;all;2024;1,1;;\n"
        "people;gellerup;all;2024;3;;\npeople;viby_syd;all;2024;402;;\n"
    )
    shown = told_of(home, "sager pr. 1.000 boliger", "Nye sager", rows + other, *counts)
    assert shown == {("viby_syd", "2024")}


# Of the third area either how many people there are is left of the others, or how many have it.
LEFT: list[tuple[dict[str, Counts], str]] = [
    ({"people": {"gellerup": "48", "aarhus": "79"},
      "share": {"gellerup": "79,2", "viby_syd": "29,0", "aarhus": "59,5"},
      "marks": {"viby_syd": "77,8", "aarhus": "72,3"}}, "viby_syd"),
    ({"people": {"gellerup": "144", "viby_syd": "36", "tilst": "128", "aarhus": "308"},
      "share": {"gellerup": "25,0", "tilst": "19,5", "aarhus": "27,6"},
      "marks": {"gellerup": "38,9", "viby_syd": "16,7", "tilst": "80,0"}}, "viby_syd"),
]  # fmt: skip


@pytest.mark.parametrize(("numbers", "area_id"), LEFT)
def test_a_share_of_those_whom_the_sums_of_another_leave(
    home: Path, numbers: dict[str, Counts], area_id: str
) -> None:
    """77,8 % of 9 of 31, left of 79: two lack it; 16,7 % of 24, who are left of 85, are four."""
    made(home, of="", people="count", share="proportion", marks="proportion")
    for each, other in (("share", "people"), ("marks", "share")):
        add("indicator", [{"indicator_id": each, "denominator_id": other}], "Ida", home)
    rows = "".join(
        f"{each};{area};all;2024;{number};;\n"
        for each, of_areas in numbers.items() for area, number in of_areas.items()
    )  # fmt: skip
    assert publish(Upload("a.csv", (HEAD + rows).encode()), None, "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series(["marks"])
    store.close()
    assert area_id in {row.area_id for row in figures if row.value is None}


@pytest.mark.parametrize("has_row", [True, False])
@pytest.mark.parametrize(("work", "is_shown"), [("57", False), ("55", True), ("60", True)])
def test_a_share_says_which_count_is_a_part_of_which_also_where_it_has_no_row(
    home: Path, work: str, is_shown: bool, has_row: bool
) -> None:
    """Of 60 people 57 work: three do not, though no share says so of Gellerup."""
    counts = [counting("people", "Nye borgere"), counting("work", "Nye i arbejde")]
    share = counting("share", "Nye i arbejde, andel") | {
        "kind": "proportion", "unit": "percent", "numerator_id": "work", "denominator_id": "people",
    }  # fmt: skip
    add("indicator", [*counts, share], "Ida", home)
    rows = (
        f"people;gellerup;all;2024;60;;\nwork;gellerup;all;2024;{work};;\n"
        "people;tilst;all;2024;80;;\nwork;tilst;all;2024;20;;\n"
        "people;viby_syd;all;2024;90;;\nwork;viby_syd;all;2024;45;;\n"
    )
    rows += "share;tilst;all;2024;25,0;;\n" if has_row else ""
    publish(Upload("a.csv", (HEAD + rows).encode()), Choices(scale=1.0), "Ida", "x", home)
    store = open_store(home)
    figures = store.series(["people", "work", "share"])
    store.close()
    hidden = {(row.indicator_id, row.area_id) for row in figures if row.value is None}
    assert hidden == (set() if is_shown else {("work", "gellerup")})


@pytest.mark.parametrize("of", ["people", "none"])
def test_how_means_of_a_split_weigh_tells_the_few(home: Path, of: str) -> None:
    """10,0 of one group, 50,0 of the other and 48,8 of all 100: three are of the first."""
    made(home, of=of, people="count", marks="mean")
    rows = "people;gellerup;all;2024;100;;\n" + "".join(
        f"marks;gellerup;{group};2024;{number};;\n"
        for group, number in (("all", "48,8"), ("danish", "10,0"), ("non_western", "50,0"))
    )
    assert publish(Upload("a.csv", (HEAD + rows).encode()), None, "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series(["marks"])
    store.close()
    assert (of == "people") is ("danish" in {row.group_id for row in figures if row.value is None})
