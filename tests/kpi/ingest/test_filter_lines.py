"""Lines beside a table that say which of all its figures are of, or what they count."""

import json

import pytest

from tests.kpi.ingest.checked import Desk

ROWS = "Kommune;År;{head}\nAarhus;2022;71,5\nOdense;2022;70,2\n"


def _asked(real: Desk, content: str, name: str = "udtræk.csv") -> set[str]:
    checked = real.check(content, name=name, indicator_id="employment_rate")
    return {p.code for p in checked.problems if p.severity == "error"} | {
        p.code for p in checked.problems if p.code in ("text_words", "head_words")
    }


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [
        ("Tilgang til beskæftigelse", True), ("Afgang fra beskæftigelse 2022", True),
        ("Beskæftigelse, berørte (CPR-personer)", True), ("Beskæftigelse, årsværk", True),
        ("Beskæftigelse i bundne prøvefag", True), ("Varighed af beskæftigelse", True),
        ("Sum af Beskæftigelsesfrekvens", True),
        ("Beskæftigelse efter a-kasse: 3F", True), ("Beskæftigelse (Branche: Industri)", True),
        ("Beskæftigelse; Køn = K", True), ("Beskæftigelse, alder: 30-34", True),
        ("Beskæftigelse efter køn og alder", False), ("Beskæftigelse, køn: I alt", False),
        ("Beskæftigelse (Branche: (Alle))", False), ("Beskæftigelse. Alder: 16-64 år", False),
        ("Beskæftigelse: hele landet", False), ("Kilde: jobindsats.dk, a-kasse: 3F", False),
        ("Beskæftigelse med adgang til data", False), ("Gennemsnit af Beskæftigelse", False),
    ],
)  # fmt: skip
def test_titles(real: Desk, title: str, is_asked: bool) -> None:
    content = f"{title};;\n;;\n" + ROWS.format(head="Andel")
    assert _asked(real, content) == ({"text_words"} if is_asked else set())


@pytest.mark.parametrize(
    ("lines", "is_asked"),
    [
        (["Applied filters:", "Aldersgruppe is 18-29"], True),
        (["Anvendte filtre:", "Virksomhedens art er Industri"], True),
        (["Applied filters: Branche is Industri"], True), (["Branche er Industri"], True),
        (["Applied filters:", "Køn is I alt"], False), (["Applied filters:"], False),
        (["Beskæftigelse er arbejde"], False),
    ],
)  # fmt: skip
def test_filters_in_words(real: Desk, lines: list[str], is_asked: bool) -> None:
    over = "".join(f"{line};;\n" for line in ("Beskæftigelse", *lines))
    assert _asked(real, f"{over};;\n" + ROWS.format(head="Andel")) == (
        {"text_words"} if is_asked else set()
    )


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        ("Tilgang til beskæftigelse", {"head_words"}), ("Afgang fra job", {"head_words"}),
        ("antal", {"head_words"}), ("Antal", {"head_words"}), ("count", {"head_words"}),
        ("Antal personer", {"unit_mismatch"}), ("Andel", set()), ("værdi", set()),
    ],
)  # fmt: skip
def test_heads_of_another_measure(real: Desk, head: str, codes: set[str]) -> None:
    assert _asked(real, ROWS.format(head=head)) == codes


@pytest.mark.parametrize(
    ("key", "value", "codes"),
    [
        ("køn", "Kvinder", {"text_words"}), ("køn", "K", {"text_words"}),
        ("a-kasse", "3F", {"text_words"}), ("køn", "I alt", set()), ("år", 2021, {"text_words"}),
        ("år", 2022, set()), ("kommune", "Viborg", {"text_words"}), ("kommune", "Aarhus", set()),
        ("version", "Foreløbig", {"text_words"}), ("version", "2", set()), ("version", 2, set()),
        ("skala", 1000, {"unit_mismatch"}), ("scale", "1.000", {"unit_mismatch"}),
        ("skala", 1, set()), ("id", "3F", set()), ("antal", 2, set()),
    ],
)  # fmt: skip
def test_what_a_document_says_of_all_its_rows(
    real: Desk, key: str, value: object, codes: set[str]
) -> None:
    rows = [{"kommune": "Aarhus", "år": 2022, "andel": 71.5}]
    document = {"titel": "Beskæftigelsesfrekvens", key: value, "data": rows}
    assert _asked(real, json.dumps(document), name="x.json") == codes


@pytest.mark.parametrize(
    ("line", "is_scaled"),
    [
        ("Beløbene er i 1.000 kr.", True), ("Alle tal er i hele tusinder", True),
        ("NB! Alle beløb er angivet i mio. kr., løbende priser", True),
        ("Tallene er afrundet til hele tusinder", False), ("Kilde: Danmarks Statistik", False),
        ("Beløbene er i kr.", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_above", [True, False])
def test_scales_above_and_under_a_table(
    real: Desk, line: str, is_scaled: bool, is_above: bool
) -> None:
    table = "Kommune;År;Budget til NSK-vejledere\nAarhus;2022;271000\nOdense;2022;262000\n"
    content = f"{line};;\n{table}" if is_above else f"{table}{line};;\n"
    checked = real.check(content, indicator_id="nsk_budget")
    errors = {problem.code for problem in checked.problems if problem.severity == "error"}
    assert errors == ({"unit_mismatch"} if is_scaled else set())


@pytest.mark.parametrize(
    ("unit", "is_scaled"),
    [
        ("1.000 kr. pr. indbygger", True), ("mio. kr. om året", True), ("t.kr. pr. person", True),
        ("kr. pr. indbygger", False), ("kr. om året", False), ("kr.", False),
    ],
)  # fmt: skip
def test_money_of_each_person(real: Desk, unit: str, is_scaled: bool) -> None:
    for content in (
        f"Kommune;År;Budget til NSK-vejledere ({unit})\nAarhus;2022;271000\nOdense;2022;262000\n",
        f"Kommune;År;Enhed;Budget til NSK-vejledere\nAarhus;2022;{unit};271000\n",
    ):
        checked = real.check(content, indicator_id="nsk_budget")
        errors = {problem.code for problem in checked.problems if problem.severity == "error"}
        # A budget of each inhabitant is another figure than the budget, whatever its scale.
        assert errors - {"head_words"} == ({"unit_mismatch"} if is_scaled else set())
        assert "head_words" not in errors or "pr." in unit


@pytest.mark.parametrize(
    ("name", "label", "code"),
    [
        ("skala", "1.000", "unit_mismatch"), ("faktor", "1000000", "unit_mismatch"),
        ("multiplier", "1e6", "unit_mismatch"), ("faktor", "100", "one_label"),
        ("faktor", "1", "unused_column"), ("unit_mult", "0", "unused_column"),
    ],
)  # fmt: skip
def test_columns_of_scales(real: Desk, name: str, label: str, code: str) -> None:
    content = f"Kommune;År;{name};Budget til NSK-vejledere\nAarhus;2022;{label};271000\n"
    checked = real.check(content, indicator_id="nsk_budget")
    assert code in {problem.code for problem in checked.problems}
    assert checked.publishable is (code != "unit_mismatch")
