"""A rate that counts persons or cases is guarded by how many it counts, as a percentage is."""

from pathlib import Path

import pytest

from kpi.store import open_store
from kpi.store.adding import add
from tests.kpi.store.test_implied_elsewhere import THEME, put_out

# Unit, by what a numerator by a denominator is multiplied, and whether three of them are hidden.
UNITS = {
    "underretninger pr. 1.000 børn": (1_000, True), "ledige pr. 10.000 indbyggere": (10_000, True),
    "klager pr. 100 elever": (100, True), "%": (100, True),
    # Nothing in the words says per how many: their rows do.
    "tilfælde i skolen": (1_000, True), "point": (100, True),
    "sager i forhold til antal børn": (1, True), "underretninger pr. familie": (1, True),
    "børn pr. husstand": (1, True),
    # Three hours or kroner are nobody.
    "timer om ugen": (1, False), "kr. pr. 1.000 indbyggere": (1_000, False),
    "gange": (1, False),
    # A mean in percent whose numerator is no number of those who have it.
    "pct.": (7, False),
}  # fmt: skip
PLACES = {"gellerup": (3, 150), "viby_syd": (120, 240), "odense": (4_000, 8_000)}


def added(home: Path, **indicators: tuple[str, str]) -> None:
    """Indicators with their kinds and units."""
    rows = [
        {"indicator_id": indicator_id, "theme_id": THEME, "kind": kind, "unit": unit,
         "name": f"Nyt {indicator_id.replace('_', ' ')}", "definition": "Noget nyt"}
        for indicator_id, (kind, unit) in indicators.items()
    ]  # fmt: skip
    add("indicator", rows, "Ida", home)


def hidden(home: Path, *indicator_ids: str) -> set[tuple[str, str]]:
    store = open_store(home)
    rows = store.series(indicator_ids)
    store.close()
    return {(row.indicator_id, row.area_id) for row in rows if row.value is None}


def written(indicator_id: str, area_id: str, value: float, counts: str = ";") -> str:
    return f"{indicator_id};{area_id};all;2024;{value:.1f};{counts}\n".replace(".", ",")


def test_the_numerator_of_a_rate_is_small(home: Path) -> None:
    units = {f"rate_{number}": unit for number, unit in enumerate(UNITS)}
    # Hours that are as many as persons wherever both are shown would be hidden with these.
    others = {**PLACES, "viby_syd": (132, 240), "odense": (4_400, 8_000)}
    added(home, **{indicator_id: ("mean", unit) for indicator_id, unit in units.items()})
    put_out(
        home,
        "".join(
            written(indicator_id, area_id, UNITS[unit][0] * those / of_all, f"{those};{of_all}")
            for indicator_id, unit in units.items()
            for area_id, (those, of_all) in (PLACES if UNITS[unit][1] else others).items()
        ),
    )
    assert hidden(home, *units) == {
        (indicator_id, "gellerup") for indicator_id, unit in units.items() if UNITS[unit][1]
    }


def test_more_cases_than_persons_and_changes_are_no_shares(home: Path) -> None:
    """Nothing is hidden of them, and nothing else for them."""
    added(home, rate=("mean", "underretninger pr. 1.000 børn"))
    rows = [("gellerup", 1500, "300;200"), ("viby_syd", -20, ";"), ("odense", 500, "4000;8000")]
    put_out(home, "".join(written("rate", *row) for row in rows))
    assert not hidden(home, "rate")


def test_a_rate_that_tells_a_hidden_count_by_another_number(home: Path) -> None:
    """20,0 per 1.000 of 150 are three, as 2,00 % are: one of them is hidden with the count."""
    added(
        home, those=("count", "underretninger"), children=("count", "personer"),
        rate=("mean", "underretninger pr. 1.000 børn"),
    )  # fmt: skip
    put_out(
        home,
        "".join(
            written("those", area, those) + written("children", area, of_all)
            + written("rate", area, 1000 * those / of_all)
            for area, (those, of_all) in PLACES.items()
        ),
    )  # fmt: skip
    assert hidden(home, "those", "children", "rate") >= {
        ("those", "gellerup"), ("rate", "gellerup")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "each"),
    [
        ("kr. om året", {"gellerup": 15_100, "viby_syd": 14_210, "odense": 13_907}),
        ("timer om ugen", {"gellerup": 30, "viby_syd": 28.4, "odense": 31.7}),
    ],
)
def test_an_amount_and_its_mean_tell_a_hidden_count(
    home: Path, unit: str, each: dict[str, float]
) -> None:
    """45.300 kr. in all, 15.100 kr. on average: three persons."""
    added(
        home, people=("count", "personer"), each=("mean", unit), total=("amount", unit),
        other=("amount", unit),
    )  # fmt: skip
    rows = [
        written("people", area, PLACES[area][0]) + written("each", area, mean)
        + written("total", area, mean * PLACES[area][0])
        # Not of these persons.
        + written("other", area, 17 * mean + 1_000 + len(area))
        for area, mean in each.items()
    ]  # fmt: skip
    put_out(home, "".join(rows))
    assert hidden(home, "people", "each", "total", "other") == {
        ("people", "gellerup"), ("each", "gellerup")
    }  # fmt: skip


def test_an_amount_beside_those_who_have_it(home: Path) -> None:
    """45.300 kr. to three, as a numerator or as a number of all; itself is none."""
    names = ("as_numerator", "as_all", "as_itself")
    added(home, **dict.fromkeys(names, ("amount", "kr. om året")))
    rows = ""
    for area, (persons, _) in PLACES.items():
        amount = 15_100 * persons
        rows += f"as_numerator;{area};all;2024;{amount};{persons};\n"
        rows += f"as_all;{area};all;2024;{amount};;{persons}\n"
        rows += f"as_itself;{area};all;2024;{amount};{amount};\n"
    put_out(home, rows)
    assert hidden(home, *names) == {("as_numerator", "gellerup"), ("as_all", "gellerup")}
