"""Cells that were dragged in a spreadsheet, and areas that all moved together, are reported."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from kpi.domain.vocabulary import Kind
from kpi.store.connection import connect
from tests.kpi.ingest.checked import Desk

RATE = "employment_rate"
HEAD = "nøgletal;område;periode;værdi;note\n"
NAMES = ("aarhus", "odense", "aalborg", "randers", "esbjerg", "vejle", "kolding")


def _reported(
    desk: Desk,
    code: str,
    rows: Sequence[tuple[str, str, float]],
    *,
    is_fetched: bool = False,
) -> list[str]:
    lines = "".join(
        f"{RATE};{area};{period};{str(round(value, 1)).replace('.', ',')};\n"
        for area, period, value in rows
    )
    checked = desk.check(HEAD + lines, is_fetched=is_fetched)
    return [p.message for p in checked.problems if p.code == code and p.row is None]


@pytest.mark.parametrize(
    ("step", "count", "is_reported"), [(0.1, 6, True), (-1.0, 7, True), (0.1, 5, False)]
)
def test_figures_that_rise_by_a_step(
    real: Desk, step: float, count: int, is_reported: bool
) -> None:
    rows = [(area, "2022", 75.1 + at * step) for at, area in enumerate(NAMES[:count])]
    assert bool(_reported(real, "same_value", rows)) is is_reported
    rows[2] = (rows[2][0], "2022", rows[2][2] + 0.1)
    assert not _reported(real, "same_value", rows)


@pytest.mark.parametrize(("count", "is_reported"), [(4, True), (3, False)])
def test_periods_that_rise_down_the_areas(real: Desk, count: int, is_reported: bool) -> None:
    rows = [(area, str(2022 + at), 75.1) for at, area in enumerate(NAMES[:count])]
    messages = _reported(real, "same_value", rows)
    assert any("hver sin periode" in message for message in messages) is is_reported
    rows.append((NAMES[0], "2023", 75.4))
    assert not _reported(real, "same_value", rows)


@pytest.mark.parametrize(
    ("values", "is_reported"),
    [([75.1] * 4, True), ([75.1] * 3, False), ([75.0] * 4, False),
     ([75.1, 75.1, 75.1, 75.2], False)],
)  # fmt: skip
def test_years_with_the_first_one_dragged_along(
    real: Desk, values: Sequence[float], is_reported: bool
) -> None:
    rows = [("aarhus", str(2022 + at), value) for at, value in enumerate(values)]
    assert bool(_reported(real, "same_value", rows)) is is_reported


@pytest.mark.parametrize(
    ("shift", "areas", "is_reported"),
    [
        (0.4, 98, False), (-5.8, 98, False), (-7.2, 98, True), (5.0, 98, False), (6.2, 98, True),
        # of few areas only what is many times as far as ever
        (-7.2, 19, False), (6.2, 19, False), (-9.5, 19, True),
    ],
)  # fmt: skip
def test_areas_that_all_move_as_they_never_did(
    real: Desk, shift: float, areas: int, is_reported: bool
) -> None:
    """From one year to the next the median moved by -3.0 (2009) to 2.3 points (2021)."""
    chance = random.Random(1)
    rows = [
        (area, "2022", value + shift + chance.random() / 2)
        for area, value in published_of_2021(real)[:areas]
    ]
    messages = _reported(real, "big_change", rows)
    assert any(m.partition(": ")[2].startswith("Medianen af") for m in messages) is is_reported


@pytest.mark.parametrize(
    ("shift", "spread", "areas", "is_reported"),
    [
        (3.0, 0.4, 98, True), (-3.0, 0.4, 98, True), (3.5, 0.4, 70, True), (3.0, 0.4, 19, False),
        # a crisis that moves some areas more than others, and a good year
        (3.0, 1.0, 98, False), (2.3, 0.6, 98, False), (0.9, 0.2, 98, False),
    ],
)  # fmt: skip
def test_areas_that_all_moved_alike(
    real: Desk, shift: float, spread: float, areas: int, is_reported: bool
) -> None:
    """A level shift within what a crisis once did, of which no area took more than another."""
    chance = random.Random(1)
    rows = [
        (area, "2022", value + shift + chance.uniform(-spread, spread))
        for area, value in published_of_2021(real)[:areas]
    ]
    messages = _reported(real, "big_change", rows)
    assert any("lige meget siden 2021" in message for message in messages) is is_reported


def test_areas_that_moved_alike_without_a_history(real: Desk) -> None:
    """Of a second year there is nothing but the areas' own movements."""
    chance = random.Random(2)
    first = {area: round(60 + chance.uniform(-9, 9), 1) for area, _ in published_of_2021(real)}
    for added, is_reported in ((2.0, True), (0.6, False)):
        rows = [
            f"self_sufficiency_rate;{area};{year};{value:.1f};".replace(".", ",")
            for area, level in first.items()
            for year, value in (
                (2021, level), (2022, level + added + chance.uniform(-0.3, 0.3)),
            )
        ]  # fmt: skip
        checked = real.check(HEAD + "\n".join(rows))
        assert any("lige meget" in p.message for p in checked.problems) is is_reported


