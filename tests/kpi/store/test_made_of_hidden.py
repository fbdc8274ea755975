"""A figure that is made of a number is hidden wherever that is, and shown everywhere else."""

import random
from pathlib import Path

import pytest

from kpi.store import open_store
from tests.kpi.store.test_implied_elsewhere import made, put_out

YEARS = ("2021", "2022", "2023", "2024")
# Three in Gellerup in 2024: hidden, with one of its neighbours.
PEOPLE = {
    "aarhus": (400, 431, 377, 100), "gellerup": (60, 51, 47, 3), "viby_syd": (90, 77, 85, 20),
    "tilst": (250, 303, 245, 77),
}  # fmt: skip
SQUARE_KILOMETRES = {"aarhus": 9.1, "gellerup": 1.3, "viby_syd": 2.1, "tilst": 3.2}


def of_people(area_id: str, place: int) -> dict[str, float]:
    """What is made of the people of an area in a year; `marks` are not."""
    now, first, last = (PEOPLE[area_id][each] for each in (place, 0, -1))
    figures = {
        "first_is_100": 100 * now / first, "last_is_100": 100 * now / last,
        "density": now / SQUARE_KILOMETRES[area_id],
        "marks": 4 + (7 * place + 3 * len(area_id)) % 5,
    }  # fmt: skip
    if area_id != "aarhus":
        figures["of_aarhus"] = 100 * now / PEOPLE["aarhus"][place]
    if place:
        before = PEOPLE[area_id][place - 1]
        figures["two_years"] = (now + before) / 2
        if place < len(YEARS) - 1:
            figures["around"] = sum(PEOPLE[area_id][place - 1 : place + 2]) / 3
        figures |= {"change": 100 * now / before - 100, "more": now - before}
    return figures


def test_a_figure_that_is_made_of_hidden_people(home: Path) -> None:
    names = ("first_is_100", "last_is_100", "density", "marks", "of_aarhus", "change", "more",
             "two_years", "around")  # fmt: skip
    made(home, people="count", **dict.fromkeys(names, "mean"))
    figures = {
        (name, area_id, year): value
        for area_id in PEOPLE for place, year in enumerate(YEARS)
        for name, value in of_people(area_id, place).items()
    }  # fmt: skip
    rows = [
        f"{name};{area};all;{year};{value:.1f};;\n" for (name, area, year), value in figures.items()
    ]
    rows += [
        f"people;{area};all;{year};{number};;\n"
        for area, numbers in PEOPLE.items()
        for year, number in zip(YEARS, numbers, strict=True)
    ]
    put_out(home, "".join(rows).replace(".", ","))
    store = open_store(home)
    shown = {
        (each.indicator_id, each.area_id, each.period.text)
        for each in store.series(["people", *names]) if each.value is not None
    }  # fmt: skip
    store.close()
    hidden = {(area, year) for area in PEOPLE for year in YEARS} - {
        each[1:] for each in shown if each[0] == "people"
    }
    assert ("gellerup", "2024") in hidden
    assert len(hidden) == 2
    # Whoever sees how near two others are to what they are 100 of knows that number.
    bases = {(area, year) for area, _ in hidden for year in YEARS}
    hidden_of = {
        "marks": set[tuple[str, str]](), "last_is_100": bases,
        "around": {(area, "2023") for area, _ in hidden},
    }  # fmt: skip
    assert figures.keys() - shown == {
        key for key in figures if key[1:] in hidden_of.get(key[0], hidden)
    }


def test_a_yearly_average_of_quarters(home: Path) -> None:
    made(home, people="count", average="mean")
    quarters = {
        ("gellerup", "2023"): (14, 12, 19, 22), ("viby_syd", "2023"): (31, 29, 37, 40),
        ("gellerup", "2024"): (11, 13, 17, 3), ("viby_syd", "2024"): (29, 36, 41, 33),
        ("odense", "2024"): (101, 99, 90, 121),
    }  # fmt: skip
    rows = [
        f"people;{area};all;{year}K{place};{number};;\n"
        for (area, year), numbers in quarters.items() for place, number in enumerate(numbers, 1)
    ] + [
        f"average;{area};all;{year};{sum(numbers) / 4:.1f};;\n".replace(".", ",")
        for (area, year), numbers in quarters.items()
    ]  # fmt: skip
    put_out(home, "".join(rows))
    store = open_store(home)
    hidden = {
        (each.indicator_id, each.area_id, each.period.text)
        for each in store.series(["people", "average"]) if each.value is None
    }  # fmt: skip
    store.close()
    assert hidden == {("people", "gellerup", "2024K4"), ("average", "gellerup", "2024")}


