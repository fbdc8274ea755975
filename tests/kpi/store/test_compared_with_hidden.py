"""What two numbers leave is hidden wherever one of them is, and shown everywhere else."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.adding import add
from kpi.store.uploads import publish
from tests.kpi.store.test_implied_elsewhere import HEAD, made, put_out

AREAS = ("aarhus", "gellerup", "viby_syd", "tilst", "odense", "randers")
YEARS = ("2021", "2022", "2023", "2024")
# Of how many, and how many of them have it; 3 of 60 in Gellerup in 2024 are hidden.
OF_ALL = {
    "aarhus": (913, 952, 1004, 1000), "gellerup": (71, 63, 66, 60),
    "viby_syd": (281, 290, 312, 300), "tilst": (203, 211, 219, 240),
    "odense": (437, 452, 471, 500), "randers": (339, 370, 388, 400),
}  # fmt: skip
THOSE = {
    "aarhus": (230, 251, 243, 205), "gellerup": (24, 29, 20, 3), "viby_syd": (59, 40, 71, 61),
    "tilst": (31, 52, 80, 24), "odense": (73, 97, 140, 111), "randers": (91, 48, 66, 77),
}  # fmt: skip
SHARES = {
    (area, year): 100 * having / of_all
    for area in AREAS
    for year, having, of_all in zip(YEARS, THOSE[area], OF_ALL[area], strict=True)
}


def made_of(area: str, place: int) -> dict[str, float]:
    """What is made of the shares."""
    year, now = YEARS[place], SHARES[area, YEARS[place]]
    first = SHARES[area, YEARS[0]]
    figures = {
        "copied": now, "fraction": now / 100, "lacking": 100 - now,
        "first_is_100": 100 * now / first, "to_target": 80 - now,
        "to_cities": now - (SHARES["odense", year] + SHARES["randers", year]) / 2,
        "since_second": now - SHARES[area, YEARS[1]],
    }  # fmt: skip
    if area != "aarhus":
        whole = SHARES["aarhus", year]
        figures |= {"gap": now - whole, "below": whole - now, "whole_is_100": 100 * now / whole}
    if place > 1:
        figures["points_of_two_years"] = now - SHARES[area, YEARS[place - 2]]
        figures["points_a_year"] = (now - first) / place
        figures["growth_a_year"] = 100 * (now / first) ** (1 / place) - 100
    if place:
        before = SHARES[area, YEARS[place - 1]]
        figures |= {"points": now - before, "percent": 100 * now / before - 100}
        figures |= {"fall": 100 - 100 * now / before, "distance": abs(now - before)}
        figures["points_since_first"] = now - first
    return figures


def rows_of(figures: dict[tuple[str, ...], float]) -> str:
    """Rows of figures by indicator, area and year, or area, group and year."""
    rows = ""
    for (name, area, *group, year), figure in figures.items():
        text = f"{figure:.3f}" if name == "fraction" else f"{figure:.1f}"
        rows += f"{name};{area};{group[0] if group else 'all'};{year};{text.replace('.', ',')};;\n"
    return rows


def hidden(home: Path, *names: str) -> set[tuple[str, str, str, str]]:
    store = open_store(home)
    rows = store.series(names)
    store.close()
    return {
        (row.indicator_id, row.area_id, row.group_id, row.period.text)
        for row in rows if row.value is None
    }  # fmt: skip


@pytest.mark.parametrize("with_counts", [False, True])
def test_a_figure_that_is_made_of_a_hidden_share(home: Path, with_counts: bool) -> None:
    figures: dict[tuple[str, ...], float] = {
        (name, area, year): figure
        for area in AREAS for place, year in enumerate(YEARS)
        for name, figure in made_of(area, place).items()
    }  # fmt: skip
    names = {name for name, *_ in figures}
    made(home, everyone="count", share="proportion", **dict.fromkeys(names, "mean"))
    rows = rows_of(figures)
    for (area, year), share in SHARES.items():
        having, of_all = (table[area][YEARS.index(year)] for table in (THOSE, OF_ALL))
        counts = f"{having};{of_all}" if with_counts else ";"
        rows += f"share;{area};all;{year};{share:.1f};{counts}\n".replace(".", ",")
        rows += f"everyone;{area};all;{year};{of_all};;\n"
    put_out(home, rows)
    places = {row[1:] for row in hidden(home, "share")}
    assert ("gellerup", "all", "2024") in places
    # Its fractions are of everyone, so it is known how many have it without counts, too.
    assert len(places) == 2
    # Aarhus has no gap to itself.
    assert hidden(home, "everyone", *names) == {
        (name, *place) for name in names for place in places
    }


def test_a_figure_of_two_groups_or_of_two_indicators(home: Path) -> None:
    """Danish per 100 of other origin; those who have it in per cent of everyone, as a mean."""
    names = (
        "ratio", "more", "fewer", "half", "part", "contrast", "in_percent", "per_thousand", "odds",
        "without", "without_for_each",
    )  # fmt: skip
    made(home, people="count", those="count", everyone="count", **dict.fromkeys(names, "mean"))
    figures: dict[tuple[str, ...], float] = {}
    rows = ""
    for place, year in enumerate(YEARS):
        for area in AREAS:
            having, of_all = THOSE[area][place], OF_ALL[area][place]
            figures["in_percent", area, year] = 100 * having / of_all
            figures["per_thousand", area, year] = 1000 * having / of_all
            figures["odds", area, year] = 100 * having / (of_all - having)
            figures["without", area, year] = 100 - 100 * having / of_all
            figures["without_for_each", area, year] = (of_all - having) / having
            rows += f"those;{area};all;{year};{having};;\neveryone;{area};all;{year};{of_all};;\n"
            if area != "aarhus":
                # Others than those who have it, but for the few.
                danish = having if having < 5 else having + 11 + place
                others = of_all + 7 * place
                figures["ratio", area, year] = 100 * danish / others
                figures["more", area, year] = danish - others
                figures["fewer", area, year] = 100 - 100 * danish / others
                figures["half", area, year] = (others - danish) / 2
                figures["part", area, year] = 100 * danish / (danish + others)
                figures["contrast", area, year] = 100 * (danish - others) / (danish + others)
                rows += f"people;{area};danish;{year};{danish};;\n"
                rows += f"people;{area};non_western;{year};{others};;\n"
    put_out(home, rows_of(figures) + rows)
    made_of_small = {(name, "gellerup", "all", "2024") for name in names}
    small = {("those", "gellerup", "all", "2024"), ("people", "gellerup", "danish", "2024")}
    assert hidden(home, "people", "those", "everyone", *names) == made_of_small | small


def test_a_share_of_one_group_once_more_for_everyone(home: Path) -> None:
    """An indicator of the Danes beside one of everyone's share by origin."""
    made(home, everyone="count", share="proportion", again="proportion")
    rows = "".join(
        f"share;{area};danish;{year};{share:.1f};;\nagain;{area};all;{year};{share:.1f};;\n"
        for (area, year), share in SHARES.items()
    ).replace(".", ",")
    rows += "".join(
        f"everyone;{area};danish;{year};{of_all};;\n"
        for area in AREAS for year, of_all in zip(YEARS, OF_ALL[area], strict=True)
    )  # fmt: skip
    put_out(home, rows)
    place = ("gellerup", "2024")
    gone = {(each, area, year) for each, area, _, year in hidden(home, "share", "again")}
    assert gone == {("share", *place), ("again", *place)}


