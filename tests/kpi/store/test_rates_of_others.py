"""A percentage without counts is guarded as what it is of: 15 % of 20 are three."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from kpi.store import open_store
from kpi.suppression.share_systems import counted_together
from tests.kpi.store.test_implied_elsewhere import made, put_out

# Of how many, how many have it: three in Gellerup, hidden with one of its neighbours.
PLACES = {
    "gellerup": (20, 3), "viby_syd": (300, 150), "aarhus": (320, 153), "odense": (51_207, 26_010),
    "randers": (40_311, 21_003),
}  # fmt: skip
KINDS = {
    "people": "count", "those": "count", "others": "count", "rate": "proportion",
    "same": "proportion",
}  # fmt: skip


def row(indicator_id: str, area_id: str, written: str) -> str:
    """A row: what is counted, a percentage, or one with how many have it or of how many it is."""
    of_all, those = PLACES[area_id]
    numbers = {
        "people": f"{of_all};;", "those": f"{those};;", "lacking": f"{of_all - those};;",
        # Like the people, but of another place.
        "unlike": f"{of_all + those % 7 + 1};;",
        "rate": f"{100 * those / of_all:.1f};;",
        "lacking rate": f"{100 - 100 * those / of_all:.1f};;",
        "rate of all": f"{100 * those / of_all:.1f};;{of_all}",
    }  # fmt: skip
    return f"{indicator_id};{area_id};all;2024;{numbers[written]}\n".replace(".", ",")


@pytest.mark.parametrize(
    ("files", "is_hidden"),
    [
        ({"people": "people", "those": "those", "rate": "rate"}, True),
        ({"people": "people", "those": "those", "rate": "lacking rate"}, True),
        ({"people": "people", "those": "lacking", "rate": "rate"}, True),
        # Those who have something and those who lack it, of all of whom nothing is said.
        ({"those": "those", "others": "lacking", "rate": "rate"}, True),
        # A share that says of how many it is, and the same one without.
        ({"same": "rate of all", "rate": "rate"}, True),
        ({"same": "rate of all", "rate": "lacking rate"}, True),
        # One count tells it: 15,0 % of 20 are whole persons, and three are of 20 only.
        ({"people": "people", "rate": "rate"}, True),
        ({"those": "those", "rate": "rate"}, True),
        ({"those": "those", "rate": "lacking rate"}, True),
        ({"those": "those", "others": "unlike", "rate": "rate"}, True),
        # Of these it is a share at no place.
        ({"others": "unlike", "rate": "rate"}, False),
    ],
)
def test_what_a_rate_is_of(home: Path, files: dict[str, str], is_hidden: bool) -> None:
    made(home, **{indicator_id: KINDS[indicator_id] for indicator_id in files})
    put_out(home, "".join(row(each, area, files[each]) for area in PLACES for each in files))
    store = open_store(home)
    hidden = {each.area_id for each in store.series(["rate"]) if each.value is None}
    store.close()
    if is_hidden:
        # Its neighbour's percentage tells nothing where that of how many it is stays open.
        assert {"gellerup"} <= hidden <= {"gellerup", "viby_syd"}
    else:
        assert not hidden


def test_nothing_is_searched_where_counts_tell_of_how_many_every_rate_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Mock(wraps=counted_together)
    monkeypatch.setattr("kpi.store.counting.counted_together", search)
    made(home, people="count", those="count", rate="proportion")
    every = ("people", "those", "rate")
    put_out(home, "".join(row(each, area, each) for area in PLACES for each in every))
    assert not search.called
    # One place is told by no count: all rates beside it are looked at together.
    put_out(home, "rate;tilst;all;2024;50,0;;\n")
    assert search.called


def test_a_count_is_as_hidden_as_the_percentage_that_tells_it(home: Path) -> None:
    """Of 60 in Tilst 66,7 % are the 40 that are hidden; large areas are rounded to hundreds."""
    made(home, those="count", same="proportion")
    places = {**PLACES, "viby_syd": (40, 20), "tilst": (60, 40), "aarhus": (120, 63)}
    put_out(home, "those;viby_syd;all;2024;20;;\nthose;odense;all;2024;26010;;\n")
    put_out(
        home,
        "".join(
            f"those;{area};all;2024;{those};;\n"
            f"same;{area};all;2024;{100 * those / of_all:.1f};;{of_all}\n".replace(".", ",")
            for area, (of_all, those) in places.items()
        ),
    )
    store = open_store(home)
    shown = {each.area_id for each in store.series(["those", "same"]) if each.value is not None}
    store.close()
    assert not shown & {"gellerup", "tilst"}


def test_a_count_where_the_percentage_has_no_row(home: Path) -> None:
    """Of ten in all 33,3 % and 25,0 % are two of six and one of four."""
    made(home, people="count", rate="proportion")
    groups = {"job_ready": "33,3", "activity_ready": "25,0"}
    rows = [row(each, "odense", each) for each in ("people", "rate")]
    rows += [f"rate;gellerup;{group};2024;{value};;\n" for group, value in groups.items()]
    put_out(home, "".join([*rows, "people;gellerup;all;2024;10;;\n"]))
    store = open_store(home)
    shown = {each.group_id for each in store.series(["rate"])
             if each.area_id == "gellerup" and each.value is not None}  # fmt: skip
    store.close()
    assert not shown


@pytest.mark.parametrize(
    "counts", [("those",), pytest.param(("people", "those"), marks=pytest.mark.soak)]
)
def test_numbers_that_were_corrected_are_still_seen_to_be_a_percentage(
    home: Path, counts: tuple[str, ...]
) -> None:
    """Nine of 30 and then ten of 31: 32,3 % are not nine of any, but ten of 31."""
    made(home, **{each: KINDS[each] for each in (*counts, "rate")})
    first = {"gellerup": (20, 3), "viby_syd": (30, 9), "odense": (40, 11), "randers": (50, 12)}
    corrected = {"viby_syd": (31, 10), "odense": (43, 13), "randers": (47, 14)}
    for numbers in (first, corrected):
        written = {
            area: {"people": of_all, "those": those, "rate": f"{100 * those / of_all:.1f}"}
            for area, (of_all, those) in numbers.items()
        }
        rows = [
            f"{each};{area};all;2024;{figures[each]};;\n".replace(".", ",")
            for area, figures in written.items() for each in (*counts, "rate")
        ]  # fmt: skip
        put_out(home, "".join(rows))
    store = open_store(home)
    hidden = {each.area_id for each in store.series(["rate"]) if each.value is None}
    store.close()
    assert "gellerup" in hidden
