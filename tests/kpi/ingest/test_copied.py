"""Figures that are exactly those of another period, group or indicator are reported."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bench.ingest import write_extract
from kpi.store.connection import connect
from tests.kpi.ingest.checked import Desk

AREAS = ("aarhus", "odense", "aalborg", "randers", "esbjerg", "koebenhavn")
Key = tuple[str, str, str]  # indicator, group, period
SCHOOL = "school_absence"
RATE, OTHER_YEAR = ((SCHOOL, "middle_school", year) for year in ("2021/2022", "2025/2026"))


def _published(desk: Desk, key: Key) -> Mapping[str, float]:
    # As the program opens it: another test of this process may have it open.
    with connect(desk.version, None) as connection:
        return dict(
            connection.execute(
                "SELECT area_id, value FROM current_observation WHERE indicator_id = ? "
                "AND group_id = ? AND period = ? ORDER BY area_id",
                key,
            ).fetchall()
        )


def _copies_reported(desk: Desk, series: Mapping[Key, Sequence[float]]) -> list[str]:
    rows = "".join(
        f"{indicator};{area};{group};{period};{str(value).replace('.', ',')}\n"
        for (indicator, group, period), values in series.items()
        for area, value in zip(AREAS, values, strict=False)
    )
    checked = desk.check(f"nøgletal;område;gruppe;periode;værdi\n{rows}")
    return [p.message for p in checked.problems if p.code == "unchanged_period"]


def _figures(desk: Desk, key: Key, more: float = 0, areas: int = len(AREAS)) -> list[float]:
    published = _published(desk, key)
    return [round(published[area] + more, 1) for area in AREAS[:areas]]


@pytest.mark.parametrize(
    ("stored", "source", "words"),
    [
        (OTHER_YEAR, RATE, "er præcis dem, der er i skoleåret 2021/2022"),
        ((SCHOOL, "middle_school", "2022/2023"), RATE, "dem, der er i skoleåret 2021/2022"),
        ((SCHOOL, "middle_school", "2025/2026"), (SCHOOL, "lower_secondary", "2024/2025"),
         "for »Udskoling« i skoleåret 2024/2025"),
    ],
)  # fmt: skip
def test_figures_of_another_series(real: Desk, stored: Key, source: Key, words: str) -> None:
    (message,) = _copies_reported(real, {stored: _figures(real, source)})
    assert f"Alle {len(AREAS)} områders tal" in message
    assert words in message


def test_a_year_too_late_in_every_period(real: Desk) -> None:
    years = ["2020/2021", "2021/2022", "2022/2023", "2023/2024"]
    before = ["2019/2020", *years]
    series = {
        (SCHOOL, "middle_school", year): _figures(real, (SCHOOL, "middle_school", earlier))
        for year, earlier in zip(years, before, strict=False)
    }
    (message,) = _copies_reported(real, series)
    assert message.endswith(f"Det gælder {len(years)} perioder og grupper.")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ((SCHOOL, "lower_secondary", "2025/2026"),
         "for »Mellemtrin« i skoleåret 2025/2026 er præcis dem, der er for »Udskoling«"),
        (("sanction_share", "middle_school", "2025/2026"), "er præcis dem, der er »Sanktionsande"),
    ],
)  # fmt: skip
def test_a_column_copied_beside_itself(real: Desk, other: Key, words: str) -> None:
    values = [5.1, 5.4, 6.2, 5.9, 6.0, 5.6]
    messages = _copies_reported(real, dict.fromkeys([OTHER_YEAR, other], values))
    assert any(words in message for message in messages)


@pytest.mark.parametrize(
    ("stored", "more", "areas"),
    [
        (OTHER_YEAR, 0.1, 6),  # other figures
        (OTHER_YEAR, 0, 3),  # few areas may be equal
        (RATE, 0, 6),  # as published: nothing is copied, whatever else is equal
        ((SCHOOL, "middle_school", "2021M08"), 0, 6),  # the same beginning: another kind of period
    ],
)
def test_figures_of_their_own(real: Desk, stored: Key, more: float, areas: int) -> None:
    assert not _copies_reported(real, {stored: _figures(real, RATE, more, areas)})


def test_where_one_area_is_of_its_own_the_others_are_named(real: Desk) -> None:
    values = _figures(real, RATE)
    values[-1] = round(values[-1] + 0.3, 1)
    (message,) = _copies_reported(real, {OTHER_YEAR: values})
    assert "Aarhus, Odense, Aalborg, Randers og Esbjerg har i skoleåret 2025/2026" in message
    assert message.endswith("præcis de tal, der er i skoleåret 2021/2022 (5 af 6 områder).")


# Checked in a second of a processor, where five times as many are: 100,000 in one second, and in
# 12.5 with one join of all rows with all. Above 200,000 rows some figures are compared with less.
ROWS_A_SECOND = 20_000


@pytest.mark.parametrize("rows", [150_000, pytest.param(700_000, marks=pytest.mark.soak)])
def test_many_figures_of_few_values_are_no_copies_and_are_checked_at_once(
    shipped_home: Path, tmp_path: Path, rows: int
) -> None:
    """Chance makes some of thousands of series alike in four areas; none joins all of them."""
    extract = tmp_path / "tal.csv"
    write_extract(extract, rows)
    desk = Desk.of(shipped_home)
    began = time.process_time()
    checked = desk.check(extract.read_bytes())
    assert time.process_time() - began < rows / ROWS_A_SECOND
    assert checked.publishable
    assert checked.new == rows
    assert "unchanged_period" not in {problem.code for problem in checked.problems}
