"""What a note said on an earlier day."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kpi.domain.known_by import known_by
from kpi.store import open_store
from tests.tables import for_each


@for_each(("text", "day", "known"), [
    ("A. Den 18. december 2025 skete det.", date(2025, 12, 17), "A."),
    ("A. Den 18. december 2025 skete det.", date(2025, 12, 18),
     "A. Den 18. december 2025 skete det."),
    ("Fra juni 2024 med andre.", date(2024, 5, 31), ""),
    ("Fra juni 2024 med andre.", date(2024, 6, 1), "Fra juni 2024 med andre."),
    ("Budget 2026 i kr. pr. år.", date(2024, 6, 1), "Budget 2026 i kr. pr. år."),
    ("Skoleåret 2025/2026, kilde 2027.", date(2024, 6, 1), "Skoleåret 2025/2026, kilde 2027."),
    ("Den 31. juni 2027 findes ikke.", date(2024, 6, 1), "Den 31. juni 2027 findes ikke."),
])  # fmt: skip
def test_later_sentences_are_left_out(text: str, day: date, known: str) -> None:
    assert known_by(text, day) == known


@pytest.mark.parametrize("day", [date(2024, 6, 24), date(2025, 3, 19)])
def test_no_note_of_an_earlier_day_names_a_later_one(shipped_home: Path, day: date) -> None:
    with closing(open_store(shipped_home, as_of=day)) as then:
        catalog = then.catalog()
    indicators = catalog.indicators.values()
    texts = [text for each in indicators for text in (each.definition, each.source_note)]
    texts += [group.note for group in catalog.groups.values()]
    assert all(known_by(text, day) == text for text in texts)
    with closing(open_store(shipped_home)) as now:
        today = now.catalog().indicators["housing_non_western"]
    assert "18. december 2025" in today.definition + today.source_note