@pytest.mark.parametrize(
    ("shift", "areas", "is_reported"),
    [(2.2, 98, False), (3.5, 98, True), (-3.2, 98, False), (-5.8, 98, True), (3.5, 19, False)],
)
def test_a_year_that_nobody_chose_is_asked_about_sooner(
    real: Desk, shift: float, areas: int, is_reported: bool
) -> None:
    chance = random.Random(1)
    rows = [
        (area, "2022", value + shift + chance.random() / 2)
        for area, value in published_of_2021(real)[:areas]
    ]
    messages = _reported(real, "big_change", rows, is_fetched=True)
    assert any(m.partition(": ")[2].startswith("Medianen af") for m in messages) is is_reported


@pytest.mark.parametrize(
    ("kind", "unit"),
    [("proportion", " procentpoint"), ("mean", " point"), ("count", " %"), ("amount", " %")],
)
def test_a_common_movement_is_in_the_unit_it_was_measured_in(
    real: Desk, kind: Kind, unit: str
) -> None:
    """Quantities move in parts of themselves, all else in the indicator's unit."""
    changed = replace(real.catalog.indicators[RATE], kind=kind, unit=unit.strip(" %"))
    desk = replace(
        real, catalog=replace(real.catalog, indicators={**real.catalog.indicators, RATE: changed})
    )
    chance = random.Random(1)
    rows = [
        (area, "2022", value * 0.6 + chance.random() / 2) for area, value in published_of_2021(real)
    ]
    (message,) = [m for m in _reported(desk, "big_change", rows) if "Medianen af" in m]
    moved = re.search(r" er (−[\d,]+[^,]*), og", message.replace("\u00a0", " "))
    assert moved, message
    assert moved[1].endswith(unit), message
    assert 25 < float(moved[1].split()[0].replace("−", "").replace(",", ".")) < 45


def published_of_2021(desk: Desk) -> list[tuple[str, float]]:
    """Each municipality's published value of 2021."""
    with connect(desk.version, None) as connection:
        return connection.execute(
            "SELECT area_id, value FROM current_observation JOIN area USING (area_id) "
            "WHERE indicator_id = ? AND period = '2021' AND level = 'municipality' "
            "ORDER BY area_id",
            (RATE,),
        ).fetchall()


@pytest.mark.parametrize(
    ("note", "value", "is_asked"),
    [
        ("Tal for 2020", "værdi", True), ("Tallet gælder maj 2020", "værdi", True),
        ("Tal for 2022", "værdi", False), ("Se rapporten fra 2020", "værdi", False),
        ("", "værdi 2020", True), ("", "værdi 2022", False),
    ],
)  # fmt: skip
def test_a_year_in_a_note_or_the_head(real: Desk, note: str, value: str, is_asked: bool) -> None:
    content = f"nøgletal;område;periode;{value};note\n{RATE};aarhus;2022;75,1;{note}\n"
    asked = [p for p in real.check(content).problems if p.code == "text_words"]
    assert bool(asked) is is_asked
