"""Price levels in titles and heads are asked about, and their years are no periods."""

import pytest

from kpi.ingest.turning.title_year import years_named
from kpi.ingest.words.heads import period_head
from kpi.ingest.words.price_levels import without_price_levels
from kpi.ingest.words.telling_words import telling_words
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

BUDGET = "nsk_budget"
ROWS = "Kommune;År;Beløb\nAarhus;2022;450000\n"


@for_each(
    ("text", "years"),
    [
        ("Budget i 2015-priser", set()), ("Budget (2015-priser)", set()),
        ("Budget i 2015 priser", set()), ("Budget, 2024-pris- og lønniveau", set()),
        ("2024-pris og lønniveau", set()), ("2024-p/l", set()), ("2024-PL", set()),
        ("2024 P/L-niveau", set()), ("PL 2024", set()), ("Prisniveau 2024", set()),
        ("Pris- og lønniveau 2024", set()), ("Faste priser (2015)", set()),
        ("Faste priser, 2015", set()), ("2024-prisniveau", set()),
        ("Budget 2022 i 2015-priser", {2022}), ("Budget 2020-2022, 2024-pl", {2020, 2022}),
        # Prices that are no level, and words that only look like it.
        ("Boligpriser 2024", {2024}), ("Priser 2024", {2024}), ("Pladser 2024", {2024}),
        ("Prisen i 2024", {2024}), ("Plan 2024", {2024}), ("2024 plejehjem", {2024}),
        ("2024-prisme", {2024}),
    ],
)  # fmt: skip
def test_the_year_of_a_price_level_is_no_period(text: str, years: set[int]) -> None:
    assert years_named(text) == years
    assert (without_price_levels(text) != text) == (
        years in (set(), {2020, 2022}) or "i 2015" in text
    )


@for_each(
    ("head", "period"),
    [
        ("2024 priser", None), ("2024-pl", None), ("2024 pris- og lønniveau", None),
        ("Udgift (2024-priser)", None), ("PL 2024", None), ("2023 (2024-priser)", "2023"),
        ("2023, 2024-pl", "2023"), ("2024", "2024"),
    ],
)  # fmt: skip
def test_heads(head: str, period: str | None) -> None:
    read = period_head(head)
    assert (read[0] if read else None) == period


@pytest.mark.parametrize(
    "level", ["i 2015-priser", "2024-pris- og lønniveau", "faste priser", "2024-p/l"]
)
def test_a_price_level_is_asked_about(real: Desk, level: str) -> None:
    for text in (
        f"Budget til NSK-vejledere, {level}\n\n{ROWS}", f"{ROWS}\nBeløb er {level}\n",
    ):  # fmt: skip
        checked = real.check(text, indicator_id=BUDGET)
        (problem,) = [problem for problem in checked.problems if problem.code == "text_words"]
        assert level.removeprefix("i ") in problem.message
    wide = f"Kommune;2021 ({level});2022 ({level})\nAarhus;1;2\n"
    assert "head_words" in [p.code for p in real.check(wide, indicator_id=BUDGET).problems]


def test_current_prices_are_what_figures_are_in_that_say_nothing(real: Desk) -> None:
    checked = real.check(f"Budget til NSK-vejledere, løbende priser\n\n{ROWS}", indicator_id=BUDGET)
    assert "text_words" not in [problem.code for problem in checked.problems]
    assert [telling.meaning for telling in telling_words("løbende priser")] == ["løbende priser"]


def test_months_have_no_year_from_a_price_level(real: Desk) -> None:
    rows = "Kommune;januar;februar\nAarhus;1;2\n"
    checked = real.check(f"Budget i 2024-priser\n\n{rows}", indicator_id=BUDGET)
    assert not checked.publishable
    both = real.check(f"Budget 2022 i 2024-priser\n\n{rows}", indicator_id=BUDGET)
    assert [change.period for change in both.changes] == ["2022M01", "2022M02"]
