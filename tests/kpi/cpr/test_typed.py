"""What people type lists no figures: marks that part these in tables part numbers there."""

import pytest

from kpi.cpr.typed import typed_holds_number
from kpi.domain.errors import KpiError
from kpi.domain.personal import refuse_personal_texts


def test_marks_between_the_halves() -> None:
    texts = (
        "251248;4916", "Ida 251248, 4916", "251248. 4916 er flyttet", "251248|4916",
        "251248,4916", "251248.4916", "sag 251248og4916",
        "251248a4916", "CPR 251248og4916", "Ida 2,512484916E9", "Ida 2 5 1 2 4 8 4 9 1 6",
        "Ida 25124 84916",
        "25Ӏ248-4916", "25124В-4916",
        "x 251248-4916",
    )  # fmt: skip
    assert [text for text in texts if not typed_holds_number(text)] == []
    for text in texts:
        with pytest.raises(KpiError):
            refuse_personal_texts("note", text)


def test_figures_and_lists() -> None:
    texts = (
        "251248a4917",
        "CPR 251248og4917",
        "sag 251248abcd4916",
        "251248,4917",
        "251248;4917",
        "fra 251248 til 4916",
        "1.251248,4916",
        "2024, 2025",
        "",
    )
    assert [text for text in texts if typed_holds_number(text)] == []
    refuse_personal_texts(*texts)
