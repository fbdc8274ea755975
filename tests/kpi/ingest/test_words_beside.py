"""What heads, titles, notes and names say of the figures is never dropped without a word."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from kpi.ingest.checked import Checked
from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_tables import as_csv, workbook

_SAMPLES = Path(__file__).parents[2] / "samples"
LONG: list[list[object]] = [
    ["nøgletal", "område", "periode", "værdi"],
    ["Beskæftigelse", "Aarhus", "2022", 76.5],
    ["Beskæftigelse", "Odense", "2022", 74.5],
]
OWN = ["head_words", "text_words"]
Writer = Callable[[Sequence[Sequence[object]]], str | bytes]
AS_FILE = pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])


def _said(checked: Checked) -> list[tuple[str, str]]:
    """The code and severity of what is reported of words."""
    return [(problem.code, problem.severity) for problem in checked.problems if problem.code in OWN]


def _wide(*heads: str) -> list[list[object]]:
    return [
        ["nøgletal", "område", *heads],
        ["Beskæftigelse", "Aarhus", *[76.5] * len(heads)],
        ["Beskæftigelse", "Odense", *[74.5] * len(heads)],
    ]


def _long(value: str) -> list[list[object]]:
    return [["nøgletal", "område", "periode", value], *LONG[1:]]


HEADS = (
    "mål", "(måltal)", "budget", "prognose", "forventet", "skøn", "estimat", "fremskrevet",
    "benchmark", "landsgennemsnit", "median", "ændring", "vækst i pct.", "sæsonkorrigeret",
    "akkumuleret", "placering", "p-værdi", "nedre grænse", "kvinder", "mænd", "25-39 år",
    "ikke-vestlige", "Indvandrere", "Dansk baggrund", "Elevfravær", "Selvforsørgelse",
)  # fmt: skip


@pytest.mark.parametrize("word", HEADS)
def test_a_word_beside_a_period_is_an_error(real: Desk, word: str) -> None:
    checked = real.check(as_csv(_wide(f"2022, {word}", f"2023, {word}")))
    assert not checked.publishable
    (problem,) = [problem for problem in checked.problems if problem.code == "head_words"]
    assert problem.column == f"2022, {word}"
    assert "»Beskæftigelsesfrekvens 16-64 år« for »Alle«" in problem.message


def test_a_unit_beside_a_period_is_that_of_the_figures(real: Desk) -> None:
    for unit in ("Antal", "promille", "indeks"):
        assert "unit_mismatch" in codes(real.check(as_csv(_wide(f"{unit} 2022", f"{unit} 2023"))))


def test_a_word_beside_one_of_the_periods_alone_is_not_dropped(real: Desk) -> None:
    checked = real.check(as_csv(_wide("2022", "2023 mål")))
    assert {row[2] for row in read(checked)} == {"2022"}
    assert "ignored_column" in codes(checked)


@pytest.mark.parametrize(
    "head",
    ["Andel 2022", "2022 (16-64 år)", "Pct. 2022", "2022 i alt", "Foreløbig 2022", "2022*",
     "Resultat 2022", "Alle 2022", "16-64-årige, 2022", "Andel i beskæftigelse, 2022",
     "ultimo november 2022"],
)  # fmt: skip
def test_a_head_that_says_what_the_figures_are_is_no_news(real: Desk, head: str) -> None:
    checked = real.check(as_csv(_wide(head, head.replace("2022", "2023"))))
    assert _said(checked) == []
    assert checked.publishable


@AS_FILE
def test_heads_of_workbooks_are_read_as_those_of_texts(real: Desk, written: Writer) -> None:
    assert not real.check(written(_wide("2022 mål", "2023 mål"))).publishable
    reported = real.check(written(_wide("Nordby 2022", "Nordby 2023")))
    assert _said(reported) == [("head_words", "warning")]


def test_labels_that_differ_by_period_are_not_dropped(real: Desk) -> None:
    checked = real.check(as_csv(_wide("2022 resultat", "2023 mål")))
    assert ("head_words", "error") in _said(checked)


@AS_FILE
@pytest.mark.parametrize(
    "over",
    [
        ["", "", "Kvinder", "Kvinder"],
        ["", "", "", "Prognose"],
    ],
)
def test_a_line_over_the_heads_is_part_of_them(
    real: Desk, written: Writer, over: list[object]
) -> None:
    checked = real.check(written([over, *_wide("2022", "2023")]))
    assert not checked.publishable
    assert ("head_words", "error") in _said(checked)


def test_one_label_of_two_lines_of_heads_is_part_of_them(real: Desk) -> None:
    rows: list[list[object]] = [
        ["nøgletal", "område", "Kvinder", "Kvinder"],
        ["", "", "2022", "2023"],
        *_wide("", "")[1:],
    ]
    checked = real.check(as_csv(rows))
    assert not checked.publishable


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("værdi (mål)", "error"),
        ("værdi (budget)", "error"),
        ("værdi (nedre konfidensgrænse)", "error"),
        ("andel kvinder", "error"),
        ("antal personer, mænd", "error"),
        ("værdi (Nordby)", "warning"),
        ("værdi (pct.)", None),
        ("andel i pct.", None),
        ("procent", None),
    ],
)
def test_the_head_of_the_values_is_read_whole(real: Desk, value: str, severity: str | None) -> None:
    checked = real.check(as_csv(_long(value)))
    assert _said(checked) == ([("head_words", severity)] if severity else [])
    assert checked.publishable == (severity != "error")


@pytest.mark.parametrize(
    ("head", "severity"),
    [("Ledighed", "warning"), ("Placering", "error"), ("Fraværsprocent", "error"),
     ("Kvinder", "error"), ("Beskæftigede", None), ("pct.", None), ("2021", None)],
)  # fmt: skip
def test_the_head_of_the_only_figures_is_compared_with_the_indicator(
    real: Desk, head: str, severity: str | None
) -> None:
    rows: list[list[object]] = [
        ["Kommune", "År", head],
        ["Aarhus", "2021", 72.5],
        ["Odense", "2021", 68.5],
    ]
    checked = real.check(as_csv(rows), indicator_id="employment_rate")
    assert _said(checked) == ([("head_words", severity)] if severity else [])


@AS_FILE
def test_a_title_that_says_something_else_is_asked_about(real: Desk, written: Writer) -> None:
    checked = real.check(written([["Prognose for beskæftigelsen", "", "", ""], *LONG]))
    assert _said(checked) == [("text_words", "warning")]
    (problem,) = [problem for problem in checked.problems if problem.code == "text_words"]
    assert problem.row == 1
    assert "»Prognose for beskæftigelsen«" in problem.message


@pytest.mark.parametrize(
    "title",
    ["Beskæftigelsesfrekvens 16-64 år efter kommune", "Udvikling i beskæftigelsen 2008-2022",
     "Kilde: Danmarks Statistik, befolkningsprognosen", "Kvinder og mænd i alt"],
)  # fmt: skip
def test_a_title_that_says_what_the_figures_are_is_no_news(real: Desk, title: str) -> None:
    assert _said(real.check(as_csv([[title, "", "", ""], *LONG]))) == []


@AS_FILE
def test_text_under_the_table_is_asked_about(real: Desk, written: Writer) -> None:
    notes = [["", "", "", ""], ["Tallene for 2022 er en prognose", "", "", ""]]
    assert _said(real.check(written([*LONG, *notes]))) == [("text_words", "warning")]


@pytest.mark.parametrize("note", ["Kun kvinder", "* Måltal", "Anvendte filtre: Køn er Kvinder"])
def test_every_kind_of_text_under_the_table_is_looked_through(real: Desk, note: str) -> None:
    checked = real.check(as_csv([*LONG, ["", "", "", ""], [note, "", "", ""]]))
    assert _said(checked) == [("text_words", "warning")]


@pytest.mark.parametrize("name", ["Budget 2022.csv", "maaltal_2022.csv", "kvinder-25-39 år.csv"])
def test_the_name_of_the_file_is_asked_about(real: Desk, name: str) -> None:
    assert _said(real.check(as_csv(LONG), name=name)) == [("text_words", "warning")]


def test_the_name_of_the_sheet_is_asked_about(real: Desk) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Budget")
        for at, row in enumerate(LONG):
            sheet.write_row(at, 0, row)
    assert _said(real.check(out.getvalue())) == [("text_words", "warning")]


def test_text_boxes_comments_and_the_title_of_a_workbook_are_asked_about(real: Desk) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(LONG):
            sheet.write_row(at, 0, row)
        sheet.insert_textbox(5, 5, "Prognose for 2022")
        sheet.write_comment(0, 3, "Kun mænd", {"author": "Ida"})
        book.set_properties({"title": "Budget"})
    checked = real.check(out.getvalue())
    assert _said(checked) == [("text_words", "warning")] * 3
    texts = {problem.value for problem in checked.problems if problem.code == "text_words"}
    assert texts >= {"Prognose for 2022", "Budget"}


def test_what_a_source_wrote_of_a_figure_is_asked_about(real: Desk) -> None:
    rows: list[list[object]] = [[*LONG[0], "kildens ord"], [*LONG[1], "forventet"],
                                [*LONG[2], "74,5 pct."]]  # fmt: skip
    assert _said(real.check(as_csv(rows))) == [("text_words", "warning")]


def test_a_note_of_a_few_words_is_asked_about(real: Desk) -> None:
    rows: list[list[object]] = [
        [*LONG[0], "note"],
        [*LONG[1], "prognose"],
        [*LONG[2], "som ventet efter brud i serien"],
    ]
    checked = real.check(as_csv(rows))
    assert _said(checked)[0] == ("text_words", "warning")


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Tallene er i promille", "promille"),
        ("Note: tallene er pr. 1.000 indbyggere", "pr. 1.000"),
        ("Beløb i 1.000 kr.", "1.000 kr."),
        ("Antal i 1.000", "1.000"),
        ("(promille)", "promille"),
        ("i 1.000", "1.000"),
        ("Tallene er i pct.", ""),
        ("Tallene er foreløbige i 1. kvartal", ""),
    ],
)
def test_a_unit_under_the_table_counts(real: Desk, note: str, kind: str) -> None:
    content = as_csv([*LONG, ["", "", "", ""], [note, "", "", ""]])
    checked = real.check(content)
    mismatches = [problem.value for problem in checked.problems if problem.code == "unit_mismatch"]
    assert mismatches == ([kind] if kind else [])
    if kind:
        assert "unit_mismatch" not in codes(real.check(content, scale=1.0))


@pytest.mark.parametrize("word", ["Mål", "25-39 år"])
def test_a_heading_between_rows_that_says_what_they_are_is_not_ignored(
    real: Desk, word: str
) -> None:
    checked = real.check(as_csv([*LONG[:2], [word, "", "", ""], LONG[2]]))
    assert not checked.publishable


def test_an_unread_column_says_what_its_figures_are(real: Desk) -> None:
    rows: list[list[object]] = [[*LONG[0], "type"], [*LONG[1], "Budget"], [*LONG[2], "Budget"]]
    checked = real.check(as_csv(rows))
    assert not checked.publishable
    assert _said(checked) == [("head_words", "error")]
    totals: list[list[object]] = [[*LONG[0], "køn"], [*LONG[1], "Mænd og kvinder i alt"]]
    assert _said(real.check(as_csv(totals))) == []


def test_what_an_indicator_or_a_group_says_itself_is_no_news(real: Desk) -> None:
    budget = as_csv([LONG[0], ["NSK-budget", "Aarhus", "2026", 400_000]])
    assert _said(real.check(budget, name="budget 2026.csv")) == []
    rows: list[list[object]] = [
        ["nøgletal", "område", "gruppe", "Ikke-vestlige 2022", "Ikke-vestlige 2023"],
        ["Selvforsørgelsesgrad", "Aarhus", "Ikke-vestlig baggrund", 71.5, 72.5],
    ]
    assert _said(real.check(as_csv(rows))) == []
    rows[1][2] = "Dansk baggrund"
    assert _said(real.check(as_csv(rows))) == [("head_words", "error")]


def test_what_a_recipe_says_itself_is_no_news(real: Desk) -> None:
    recipe = """
        title = "Prognose, opgjort"
        source_id = "own_upload"
        indicator_id = "employment_rate"
        area = "Kommune"
        period = "År"
        value = "Tal"
    """
    rows: list[list[object]] = [
        ["Prognose", "", ""],
        ["Kommune", "År", "Tal"],
        ["Aarhus", "2021", 72.5],
    ]
    assert _said(real.check(as_csv(rows), recipe)) == []


@pytest.mark.parametrize("path", sorted(_SAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_no_real_extract_is_misunderstood(real: Desk, path: Path) -> None:
    indicators = ("school_absence",) if "uvm" in path.name else ("employment_rate",)
    for indicator in indicators:
        checked = real.check(path.read_bytes(), name=path.name, indicator_id=indicator)
        assert not [problem for problem in checked.problems if problem.code == "text_words"]


def test_a_table_that_never_mentions_the_indicator_somebody_says_it_is_of(real: Desk) -> None:
    rows: list[list[object]] = [["Kommune", "År", "Tal"], ["Aarhus", "2021", 72.5]]
    titles = {"Ledige efter område": [("text_words", "warning")], "Beskæftigede efter område": [],
              "Udtræk 2021": [], "2021": []}  # fmt: skip
    for title, expected in titles.items():
        content = as_csv([[title, "", ""], *rows])
        assert _said(real.check(content, indicator_id="employment_rate")) == expected


def test_a_column_of_the_key_says_whom_the_figures_are_of(real: Desk) -> None:
    for heads in (["Kommune (kun kvinder)", "År"], ["Kommune", "Budgetår"]):
        rows: list[list[object]] = [[*heads, "Tal"], ["Aarhus", "2021", 72.5]]
        assert not real.check(as_csv(rows), indicator_id="employment_rate").publishable


def test_parts_that_a_definition_lists_are_no_names_of_the_indicator(real: Desk) -> None:
    rows: list[list[object]] = [["Kommune", "Skoleår", "Ulovligt fravær"],
                                ["Aarhus", "2022/2023", 6.5]]  # fmt: skip
    said = _said(real.check(as_csv(rows), indicator_id="school_absence"))
    assert said == [("head_words", "error")]


YEARS: tuple[list[object], ...] = (
    ["Kommune", "2022", "2023"],
    ["Aarhus", 76.5, 76.7],
    ["Odense", 74.5, 74.7],
)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Beskæftigelse 2022", True), ("Beskæftigelse 2020-2022", True),  # not the newest
        ("Beskæftigelse 2023/24", False), ("Beskæftigelse 2008-2030", False),
        ("Beskæftigelse", False), ("Beskæftigelse, opgjort 2024", False),
        ("Beskæftigelse efter reformen i 2019", False), ("Beskæftigelse pr. 1. januar 2024", False),
        ("Beskæftigelse 2021", True), ("Beskæftigelse 2024", True),
        ("Beskæftigelse 2018-2021", True),
    ],
)  # fmt: skip
def test_a_title_of_other_years_is_asked_about(real: Desk, title: str, asked: bool) -> None:
    """A title that ends with a year names the newest."""
    checked = real.check(as_csv([[title], *YEARS]), indicator_id="employment_rate")
    assert ("Titlen siger" in str([problem.message for problem in checked.problems])) is asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Kilde: RAS. Tallene er for 25-64-årige.", True),
        ("Tallene er ekskl. studerende.", True),
        ("Studerende indgår ikke.", True),
        ("Tallene er gennemsnit af 2020 og 2021.", True),
        ("Opgjort efter de gamle kommunegrænser", True),
        ("Kilde: RAS, jf. lov om 25-64-årige", False),
        ("Kilde: RAS.", False),
    ],
)
def test_what_follows_the_source_counts(real: Desk, text: str, asked: bool) -> None:
    rows: list[list[object]] = [*YEARS, [], [text]]
    checked = real.check(as_csv(rows), indicator_id="employment_rate")
    assert ("text_words" in codes(checked)) is asked
    # What is asked about is not also said to call for nothing.
    assert ("ignored_row" in codes(checked)) is not asked
