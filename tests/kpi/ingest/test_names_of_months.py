"""Columns of `202405` by their names, and heads of one year over its parts."""

import pytest

from kpi.ingest.words.heads import period_head
from tests.kpi.ingest.checked import Desk, codes_of_cells, read
from tests.tables import for_each


@pytest.mark.parametrize(
    "name",
    ["ÅrMåned", "YearMonth", "yyyymm", "PERIOD_ID", "aarmd", "År-måned", "Kalendermåned", "Måned"],
)
def test_year_and_month_in_one_number(tiny: Desk, name: str) -> None:
    checked = tiny.check(
        f"Kommune;{name};Andel\nAarhus;202405;5\nOdense;202405;6\n", indicator_id="rate"
    )
    assert {period for _, _, period, _, _ in read(checked)} == {"2024M05"}


@pytest.mark.parametrize(
    ("parts", "periods"),
    [
        ("1. kvartal;2. kvartal;3. kvartal", {"2024K1", "2024K2", "2024K3"}),
        ("K1;K2;K3", {"2024K1", "2024K2", "2024K3"}),
        ("jan;feb;mar", {"2024M01", "2024M02", "2024M03"}),
        ("1. kvartal;1. kvartal;2. kvartal", None),
        ("1. kvartal;2. halvår;januar", None),
    ],
)
def test_one_year_over_its_parts(tiny: Desk, parts: str, periods: set[str] | None) -> None:
    """`periods` are None where the parts are no series of one kind, each once."""
    text = f"Kommune;2024;;\n;{parts}\nAarhus;10;11;12\nOdense;20;21;22\n"
    checked = tiny.check(text, indicator_id="rate")
    if periods is None:
        assert not checked.publishable
    else:
        assert {period for _, _, period, _, _ in read(checked)} == periods


@for_each(
    ("head", "label"),
    [
        ("Ledighed (pct.), 2023", "Ledighed (pct.)"),
        ("2023 (Ledighed [pct.])", "Ledighed [pct.]"),
        ("(pct.) Ledighed 2023", "(pct.) Ledighed"),
        ("Antal (2023)", "Antal"),
        ("2023 (mål)", "mål"),
    ],
)
def test_a_measure_keeps_its_own_brackets(head: str, label: str) -> None:
    assert period_head(head) == ("2023", label)


@pytest.mark.parametrize("name", ["Landstal", "Landet som helhed"])
def test_names_of_the_whole_country(tiny: Desk, name: str) -> None:
    checked = tiny.check(f"Kommune;År;Andel\n{name};2024;5\nAarhus;2024;6\n", indicator_id="rate")
    assert "unknown_area" not in codes_of_cells(checked)
    assert "denmark" in {area for area, *_ in read(checked)}