@pytest.mark.parametrize("says_counts", [True, False], ids=["counts", "percentages alone"])
def test_a_quarter_of_the_same_indicator_as_the_average_of_its_months(
    home: Path, says_counts: bool
) -> None:
    """Three of 120 in May: three times the quarter's percentage less those of April and June."""
    made(home, people="count")
    made(home, of="people", share="proportion")
    chance = random.Random(4)
    rows = []
    for area in ("gellerup", "viby_syd", "odense", "randers"):
        for quarter in range(4):
            percentages = []
            for month in range(3 * quarter + 1, 3 * quarter + 4):
                every, having = chance.randint(90, 190), chance.randint(30, 50)
                if (area, month) == ("gellerup", 5):
                    every, having = 120, 3
                percentages.append(100 * having / every)
                counts = f"{having};{every}" if says_counts else ";"
                rows.append(f"people;{area};all;2024M{month:02};{every};;")
                rows.append(f"share;{area};all;2024M{month:02};{percentages[-1]:.1f};{counts}")
            rows.append(f"share;{area};all;2024K{quarter + 1};{sum(percentages) / 3:.1f};;")
    put_out(home, "".join(f"{row}\n" for row in rows).replace(".", ","))
    store = open_store(home)
    hidden = {
        (each.area_id, each.period.text) for each in store.series(["share"]) if each.value is None
    }
    store.close()
    assert hidden == {("gellerup", "2024M05"), ("gellerup", "2024K2")}


@pytest.mark.parametrize(
    ("fee", "prices", "is_hidden"),
    [(0, (15_000, 11_000), True), (40_000, (9_000, 0), True), (40_000, (0, 0), False)],
    ids=["two prices", "a fee and a price", "of neither"],
)
def test_a_cost_at_two_prices_or_with_a_fee(
    home: Path, fee: int, prices: tuple[int, int], is_hidden: bool
) -> None:
    """Of everyone, by the persons of two groups; whom it is of is declared, so numbers show it."""
    made(home, people="count", cost="mean")
    chance = random.Random(7)
    rows = ""
    for area in ("gellerup", "viby_syd", "odense", "randers"):
        # More than are looked at: the hidden one need not be among these.
        for year in range(1985, 2025):
            first, second = chance.randint(8, 60), chance.randint(8, 60)
            if (area, year) == ("gellerup", 2024):
                first = 3
            cost = fee + prices[0] * first + prices[1] * second
            cost += 0 if is_hidden else 100 * chance.randint(1, 900)
            rows += f"people;{area};non_western;{year};{first};;\n"
            rows += f"people;{area};danish;{year};{second};;\n"
            rows += f"cost;{area};all;{year};{cost};;\n"
    put_out(home, rows)
    store = open_store(home)
    hidden = {
        (each.area_id, each.period.text) for each in store.series(["cost"]) if each.value is None
    }
    store.close()
    assert hidden == ({("gellerup", "2024")} if is_hidden else set())


def test_figures_of_several_years_and_of_a_total_without_a_row(home: Path) -> None:
    """The average of 2022 to 2024, written so; the index of two groups, of which no row is all."""
    made(home, people="count", average="mean", indexed="mean", marks="mean")
    rows = ""
    for number, area in enumerate(("gellerup", "viby_syd", "odense", "randers")):
        series = [17 + (7 * place + 5 * number) % 11 + 40 * number for place in range(6)]
        if area == "gellerup":
            series[-1] = 3
        others = [31 + (5 * place + 3 * number) % 9 + 20 * number for place in range(6)]
        for place, count in enumerate(series):
            year = 2019 + place
            rows += f"people;{area};danish;{year};{count};;\n"
            rows += f"people;{area};non_western;{year};{others[place]};;\n"
            both, first = count + others[place], series[0] + others[0]
            rows += f"indexed;{area};all;{year};{100 * both / first:.1f};;\n".replace(".", ",")
            rows += f"marks;{area};all;{year};{4 + (3 * place + number) % 5};;\n"
            if place > 1:
                mean = sum(series[place - 2 : place + 1]) / 3
                rows += f"average;{area};danish;{year - 2}:{year};{mean:.1f};;\n".replace(".", ",")
    put_out(home, rows)
    store = open_store(home)
    hidden = {
        (each.indicator_id, each.area_id, each.period.text)
        for each in store.series(["people", "average", "indexed", "marks"]) if each.value is None
    }  # fmt: skip
    store.close()
    assert hidden == {
        ("people", "gellerup", "2024"), ("average", "gellerup", "2022:2024"),
        ("indexed", "gellerup", "2024"),
    }  # fmt: skip


@pytest.mark.parametrize("times", [5000, 1237, 2.5])
def test_of_few_places_the_hidden_one_says_what_a_figure_is_made_of(
    home: Path, times: float
) -> None:
    made(home, people="count", cost="mean")
    people = {"aarhus": 60, "gellerup": 3, "viby_syd": 20, "tilst": 17}
    put_out(home, "".join(
        f"people;{area};all;2024;{number};;\ncost;{area};all;2024;{number * times:.1f};;\n"
        for area, number in people.items()
    ).replace(".", ","))  # fmt: skip
    store = open_store(home)
    figures = store.newest(["people", "cost"], list(people), ())
    store.close()
    hidden = [(each.indicator_id, each.area_id) for each in figures if each.value is None]
    assert sorted(hidden) == [("cost", "gellerup"), ("people", "gellerup")]
