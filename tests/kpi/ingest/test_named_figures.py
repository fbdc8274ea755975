"""Figures that are called as an indicator, by their column or their only measure, are of it."""

import pytest

from kpi.ingest.words.heads import named_by_head, named_by_title
from kpi.ingest.words.lookup import indicator_lookup
from tests.kpi.ingest.checked import Desk


@pytest.mark.parametrize(
    ("head", "indicator_id"),
    [
        ("Selvforsørgelse", "self_sufficiency_rate"),
        ("Selvforsørgelse (pct.)", "self_sufficiency_rate"),
        ("Beskæftigelsesfrekvens 16-64 år", "employment_rate"),  # ends as a unit does
        ("Beskæftigelsesfrekvens 16-64 år (pct.)", "employment_rate"),
        ("Gennemsnit af Selvforsørgelse", "self_sufficiency_rate"), ("NSK-sager", "nsk_cases"),
        ("Sum af Selvforsørgelse", None), ("Selvforsørgelse i alt", None),
        ("Værdi", None), ("Andel", None),
    ],
)  # fmt: skip
def test_a_column_called_as_an_indicator_is_of_it(
    real: Desk, head: str, indicator_id: str | None
) -> None:
    checked = real.check(f"Område;Periode;{head}\nAarhus;2025;73\nOdense;2025;74\n")
    assert {change.indicator_id for change in checked.changes} == ({indicator_id} - {None})
    (said,) = (
        each for each in checked.problems if each.code in ("read_by_content", "missing_column")
    )
    assert ("hedder som nøgletallet" in said.message) is (indicator_id is not None)


def test_each_indicator_is_named_by_a_head_of_its_own_name(real: Desk) -> None:
    find = indicator_lookup(real.catalog)
    for indicator in real.catalog.indicators.values():
        for name in (indicator.name, indicator.short_name, f"{indicator.name} (pct.)"):
            assert named_by_head(find, name) == indicator.indicator_id, name


def test_a_person_s_indicator_goes_before_the_column_s_name(real: Desk) -> None:
    text = "Område;Periode;Selvforsørgelse\nAarhus;2025;73\nOdense;2025;74\n"
    checked = real.check(text, indicator_id="employment_rate")
    assert {change.indicator_id for change in checked.changes} == {"employment_rate"}


@pytest.mark.parametrize(
    ("heads", "indicator_id"),
    [
        ("Selvforsørgelse 2024;Selvforsørgelse 2025", "self_sufficiency_rate"),
        ("2024, Selvforsørgelse;2025, Selvforsørgelse", "self_sufficiency_rate"),
        ("2024;2025", None), ("Andel 2024;Andel 2025", None),
    ],
)  # fmt: skip
def test_years_of_one_indicator_are_of_it(real: Desk, heads: str, indicator_id: str | None) -> None:
    checked = real.check(f"Område;{heads}\nAarhus;73;74\nOdense;74;73\n")
    assert {change.indicator_id for change in checked.changes} == ({indicator_id} - {None})


@pytest.mark.parametrize(
    "table",
    [
        "Område;2024;2025\nAarhus;73;74\nOdense;74;73\n",
        "Område;År;Værdi\nAarhus;2024;73\nOdense;2025;74\n",
    ],
)
@pytest.mark.parametrize(
    ("title", "indicator_id"),
    [
        ("Selvforsørgelse", "self_sufficiency_rate"),
        ("Selvforsørgelse, pct.", "self_sufficiency_rate"),
        ("Selvforsørgelse 2024-2025", "self_sufficiency_rate"),
        ("Selvforsørgelse i procent efter område og tid", "self_sufficiency_rate"),
        ("Selvforsørgelse, kvinder", None), ("Ændring i selvforsørgelse", None),
        ("Selvforsørgelse, antal", None), ("Oversigt", None),
    ],
)  # fmt: skip
def test_a_title_over_figures_that_say_nothing_names_the_indicator(
    real: Desk, table: str, title: str, indicator_id: str | None
) -> None:
    checked = real.check(f"{title}\n{table}")
    assert {change.indicator_id for change in checked.changes} == ({indicator_id} - {None})


@pytest.mark.parametrize("head", ["Antal", "Antal børn", "Ændring", "Indeks"])
def test_a_head_that_says_something_else_goes_before_the_title(real: Desk, head: str) -> None:
    checked = real.check(f"Selvforsørgelse\nOmråde;År;{head}\nAarhus;2024;73\nOdense;2025;74\n")
    assert not checked.publishable


def test_each_indicator_is_named_by_its_name_over_a_table(real: Desk) -> None:
    find = indicator_lookup(real.catalog)
    for indicator in real.catalog.indicators.values():
        for title in (
            indicator.name,
            f"{indicator.short_name} 2023",
            f"{indicator.name} fordelt på kommuner",
        ):
            assert named_by_title(find, title) == indicator.indicator_id, title
