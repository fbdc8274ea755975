"""Figures that are rounded more than the published ones are reported with what is published."""

import pytest

from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.plausible_rows import AREAS, HEAD, level, rows_of


def _reported(desk: Desk, rows: str) -> list[str]:
    return [p.message for p in desk.check(HEAD + rows).problems if p.code == "rounded"]


def _rounded(indicator: str, power: int, areas: int = len(AREAS)) -> list[float]:
    """Next year's figures of the first areas, rounded to a power of ten and never 0."""
    unit = 10.0**power
    values = [level(indicator, number) * 1.02 for number in range(areas)]
    return [max(1, round(value / unit)) * unit for value in values]


@pytest.mark.parametrize(
    ("indicator", "power", "words"),
    [
        ("persons", 3, "Alle 8 tal er afrundet til hele tusinder"),
        ("persons", 2, "Alle 8 tal er afrundet til hele hundreder"),
        ("persons", 1, "Alle 8 tal er afrundet til hele tiere"),
        ("persons", 0, ""),  # as published
        ("rate", 0, "Alle 8 tal er afrundet til hele tal"),
        ("rate", -1, ""),
        ("hours", 0, ""),  # published with decimals that the indicator does not show
    ],
)
def test_figures_with_fewer_digits_than_published(
    desk: Desk, indicator: str, power: int, words: str
) -> None:
    messages = _reported(desk, rows_of(indicator, _rounded(indicator, power)))
    assert [message.partition(": ")[2].partition(",")[0] for message in messages] == [words] * bool(
        words
    )
    assert all("De udgivne tal er mindre afrundede, som" in message for message in messages)


@pytest.mark.parametrize(("areas", "is_reported"), [(1, False), (2, False), (3, True)])
def test_a_few_round_figures_are_chance(desk: Desk, areas: int, is_reported: bool) -> None:
    """Of sixteen published figures none is a whole hundred: two such may be chance."""
    rows = rows_of("persons", _rounded("persons", 2, areas))
    assert bool(_reported(desk, rows)) is is_reported


@pytest.mark.parametrize(("exact", "words"), [(0, "Alle 20"), (1, "19 af 20"), (2, "18 af 20"),
                                               (10, "10 af 20"), (14, "")])  # fmt: skip
def test_all_or_half_of_the_figures_are_rounded(real: Desk, exact: int, words: str) -> None:
    areas = [area.area_id for area in real.catalog.areas.values() if area.level == "municipality"]
    rows = "".join(
        f"employment_rate;{area};2025;{'75,3' if at < exact else 70 + at % 9};\n"
        for at, area in enumerate(areas[:20])
    )
    messages = _reported(real, rows)
    assert len(messages) == bool(words)
    assert all(f": {words} tal er afrundet til hele tal, fx" in message for message in messages)


def test_figures_that_say_themselves_that_they_are_approximate(desk: Desk) -> None:
    rows = [f"persons;{area};2023;ca. {2000 * (1 + at)};\n" for at, area in enumerate(AREAS)]
    assert not _reported(desk, "".join(rows))


def test_only_what_changes_is_judged(tiny: Desk) -> None:
    """The tiny store's shares are whole as they were published."""
    rows = "rate;aarhus;2022;50;\nrate;odense;2022;40;\nrate;randers;2022;30;\n"
    assert not _reported(tiny, rows)


@pytest.mark.parametrize("last", [0, 4])
def test_periods_that_end_in_0_among_many_that_do_not(desk: Desk, last: int) -> None:
    """Every tenth count of a long series ends in 0; picked out they are no series of tens."""
    rows = [f"persons;aarhus;{2023 + at};{1800 + 11 * at};\n" for at in range(21 + last)]
    assert not _reported(desk, "".join(rows))


@pytest.mark.parametrize(("round_areas", "words"), [(49, "49 af 98 tal"), (20, "")])
def test_half_of_the_areas_of_one_group(real: Desk, round_areas: int, words: str) -> None:
    areas = [area.area_id for area in real.catalog.areas.values() if area.level == "municipality"]
    rows = [
        f"school_absence;{area};{group};2025/2026;"
        f"{5 + at % 3 if is_round else f'{5 + at % 3},{1 + at % 9}'};\n"
        for group in ("middle_school", "lower_secondary")
        for at, area in enumerate(areas)
        for is_round in [group == "middle_school" and at < round_areas]
    ]
    checked = real.check("nøgletal;område;gruppe;periode;værdi;note\n" + "".join(rows))
    messages = [problem.message for problem in checked.problems if problem.code == "rounded"]
    assert len(messages) == bool(words)
    assert all(f": {words} er afrundet til hele tal" in message for message in messages)


def test_the_example_is_a_round_figure(desk: Desk) -> None:
    values = [level("persons", number) + 7 for number in range(len(AREAS))]
    values[:5] = [2000, 4000, 6000, 7000, 9000]
    (message,) = _reported(desk, rows_of("persons", values))
    assert "5 af 8 tal er afrundet til hele tusinder, fx 9.000" in message
