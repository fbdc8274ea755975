"""The one label of a column that nothing reads: a question with its answer, a unit, a remark."""

import pytest

from tests.kpi.ingest.checked import Desk

ROWS = "Kommune;Skoletrin;Skoleår;{name};Værdi\n" + "".join(
    f"{area};Mellemtrin;2023/2024;{{label}};{value}\n"
    for area, value in (("Aarhus", "5,1"), ("Odense", "5,2"), ("Vejle", "6,0"))
)


@pytest.mark.parametrize(
    ("name", "label", "codes"),
    [
        ("kvinde", "1", ["text_words"]), ("mand", "0", ["text_words"]),
        ("indvandrer", "True", ["text_words"]), ("koen", "1", ["one_label"]),
        ("koen", "K", ["one_label"]), ("Køn", "1", ["one_label"]), ("koen", "i alt", []),
        ("indlæst", "1", []),
        ("Enhed", "Median (pct.)", ["head_words"]), ("_STAT_", "MAX", ["head_words"]),
        ("Enhed", "Procent", []), ("Statistik", "Andel", []),
        # A remark may be true of right figures: it is asked about and turns no file away.
        ("Noter", "Databrud i 2019", ["text_words"]),
    ],
)  # fmt: skip
def test_one_label(real: Desk, name: str, label: str, codes: list[str]) -> None:
    checked = real.check(ROWS.format(name=name, label=label), indicator_id="school_absence")
    of_words = ("text_words", "head_words", "one_label")
    assert [p.code for p in checked.problems if p.code in of_words] == codes


@pytest.mark.parametrize(("head", "is_error"), [("Median", True), ("Gennemsnit", False)])
def test_a_median_is_no_mean_where_the_indicator_says_which(
    real: Desk, head: str, is_error: bool
) -> None:
    name = "notifications_per_child"  # »Gennemsnitligt antal underretninger«
    checked = real.check(f"område;periode;{head}\nGellerup;2025;4,1\n", indicator_id=name)
    assert any(p.code == "head_words" and p.severity == "error" for p in checked.problems) == (
        is_error
    )


@pytest.mark.parametrize(
    ("name", "labels", "is_error"),
    [
        ("Version", "RB", True), ("Version", ("R", "BO"), True), ("Regnskab/budget", "RB", True),
        ("Version", "AB", False), ("Version", "RR", False),
    ],
)  # fmt: skip
def test_budgets_beside_accounts_by_their_letter(
    real: Desk, name: str, labels: tuple[str, str], is_error: bool
) -> None:
    rows = [
        f"Elevfravær;{area};Mellemtrin;2023/2024;{label};5,1"
        for area, label in zip(("Aarhus", "Odense"), labels, strict=True)
    ]
    checked = real.check(f"Nøgletal;Område;Gruppe;Periode;{name};Værdi\n" + "\n".join(rows))
    assert any("budget" in p.message and p.severity == "error" for p in checked.problems) == (
        is_error
    )


@pytest.mark.parametrize(
    ("name", "first", "second", "codes"),
    [
        ("opdateret", "2026-01-02", "2026-01-03 12:30:00", []), ("oprettet_af", "ABC", "DEF", []),
        ("Oprettet den", "02-01-2026", "", []),
        ("opdateret", "72,1", "2026-01-03", ["text_words"]),
        ("Afdeling", "ABC", "DEF", ["ignored_column"]),
    ],
)  # fmt: skip
def test_who_made_a_row_and_when_is_no_question(
    real: Desk, name: str, first: str, second: str, codes: list[str]
) -> None:
    rows = [
        f"Elevfravær;{area};Mellemtrin;2023/2024;5,1;{text}"
        for area, text in (("Aarhus", first), ("Odense", second))
    ]
    checked = real.check(f"Nøgletal;Område;Gruppe;Periode;Værdi;{name}\n" + "\n".join(rows))
    assert [p.code for p in checked.problems if p.column == name] == codes
