"""A measure that a person chose is not silently stored as everybody's where its name says whom."""

import pytest

from tests.kpi.ingest.checked import Desk

RATE = "self_sufficiency_rate"
# Each with the severity of the problem of the chosen label; None where there is nothing to ask.
LABELS: tuple[tuple[str, str, dict[str, str], str | None], ...] = (
    ("Kvinder", "Mænd", {}, "error"),
    ("18-29 år", "30-64 år", {}, "error"),
    ("Andel drenge", "Andel piger", {}, "error"),
    ("Flygtninge", "Andre", {}, "error"),
    ("Odense", "Vejle", {}, "error"),
    ("Pct. i Odense", "Pct. i Vejle", {}, "error"),
    ("Pct. af befolkningen 16-66 år", "Antal", {}, "warning"),
    ("Kat. A", "I alt", {}, "warning"),
    ("Mål", "Resultat", {}, "warning"),
    ("Budget", "Regnskab", {}, "warning"),
    ("Ændring", "Pct.", {}, "warning"),
    ("Resultat", "Mål", {}, None),
    ("Regnskab", "Budget", {}, None),
    ("I alt", "Kvinder", {}, None),
    ("Pct.", "Antal", {}, None),
    ("Selvforsørgelsesgrad", "I alt", {}, None),
    ("Kvinder", "Mænd", {"group": "non_western_women"}, None),
)


def _tables(label: str, other: str) -> tuple[str, str]:
    """The same figures with the labels within heads of periods, and as columns of their own."""
    wide = [f"{year}, {name}" for year in (2023, 2024) for name in (label, other)]
    return (
        f"Kommune;{';'.join(wide)}\nAarhus;51,2;52,1;53,2;54,1\nVejle;48,2;49,1;50,2;51,1\n",
        f"Kommune;Periode;{label};{other}\nAarhus;2023;51,2;52,1\nAarhus;2024;53,2;54,1\n",
    )


@pytest.mark.parametrize(("label", "other", "constant", "severity"), LABELS)
def test_what_a_chosen_measure_says_of_its_figures(
    real: Desk, label: str, other: str, constant: dict[str, str], severity: str | None
) -> None:
    wide, long = _tables(label, other)
    for text in (wide, long) if severity == "error" else (wide,):
        checked = real.check(text, indicator_id=RATE, measure=label, constant=constant)
        heads = [each for each in checked.problems if each.code == "head_words"]
        said = [(each.severity, each.value) for each in heads]
        assert said == ([(severity, label)] if severity else []), text
        assert checked.publishable == (severity != "error"), text


@pytest.mark.parametrize(
    ("heads", "chosen", "meaning"),
    [
        (("R", "B"), "B", "Budget"), (("R", "KB"), "KB", "Budget"), (("R", "OB"), "OB", "Budget"),
        (("R", "FR"), "FR", "Forventet regnskab"), (("R", "F"), "F", "Forventet regnskab"),
        (("R", "P"), "P", "Prognose"), (("R", "B"), "R", ""),
        (("A", "B"), "B", ""), (("B", "C"), "B", ""),  # letters of something else
        (("R", "M"), "M", ""),
    ],
)  # fmt: skip
def test_the_letters_of_accounts(
    real: Desk, heads: tuple[str, str], chosen: str, meaning: str
) -> None:
    content = f"Kommune;Periode;{';'.join(heads)}\nAarhus;2024;53,2;54,1\nVejle;2024;49,1;50,2\n"
    checked = real.check(content, indicator_id=RATE, measure=chosen)
    asked = [each for each in checked.problems if each.code == "head_words"]
    assert [f"»{meaning}«" in each.message for each in asked] == ([True] if meaning else [])