def test_what_is_made_of_nothing_stays(home: Path) -> None:
    """Figures as they usually are, none of which has to do with the hidden numbers."""
    chance = random.Random(16)
    drawn: dict[str, Callable[[], float]] = {
        "marks": lambda: chance.choice((2, 4, 7, 10, 12)), "index": lambda: chance.gauss(100, 8),
        "hours": lambda: chance.uniform(25, 37), "times": lambda: chance.uniform(0.5, 2),
        "points": lambda: chance.gauss(0, 3), "kroner": lambda: chance.uniform(1e4, 3e4),
        "rate": lambda: chance.uniform(0, 60), "few": lambda: chance.choice((0, 1)),
        "alike": lambda: chance.uniform(15, 25), "half": lambda: 50.0, "hundred": lambda: 100.0,
    }  # fmt: skip
    kinds = dict.fromkeys(drawn, "mean")
    made(home, everyone="count", those="count", share="proportion", **kinds)
    figures: dict[tuple[str, ...], float] = {}
    rows = ""
    for place, year in enumerate(YEARS):
        for area in AREAS:
            having, of_all = THOSE[area][place], OF_ALL[area][place]
            share = f"{100 * having / of_all:.1f}".replace(".", ",")
            rows += f"share;{area};all;{year};{share};{having};{of_all}\n"
            rows += f"those;{area};all;{year};{having};;\neveryone;{area};all;{year};{of_all};;\n"
            figures |= {(name, area, year): draw() for name, draw in drawn.items()}
    put_out(home, rows_of(figures) + rows)
    assert {name for name, *_ in hidden(home, *drawn)} == set()
    assert hidden(home, "those", "share")


def test_a_public_figure_tells_whoever_publishes(home: Path) -> None:
    """It cannot be hidden: what it is made of counts as recoverable."""
    source = {"source_id": "open", "title": "Åbne tal", "publisher": "Udgiver", "min_cell": "0"}
    add("source", [source | {"published": "2025-01-01"}], "Ida", home)
    made(home, everyone="count", those="count", rate="mean")
    rows = "".join(
        f"rate;{area};all;{year};{share:.1f};;\n" for (area, year), share in SHARES.items()
    )
    own = "".join(
        f"{name};{area};all;{year};{number};;\n"
        for name, table in (("everyone", OF_ALL), ("those", THOSE))
        for area in AREAS for year, number in zip(YEARS, table[area], strict=True)
    )  # fmt: skip
    public = Upload("open.csv", (HEAD + rows.replace(".", ",")).encode())
    assert publish(public, Choices(source_id="open"), "Ida", "x", home).recoverable == 0
    done = publish(Upload("own.csv", (HEAD + own).encode()), None, "Ida", "x", home)
    assert done.recoverable == len(hidden(home, "those")) > 0
